package io.tierguard.integration;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Liquibase migrates a schema, goes back a step, and drops all it made. */
class LiquibaseMigrationTest {
    private static final Logger LOG = Logger.getLogger("liquibase");

    static {
        LOG.setLevel(Level.OFF);
    }

    @ParameterizedTest
    @EnumSource
    void migratesTheSameWithAndWithoutTheGuard(LiveDatabase database, @TempDir Path folder) throws Exception {
        GuardedAndBare.assertSame(
                database,
                folder,
                (dataSource, sightings) -> with(dataSource.getConnection(), liquibase -> {
                    liquibase.update(new Contexts(), new LabelExpression());
                    sightings.see("tagged", liquibase.tagExists("grown"));
                    sightings.see(
                            "unrun",
                            liquibase
                                    .listUnrunChangeSets(new Contexts(), new LabelExpression())
                                    .size());
                    liquibase.rollback(1, "");
                    liquibase.validate();
                    liquibase.update(new Contexts(), new LabelExpression());
                }));
    }

    @ParameterizedTest
    @EnumSource
    void dropsAllItMade(LiveDatabase database, @TempDir Path folder) throws Exception {
        GuardedAndBare.assertSame(
                database,
                folder,
                (dataSource, sightings) -> with(dataSource.getConnection(), liquibase -> {
                    liquibase.update(new Contexts(), new LabelExpression());
                    liquibase.dropAll();
                }));
    }

    private interface Work {
        void on(Liquibase liquibase) throws Exception;
    }

    private static void with(Connection connection, Work work) throws Exception {
        Scope.child(
                Map.of(Scope.Attr.ui.name(), new LoggerUIService(), AnalyticsArgs.ENABLED.getKey(), Boolean.FALSE),
                () -> {
                    Database database = DatabaseFactory.getInstance()
                            .findCorrectDatabaseImplementation(new JdbcConnection(connection));
                    try (Liquibase liquibase = new Liquibase(
                            "migrations/liquibase/changelog.xml", new ClassLoaderResourceAccessor(), database)) {
                        liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
                        work.on(liquibase);
                    }
                });
    }
}
