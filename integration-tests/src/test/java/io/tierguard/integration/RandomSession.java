package io.tierguard.integration;

import java.util.List;
import java.util.Random;

/**
 * What a session that comes from a generator does next.
 *
 * <p>The names {@code note} and {@code scratch} stand for tables that may change in some schemas and may not in others.
 */
final class RandomSession {
    /** How a text reaches the database. */
    enum Way {
        STATEMENT,
        PREPARED,
        BATCH,
        SET_SCHEMA,
        AUTO_COMMIT_ON,
        AUTO_COMMIT_OFF,
        COMMIT,
        ROLLBACK,
        SAVEPOINT,
        ROLLBACK_TO
    }

    /**
     * One step.
     *
     * @param name the table that a plain write names; empty where the step is none
     */
    record Step(Way way, String sql, String name) {
        Step(Way way, String sql) {
            this(way, sql, "");
        }
    }

    private static final List<String> SCHEMAS = List.of("free", "held", "other", "bare");

    private final TestDatabase database;
    private final Random random;

    RandomSession(TestDatabase database, long seed) {
        this.database = database;
        this.random = new Random(seed);
    }

    Step next() {
        int kind = random.nextInt(100);
        if (kind < 45) {
            return write();
        }
        if (kind < 65) {
            return path();
        }
        if (kind < 82) {
            return transaction();
        }
        if (kind < 90) {
            return temporary();
        }
        return database == LiveDatabase.POSTGRESQL
                ? ofPostgresql()
                : database == LiveDatabase.H2 ? ofH2() : ofMySql((MySqlDatabase) database);
    }

    private Step write() {
        String name = random.nextInt(4) == 0 ? "scratch" : "note";
        String sql = pick("UPDATE %s SET v = v + 1", "DELETE FROM %s WHERE v < 0", "UPDATE %s SET v = 1 WHERE id = 1")
                .formatted(name);
        return switch (random.nextInt(6)) {
            case 0, 1 -> new Step(Way.PREPARED, sql, name);
            case 2 -> new Step(Way.BATCH, sql, name);
            default -> new Step(Way.STATEMENT, sql, name);
        };
    }

    private Step path() {
        if (random.nextInt(3) == 0) {
            return new Step(
                    Way.SET_SCHEMA,
                    database == LiveDatabase.H2 ? schema().toUpperCase(java.util.Locale.ROOT) : schema());
        }
        return new Step(Way.STATEMENT, pathText());
    }

    private String pathText() {
        if (database instanceof MySqlDatabase) {
            return pick("USE " + schema(), "USE `" + schema() + "`", "/*! USE " + schema() + " */");
        }
        return database == LiveDatabase.H2
                ? pick(
                        "SET SCHEMA " + schema(),
                        "SET SCHEMA " + schema(),
                        "SET SCHEMA_SEARCH_PATH " + schema() + ", " + schema(),
                        "USE " + schema())
                : pick(
                        "SET search_path TO " + schema(),
                        "SET search_path TO " + schema() + ", " + schema(),
                        "SET search_path TO " + schema() + ", pg_temp",
                        "SET LOCAL search_path TO " + schema(),
                        "SET LOCAL search_path TO " + schema(),
                        "SET SCHEMA '" + schema() + "'",
                        "SELECT set_config('search_path', '" + schema() + "', " + random.nextBoolean() + ")",
                        "SET search_path TO \"$user\", " + schema(),
                        "RESET search_path",
                        "SET search_path TO DEFAULT");
    }

    private Step transaction() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> new Step(Way.STATEMENT, "BEGIN");
            case 2 -> new Step(Way.STATEMENT, "COMMIT");
            case 3 -> new Step(Way.STATEMENT, "ROLLBACK");
            case 4 -> new Step(Way.STATEMENT, "SAVEPOINT a");
            case 5 -> new Step(Way.STATEMENT, "ROLLBACK TO SAVEPOINT a");
            case 6 -> new Step(Way.AUTO_COMMIT_ON, "");
            case 7 -> new Step(Way.AUTO_COMMIT_OFF, "");
            case 8 -> new Step(Way.COMMIT, "");
            case 9 -> new Step(Way.ROLLBACK, "");
            case 10 -> new Step(Way.SAVEPOINT, "");
            default -> new Step(Way.ROLLBACK_TO, "");
        };
    }

    private Step temporary() {
        if (database instanceof MySqlDatabase) {
            String name = pick("scratch", "scratch", "note");
            return new Step(
                    Way.STATEMENT,
                    pick(
                            "CREATE TEMPORARY TABLE " + name + " (id INT, v INT)",
                            "CREATE TEMPORARY TABLE IF NOT EXISTS " + name + " AS SELECT 1 AS id, 1 AS v",
                            "CREATE TEMPORARY TABLE " + schema() + "." + name + " (id INT, v INT)",
                            "DROP TEMPORARY TABLE " + name,
                            "DROP TEMPORARY TABLE IF EXISTS " + schema() + "." + name,
                            "DROP TABLE " + name,
                            "ALTER TABLE " + name + " RENAME TO " + pick("note", "scratch", "scratched")));
        }
        return new Step(
                Way.STATEMENT,
                database == LiveDatabase.H2
                        ? pick(
                                "CREATE LOCAL TEMPORARY TABLE scratch (id INT, v INT)",
                                "CREATE LOCAL TEMPORARY TABLE scratch (id INT, v INT) NOT PERSISTENT",
                                "DROP TABLE scratch")
                        : pick(
                                "CREATE TEMP TABLE scratch (id INT, v INT)",
                                "CREATE TEMP TABLE scratch (id INT, v INT) ON COMMIT DROP",
                                "SELECT 1 AS id, 1 AS v INTO TEMP scratch",
                                "CREATE TABLE pg_temp.scratch (id INT, v INT)",
                                "DROP TABLE pg_temp.scratch",
                                "ALTER TABLE pg_temp.scratch RENAME TO scratched",
                                "DISCARD TEMP"));
    }

    private Step ofPostgresql() {
        String name = pick("p", "q");
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> new Step(Way.STATEMENT, "PREPARE " + name + " AS UPDATE note SET v = v + 1");
            case 3, 4 -> new Step(Way.STATEMENT, "EXECUTE " + name, "note");
            case 5 -> new Step(Way.STATEMENT, pick("DEALLOCATE " + name, "DEALLOCATE ALL", "DISCARD ALL", "RESET ALL"));
            case 6 ->
                new Step(Way.STATEMENT, pick("SET ROLE held", "SET LOCAL ROLE held", "SET ROLE free", "RESET ROLE"));
            case 7 -> new Step(Way.STATEMENT, pathText() + "; UPDATE note SET v = v + 1");
            case 8 -> new Step(Way.STATEMENT, pick("ROLLBACK", "COMMIT", "BEGIN") + "; UPDATE note SET v = v + 1");
            default ->
                new Step(
                        Way.STATEMENT,
                        "PREPARE r AS UPDATE note SET v = v + 1; " + pathText() + "; EXECUTE r; DEALLOCATE r");
        };
    }

    private Step ofMySql(MySqlDatabase mySql) {
        String name = pick("p", "q");
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Step(Way.STATEMENT, "PREPARE " + name + " FROM 'UPDATE note SET v = v + 1'");
            case 2, 3 -> new Step(Way.STATEMENT, "EXECUTE " + name);
            case 4 -> new Step(Way.STATEMENT, "DEALLOCATE PREPARE " + name);
            case 5 -> new Step(Way.STATEMENT, pathText() + "; UPDATE note SET v = v + 1");
            case 6 -> new Step(Way.STATEMENT, pick("ROLLBACK", "COMMIT", "BEGIN") + "; UPDATE note SET v = v + 1");
            case 7 ->
                new Step(
                        Way.STATEMENT,
                        pick(
                                "SET sql_mode = 'ANSI_QUOTES'",
                                "SET sql_mode = ''",
                                "SET SESSION sql_mode = DEFAULT",
                                "UPDATE \"note\" SET v = 7",
                                "SELECT 'a\\'; UPDATE note SET v = 8 -- '"));
            case 8 ->
                mySql.isMariaDb()
                        ? new Step(Way.STATEMENT, "EXECUTE IMMEDIATE 'UPDATE note SET v = v + 1'", "note")
                        : new Step(Way.STATEMENT, "DELETE n FROM note n WHERE v < 0", "note");
            default ->
                new Step(
                        Way.STATEMENT,
                        "PREPARE r FROM 'UPDATE note SET v = v + 1'; " + pathText()
                                + "; EXECUTE r; DEALLOCATE PREPARE r");
        };
    }

    private Step ofH2() {
        return switch (random.nextInt(4)) {
            case 0 -> new Step(Way.STATEMENT, pathText() + "; UPDATE note SET v = v + 1");
            case 1 -> new Step(Way.STATEMENT, "EXECUTE IMMEDIATE 'UPDATE note SET v = v + 1'", "note");
            case 2 -> new Step(Way.STATEMENT, "EXECUTE IMMEDIATE 'SET SCHEMA " + schema() + "'");
            default -> new Step(Way.STATEMENT, pick("SET AUTOCOMMIT OFF", "SET AUTOCOMMIT ON"));
        };
    }

    private String schema() {
        return pick(SCHEMAS.toArray(new String[0]));
    }

    private String pick(String... of) {
        return of[random.nextInt(of.length)];
    }
}
