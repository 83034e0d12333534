package io.tierguard.integration;

import java.nio.file.Path;
import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Flyway migrates a schema, by data source. */
class FlywayMigrationTest {

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.TestDatabase#ofApplications")
    void migratesTheSameWithAndWithoutTheGuard(TestDatabase database, @TempDir Path folder) throws Exception {
        GuardedAndBare.assertSameUnder(policy(database), database, folder, 0, (dataSource, sightings) -> {
            Flyway flyway = flyway(database, dataSource);
            sightings.see("migrated", flyway.migrate().migrationsExecuted);
            sightings.see(
                    "state",
                    Arrays.stream(flyway.info().all())
                            .map(FlywayMigrationTest::shown)
                            .toList());
            flyway.validate();
            flyway.repair();
            sightings.see("migrated again", flyway.migrate().migrationsExecuted);
        });
    }

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.TestDatabase#ofApplications")
    void cleansTheSchemaItMade(TestDatabase database, @TempDir Path folder) throws Exception {
        GuardedAndBare.assertSameUnder(policy(database), database, folder, 0, (dataSource, sightings) -> {
            Flyway flyway = flyway(database, dataSource);
            sightings.see("migrated", flyway.migrate().migrationsExecuted);
            sightings.see("cleaned", flyway.clean().schemasCleaned.size());
            sightings.see("migrated again", flyway.migrate().migrationsExecuted);
        });
    }

    private static String shown(MigrationInfo migration) {
        return migration.getDescription() + " " + migration.getState() + " " + migration.getChecksum();
    }

    private static String policy(TestDatabase database) {
        return database instanceof MySqlDatabase ? "migrations.tierguard" : "applications.tierguard";
    }

    private static String folder(TestDatabase database) {
        return switch (database.dialect()) {
            case ANSI, ORACLE, SQLSERVER -> throw new AssertionError("none is read so here");
            case H2 -> "h2";
            case POSTGRESQL -> "postgresql";
            case MYSQL, MARIADB -> "mysql";
            case SQLITE -> "sqlite";
        };
    }

    private static Flyway flyway(TestDatabase database, DataSource dataSource) {
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:migrations/" + folder(database))
                .cleanDisabled(false);
        // Its lock by transaction waits for ever for CREATE INDEX CONCURRENTLY, guarded or not.
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        return configuration.load();
    }
}
