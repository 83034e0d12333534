package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flyway migrates a schema by a URL of the guard, with the plugin that tells it of the prefix. */
class FlywayByUrlTest {

    @ParameterizedTest
    @EnumSource
    void migratesAndValidates(LiveDatabase database, @TempDir Path folder) throws Exception {
        try (ApplicationDatabase shop = ApplicationDatabase.guarded(database, "applications.tierguard", folder)) {
            FluentConfiguration configuration = Flyway.configure()
                    .dataSource(shop.dataSource().getJdbcUrl(), database.user(), "")
                    .locations("classpath:migrations/" + database.name().toLowerCase(Locale.ROOT));
            // Its lock by transaction waits for ever for CREATE INDEX CONCURRENTLY, guarded or not.
            configuration
                    .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                    .setTransactionalLock(false);
            Flyway flyway = configuration.load();
            assertThat(flyway.migrate().migrationsExecuted).isPositive();
            flyway.validate();
        }
    }
}
