package io.tierguard.integration;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A foreign key of PostgreSQL goes with every column that it rests on, by whatever name and way; and its catalogs are written by no view. */
class WhatGoesWithColumnsTest {
    private static final String POLICY = """
            table ledger* is ledger
            table * is operational

            component app {
              grant select on tier ledger
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
            }

            trust app {
              why "it defines functions"
              owner "dba@example.com"
              define
              until 2126-01-01T00:00Z
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE SCHEMA s",
        "CREATE TABLE orders (id int, note text)",
        "CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2 * $1'",
        "CREATE TABLE draft (id int PRIMARY KEY, k int, z int, o orders, free int, g int GENERATED ALWAYS AS (k + 1) STORED UNIQUE,"
                + " t int GENERATED ALWAYS AS (twice(k)) STORED UNIQUE)",
        "CREATE UNIQUE INDEX with_z ON draft (id) INCLUDE (z, o)",
        "CREATE VIEW seen AS SELECT * FROM orders",
        "CREATE FUNCTION of_seen(int) RETURNS int IMMUTABLE BEGIN ATOMIC SELECT $1 + count(note)::int FROM seen; END",
        "CREATE TABLE counted (k int, n int GENERATED ALWAYS AS (of_seen(k)) STORED UNIQUE)",
        "ALTER TABLE draft DROP CONSTRAINT draft_pkey",
        "CREATE TABLE ledger (d int REFERENCES draft (id), g int REFERENCES draft (g), t int REFERENCES draft (t),"
                + " n int REFERENCES counted (n))",
    };

    @TempDir
    private Path folder;

    private GuardedTables open() throws Exception {
        return GuardedTables.open(LiveDatabase.POSTGRESQL, folder, POLICY, SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE draft DROP COLUMN id CASCADE",
                "ALTER TABLE draft DROP COLUMN k CASCADE",
                "ALTER TABLE draft DROP COLUMN z CASCADE",
                "ALTER TABLE draft RENAME COLUMN id TO x; ALTER TABLE draft DROP COLUMN x CASCADE",
                "ALTER TABLE draft RENAME TO d; ALTER TABLE d RENAME COLUMN id TO x; ALTER TABLE d DROP COLUMN x CASCADE",
                "DO $$ BEGIN ALTER TABLE draft RENAME COLUMN id TO x; ALTER TABLE draft DROP COLUMN x CASCADE; END $$",
                "ALTER TABLE draft SET SCHEMA s; DROP INDEX s.with_z CASCADE",
                "DROP TABLE orders CASCADE",
                "DROP FUNCTION twice(int) CASCADE",
                "DROP VIEW seen CASCADE",
                "ALTER TABLE orders DROP COLUMN note CASCADE"
            })
    void noKeyOfAProtectedTableIsLost(String text) throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertDenied(Reason.CASCADE, text, "foreign key");
        }
    }

    @Test
    void whatNoKeyRestsOnMayGo() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertAllowed("ALTER TABLE draft DROP COLUMN free CASCADE");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE catalog SET prosrc = 'SELECT 1'",
                "DELETE FROM outer_catalog",
                "DO $$ BEGIN DELETE FROM catalog; END $$",
                "DELETE FROM qualified"
            })
    void noCatalogIsWrittenThroughAView(String text) throws Exception {
        try (GuardedTables tables = open()) {
            tables.prepare(
                    "CREATE VIEW catalog AS SELECT * FROM pg_proc",
                    "CREATE VIEW outer_catalog AS SELECT * FROM catalog WHERE oid IN (SELECT id::oid FROM draft)",
                    "CREATE VIEW qualified AS SELECT * FROM pg_catalog.pg_attrdef");
            tables.assertDenied(Reason.FORBIDDEN_VERB, text, "pg_catalog");
        }
    }

    /** A member of a class of operators takes the class along, and what has no schema or table what is built on it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DROP FUNCTION compare(int, int) CASCADE | DROP public.ledger_parts",
                "DROP FUNCTION compare(int, int) CASCADE | foreign key",
                "DROP FUNCTION start_parser(internal, int4) CASCADE | ledger_words"
            })
    void nothingIsLostByWayOfOtherObjects(String text, String lost) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                POLICY,
                "CREATE FUNCTION compare(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2'",
                "CREATE OPERATOR CLASS by_compare FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =,"
                        + " OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 compare(int, int)",
                "CREATE TABLE ledger_parts (id int) PARTITION BY RANGE (id by_compare)",
                "CREATE TABLE draft (id int NOT NULL)",
                "CREATE UNIQUE INDEX draft_id ON draft (id by_compare)",
                "CREATE TABLE ledger (draft int REFERENCES draft (id))",
                "CREATE FUNCTION start_parser(internal, int4) RETURNS internal LANGUAGE internal STRICT AS 'prsd_start'",
                "CREATE TEXT SEARCH PARSER parser (START = start_parser, GETTOKEN = prsd_nexttoken, END = prsd_end,"
                        + " LEXTYPES = prsd_lextype)",
                "CREATE TEXT SEARCH CONFIGURATION words (PARSER = parser)",
                "CREATE TABLE ledger_words (note text,"
                        + " found tsvector GENERATED ALWAYS AS (to_tsvector('words'::regconfig, note)) STORED)")) {
            tables.assertDenied(Reason.CASCADE, text, lost);
        }
    }
}
