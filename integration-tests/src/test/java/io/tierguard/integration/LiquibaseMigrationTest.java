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
import org.junit.jupiter.params.provider.MethodSource;

/** Liquibase migrates a schema, goes back a step, and drops all it made. */
class LiquibaseMigrationTest {
    private static final Logger LOG = Logger.getLogger("liquibase");

    static {
        LOG.setLevel(Level.OFF);
    }

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.TestDatabase#ofApplications")
    void migratesTheSameWithAndWithoutTheGuard(TestDatabase database, @TempDir Path folder) throws Exception {
        GuardedAndBare.assertSame(
                database,
                folder,
                (dataSource, sightings) -> with(changes(database), dataSource.getConnection(), liquibase -> {
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
    @MethodSource("io.tierguard.integration.TestDatabase#ofApplications")
    void dropsAllItMade(TestDatabase database, @TempDir Path folder) throws Exception {
        GuardedAndBare.assertSameUnder(
                // To drop all it turns the checks of foreign keys off there.
                database instanceof MySqlDatabase ? "migrations.tierguard" : "applications.tierguard",
                database,
                folder,
                0,
                (dataSource, sightings) -> with(changes(database), dataSource.getConnection(), liquibase -> {
                    liquibase.update(new Contexts(), new LabelExpression());
                    liquibase.dropAll();
                }));
    }

    private static String changes(TestDatabase database) {
        return "migrations/liquibase/" + (database instanceof MySqlDatabase ? "mysql.xml" : "changelog.xml");
    }

    private interface Work {
        void on(Liquibase liquibase) throws Exception;
    }

    private static void with(String changes, Connection connection, Work work) throws Exception {
        Scope.child(
                Map.of(Scope.Attr.ui.name(), new LoggerUIService(), AnalyticsArgs.ENABLED.getKey(), Boolean.FALSE),
                () -> {
                    Database database = DatabaseFactory.getInstance()
                            .findCorrectDatabaseImplementation(new JdbcConnection(connection));
                    try (Liquibase liquibase = new Liquibase(changes, new ClassLoaderResourceAccessor(), database)) {
                        liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
                        work.on(liquibase);
                    }
                });
    }
}
