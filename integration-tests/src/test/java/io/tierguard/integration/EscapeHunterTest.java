package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.util.List;
import org.h2.jdbc.JdbcArray;
import org.h2.jdbc.JdbcBlob;
import org.h2.jdbc.JdbcCallableStatement;
import org.h2.jdbc.JdbcClob;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbc.JdbcDatabaseMetaData;
import org.h2.jdbc.JdbcPreparedStatement;
import org.h2.jdbc.JdbcResultSet;
import org.h2.jdbc.JdbcStatement;
import org.h2.value.Value;
import org.h2.value.ValueRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;
import org.postgresql.PGRefCursorResultSet;
import org.postgresql.PGStatement;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.BaseStatement;
import org.postgresql.jdbc.PgArray;
import org.postgresql.jdbc.PgBlob;
import org.postgresql.jdbc.PgClob;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.jdbc.PgDatabaseMetaData;
import org.postgresql.jdbc.PgResultSet;
import org.postgresql.jdbc.PgStatement;
import org.postgresql.util.PGobject;
import org.sqlite.SQLiteConnection;

/** From a guarded connection of a live database nothing is reached that could change a row unseen. */
class EscapeHunterTest {
    private static final String POLICY = """
            table item is ledger
            table scratch is operational

            component app {
              grant select on tier ledger
              grant select, insert, update, delete on tier operational
            }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void nothingOfTheRealDriverIsReachedAndNoProtectedRowChanges(LiveDatabase database) throws Exception {
        assertNothingEscapes(database);
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void norIsItOnTheMySqlFamily(MySqlDatabase database) throws Exception {
        assertNothingEscapes(database);
    }

    @Test
    void norIsItOnSqliteWhoseObjectsDescribeThemselves() throws Exception {
        assertNothingEscapes(SqliteDatabase.SQLITE);
    }

    private void assertNothingEscapes(TestDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, POLICY);
                JdbcBed bed = new JdbcBed(database, tables.connectPastTheGuard())) {
            EscapeHunter hunter = new EscapeHunter(database, tables::connect, bed, 3);
            hunter.hunt();
            hunter.askForTypes(vendors(database));
            assertThat(hunter.findings()).isEmpty();
            assertThat(hunter.reached()).hasSizeGreaterThan(12);
            assertThat(hunter.calls()).isGreaterThan(1000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void onTheBareDriverItFindsWhatItLooksFor(LiveDatabase database) throws Exception {
        assertBareIsFound(database);
    }

    @ParameterizedTest
    @EnumSource(names = "MYSQL")
    void andOnTheBareDriversOfTheMySqlFamily(MySqlDatabase database) throws Exception {
        assertBareIsFound(database);
    }

    private void assertBareIsFound(TestDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, POLICY);
                JdbcBed bed = new JdbcBed(database, tables.connectPastTheGuard())) {
            EscapeHunter hunter = new EscapeHunter(database, tables::connectPastTheGuard, bed, 0);
            hunter.hunt(JdbcSubject.all(database).stream()
                    .filter(subject -> subject.type() == PreparedStatement.class)
                    .toList());
            assertThat(hunter.findings())
                    .anyMatch(finding -> finding.contains("rows changed"))
                    .anyMatch(finding -> finding.matches(".*getGeneratedKeys gives (org|com)\\..*"))
                    .anyMatch(finding -> finding.matches(".*getConnection gives (org|com)\\..*"));
        }
    }

    private static List<Class<?>> vendors(TestDatabase database) {
        return switch (database.dialect()) {
            case SQLITE -> List.of(SQLiteConnection.class, Object.class);
            case ANSI, ORACLE, SQLSERVER -> throw new AssertionError("none is read so here");
            case H2 ->
                List.of(
                        JdbcConnection.class,
                        JdbcStatement.class,
                        JdbcPreparedStatement.class,
                        JdbcCallableStatement.class,
                        JdbcResultSet.class,
                        JdbcDatabaseMetaData.class,
                        JdbcArray.class,
                        JdbcBlob.class,
                        JdbcClob.class,
                        Value.class,
                        ValueRow.class,
                        Object.class);
            case POSTGRESQL ->
                List.of(
                        PGConnection.class,
                        BaseConnection.class,
                        PgConnection.class,
                        PGStatement.class,
                        BaseStatement.class,
                        PgStatement.class,
                        PgResultSet.class,
                        PGRefCursorResultSet.class,
                        PgDatabaseMetaData.class,
                        PgArray.class,
                        PgBlob.class,
                        PgClob.class,
                        PGobject.class,
                        Object.class);
            case MARIADB ->
                List.of(
                        org.mariadb.jdbc.Connection.class,
                        org.mariadb.jdbc.Statement.class,
                        org.mariadb.jdbc.BasePreparedStatement.class,
                        org.mariadb.jdbc.BaseCallableStatement.class,
                        org.mariadb.jdbc.DatabaseMetaData.class,
                        org.mariadb.jdbc.MariaDbBlob.class,
                        org.mariadb.jdbc.client.Client.class,
                        Object.class);
            case MYSQL ->
                List.of(
                        com.mysql.cj.MysqlConnection.class,
                        com.mysql.cj.Session.class,
                        com.mysql.cj.jdbc.JdbcConnection.class,
                        com.mysql.cj.jdbc.JdbcStatement.class,
                        com.mysql.cj.jdbc.JdbcPreparedStatement.class,
                        com.mysql.cj.jdbc.result.ResultSetInternalMethods.class,
                        Object.class);
        };
    }
}
