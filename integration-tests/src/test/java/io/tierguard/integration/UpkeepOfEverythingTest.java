package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ANALYZE and VACUUM of no table are those of every table. */
class UpkeepOfEverythingTest {
    private static final String POLICY = """
            table ledger is ledger
            table orders is operational
            table salary is closed
            table not_made_yet is closed

            component app {
              grant select, insert on tier ledger
              grant select, update on tier operational
            }
            """;

    @TempDir
    private Path folder;

    private static List<String> upkeep(LiveDatabase database) {
        return switch (database) {
            case H2 -> List.of("ANALYZE", "ANALYZE SAMPLE_SIZE 100");
            case POSTGRESQL -> List.of("ANALYZE", "ANALYSE VERBOSE", "VACUUM", "VACUUM (ANALYZE)");
        };
    }

    @ParameterizedTest
    @EnumSource
    void whoMayReadEveryTableMayDoIt(LiveDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                POLICY,
                "CREATE TABLE ledger (id INT PRIMARY KEY)",
                "CREATE TABLE orders (id INT PRIMARY KEY)",
                "CREATE VIEW unnamed AS SELECT id FROM orders")) {
            for (String sql : upkeep(database)) {
                tables.assertAllowed(sql);
            }
            tables.prepare("CREATE TABLE salary (id INT PRIMARY KEY)");
            Thread.sleep(1_100);
            for (String sql : upkeep(database)) {
                tables.assertDenied(Reason.NOT_GRANTED, sql, "SELECT from", "salary");
            }
            tables.prepare("DROP TABLE salary", "CREATE TABLE of_nobody (id INT)");
            Thread.sleep(1_100);
            for (String sql : upkeep(database)) {
                tables.assertDenied(Reason.UNCLASSIFIED_TABLE, sql, "of_nobody");
            }
        }
    }

    @Test
    void whatItComputesIsHeldAgainstTheCeilings() throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                POLICY,
                "CREATE TABLE ledger (id INT PRIMARY KEY)",
                "INSERT INTO ledger VALUES (1)",
                "CREATE TABLE orders (id INT PRIMARY KEY)",
                "INSERT INTO orders SELECT generate_series(1, 100)",
                "CREATE FUNCTION wipes() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM public.ledger; END $$",
                "CREATE FUNCTION halved(i int) RETURNS int IMMUTABLE LANGUAGE plpgsql"
                        + " AS $$ BEGIN PERFORM public.wipes(); RETURN i / 2; END $$",
                "CREATE STATISTICS halves ON (halved(id)), id FROM orders")) {
            for (String sql : List.of("ANALYZE orders", "ANALYZE", "VACUUM ANALYZE")) {
                tables.assertDenied(Reason.CASCADE, sql, "ledger", "halved");
            }
            tables.assertDenied(Reason.NOT_GRANTED, "DO $$ BEGIN ANALYZE; END $$", "administer");
            tables.assertDenied(Reason.NOT_GRANTED, "REINDEX DATABASE", "administer");
            assertThat(tables.count("ledger")).isOne();
            tables.prepare("ANALYZE");
            assertThat(tables.count("ledger")).isZero();
        }
    }
}
