package io.tierguard.sql;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row per form of CREATE SCHEMA of PostgreSQL: what it writes, and what else it does. */
class NewSchemaFormsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    CREATE SCHEMA s                                         | | path [s] uncertain
                    CREATE SCHEMA IF NOT EXISTS "S" AUTHORIZATION x         | | path [s] uncertain
                    CREATE SCHEMA AUTHORIZATION x                           | | path [x] uncertain
                    CREATE SCHEMA AUTHORIZATION CURRENT_USER                | | path unknown
                    CREATE SCHEMA s.t                                       | | ADMINISTER
                    DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_namespace) THEN CREATE SCHEMA s; END IF; END $$ | | path [s] uncertain
                    DO $$ BEGIN CREATE SCHEMA s; CREATE TABLE s.t (a int); END $$ | CREATE s.t | path [s] uncertain;ADMINISTER
                    DO $$ BEGIN CREATE SCHEMA s; DELETE FROM t; END $$      | DELETE t | path [s] uncertain;ADMINISTER
                    DO $$ BEGIN PERFORM set_config('search_path', 's', a); END $$ | | DEFINE
                    CREATE SCHEMA s CREATE TABLE t (id int)                 | CREATE s.t | path [s] uncertain
                    CREATE SCHEMA s CREATE VIEW v AS SELECT 1 CREATE INDEX ON t (a) CREATE TABLE t (a int REFERENCES b ON DELETE CASCADE) GRANT SELECT ON t TO x | ALTER b, CREATE s.t, CREATE s.v, EXTEND s.t | path [s] uncertain;ADMINISTER
                    CREATE SCHEMA s CREATE INDEX ON ledger (a)              | EXTEND ledger | path [s] uncertain
                    CREATE SCHEMA s CREATE INDEX ON ledger (wipe(a))        | EXTEND ledger | path [s] uncertain;wipe()
                    CREATE SCHEMA AUTHORIZATION x CREATE SEQUENCE q         | CREATE x.q | path [x] uncertain
                    CREATE SCHEMA s AUTHORIZATION CURRENT_USER CREATE SEQUENCE q | CREATE s.q | path [s] uncertain
                    CREATE SCHEMA s CREATE TRIGGER x AFTER UPDATE ON ledger EXECUTE FUNCTION f() | ALTER ledger | path [s] uncertain;DEFINE
                    CREATE SCHEMA AUTHORIZATION CURRENT_USER CREATE SEQUENCE q | | UNREADABLE
                    CREATE SCHEMA IF NOT EXISTS s CREATE SEQUENCE q         | | UNREADABLE
                    CREATE SCHEMA s CREATE TEMP TABLE t (id int)            | | UNREADABLE
                    CREATE SCHEMA s CREATE TABLE t (id int DEFAULT wipe()) | CREATE s.t | path [s] uncertain;wipe()
                    """)
    void postgreSql(String sql, String writes, String beyond) {
        StatementFormsTest.assertForm(Dialect.POSTGRESQL, sql, writes, beyond);
    }
}
