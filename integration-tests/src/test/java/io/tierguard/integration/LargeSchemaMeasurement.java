package io.tierguard.integration;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.schema.EffectClosure;
import io.tierguard.schema.LiveSchema;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.schema.StatedCode;
import io.tierguard.schema.SweptTables;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.Sweep;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Measures how long a schema of 10,000 tables takes to be read and how much memory it keeps: 5,000 foreign keys to one table,
 * 2,000 views, 1,000 triggers. Run by hand, because what it prints depends on the machine.
 */
final class LargeSchemaMeasurement {
    private static final int TABLES = 10_000;
    private static final int KEYS = 5_000;
    private static final int VIEWS = 2_000;
    private static final int TRIGGERS = 1_000;
    private static final int ROUNDS = 5;

    private LargeSchemaMeasurement() {}

    /** A trigger of H2 that does nothing. */
    public static final class Nothing implements org.h2.api.Trigger {
        @Override
        public void fire(Connection connection, Object[] oldRow, Object[] newRow) {
            // Its existence is what is measured.
        }
    }

    /** Measures the databases whose names are given, or all. */
    public static void main(String... names) throws SQLException {
        for (LiveDatabase database : LiveDatabase.values()) {
            if (names.length == 0 || List.of(names).contains(database.name())) {
                measure(database);
            }
        }
        System.exit(0); // the server of the tests lives on otherwise
    }

    private static void measure(LiveDatabase database) throws SQLException {
        Dialect dialect = Dialect.valueOf(database.name());
        String url = database.createDatabase();
        try (Connection connection = database.connect(url)) {
            long start = System.nanoTime();
            fill(connection, dialect);
            print(database, "made", start);
            long before = usedMemory();
            start = System.nanoTime();
            LiveSchema first = new LiveSchema(dialect, 0);
            first.refresh(connection);
            print(database, "first reading", start);
            SchemaSnapshot schema = first.current();
            System.out.printf("%s: kept %d MB%n", database, (usedMemory() - before) >> 20);
            for (int i = 1; i < ROUNDS; i++) {
                start = System.nanoTime();
                new LiveSchema(dialect, 0).refresh(connection);
                print(database, "reading", start);
            }
            LiveSchema live = new LiveSchema(dialect, 0);
            live.refresh(connection);
            for (int i = 1; i < ROUNDS; i++) {
                start = System.nanoTime();
                live.refresh(connection);
                print(database, "another look at what has not changed", start);
            }
            close(database, schema, Verb.DELETE);
            close(database, schema, Verb.DROP);
            start = System.nanoTime();
            int swept = SweptTables.of(schema, new Sweep.Truncated(TableName.of("t0"), false), List.of("public"))
                    .size();
            print(database, "TRUNCATE CASCADE reaches " + swept, start);
        }
        database.dropDatabase(url);
    }

    private static void close(LiveDatabase database, SchemaSnapshot schema, Verb verb) {
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            int effects = EffectClosure.close(
                            schema, Effect.of(verb, TableName.of("t0")), List.of("public"), StatedCode.NONE)
                    .effects()
                    .size();
            print(database, verb + " comes to " + effects, start);
        }
    }

    private static void fill(Connection connection, Dialect dialect) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean isPostgresql = dialect == Dialect.POSTGRESQL;
            if (isPostgresql) {
                statement.execute("CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN NEW.a := lower(NEW.a); RETURN NEW; END'");
            }
            for (int i = 0; i < TABLES; i++) {
                String key = i > 0 && i <= KEYS ? ", FOREIGN KEY (parent) REFERENCES t0 (id) ON DELETE CASCADE" : "";
                statement.addBatch(
                        "CREATE TABLE t" + i + " (id INT PRIMARY KEY, parent INT, a VARCHAR(20), b VARCHAR(20),"
                                + " c INT, d INT, e DATE, f NUMERIC(10, 2)" + key + ")");
                if (i % 100 == 99) {
                    statement.executeBatch();
                }
            }
            for (int i = 0; i < VIEWS; i++) {
                statement.addBatch("CREATE VIEW v" + i + " AS SELECT x.id, x.a, y.b FROM t" + i + " x JOIN t" + (i + 1)
                        + " y ON y.id = x.parent WHERE x.c > 0");
            }
            for (int i = 0; i < TRIGGERS; i++) {
                statement.addBatch("CREATE TRIGGER x" + i + " BEFORE UPDATE ON t" + i + " FOR EACH ROW "
                        + (isPostgresql ? "EXECUTE FUNCTION nothing()" : "CALL '" + Nothing.class.getName() + "'"));
            }
            statement.executeBatch();
        }
    }

    private static void print(LiveDatabase database, String what, long start) {
        System.out.printf("%s: %s %.1f ms%n", database, what, (System.nanoTime() - start) / 1e6);
    }

    private static long usedMemory() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
