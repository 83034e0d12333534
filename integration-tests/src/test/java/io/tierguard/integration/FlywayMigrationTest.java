package io.tierguard.integration;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flyway migrates a schema, by data source. */
class FlywayMigrationTest {

    @ParameterizedTest
    @EnumSource
    void migratesTheSameWithAndWithoutTheGuard(LiveDatabase database, @TempDir Path folder) throws Exception {
        GuardedAndBare.assertSame(database, folder, (dataSource, sightings) -> {
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
    @EnumSource
    void cleansTheSchemaItMade(LiveDatabase database, @TempDir Path folder) throws Exception {
        GuardedAndBare.assertSame(database, folder, (dataSource, sightings) -> {
            Flyway flyway = flyway(database, dataSource);
            sightings.see("migrated", flyway.migrate().migrationsExecuted);
            sightings.see("cleaned", flyway.clean().schemasCleaned);
            sightings.see("migrated again", flyway.migrate().migrationsExecuted);
        });
    }

    private static String shown(MigrationInfo migration) {
        return migration.getDescription() + " " + migration.getState() + " " + migration.getChecksum();
    }

    private static Flyway flyway(LiveDatabase database, DataSource dataSource) {
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:migrations/" + database.name().toLowerCase(Locale.ROOT))
                .cleanDisabled(false);
        // Its lock by transaction waits for ever for CREATE INDEX CONCURRENTLY, guarded or not.
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        return configuration.load();
    }
}
