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

/** Nearly every type of change that Liquibase knows, done, undone and done again. */
class LiquibaseWideTest {
    private static final Logger LOG = Logger.getLogger("liquibase");

    static {
        LOG.setLevel(Level.OFF);
    }

    @ParameterizedTest
    @EnumSource
    void changes(LiveDatabase database, @TempDir Path folder) throws Exception {
        ApplicationSql.hold("Liquibase", database, folder, 0, (dataSource, sightings) -> {
            try (Connection connection = dataSource.getConnection()) {
                Scope.child(
                        Map.of(
                                Scope.Attr.ui.name(),
                                new LoggerUIService(),
                                AnalyticsArgs.ENABLED.getKey(),
                                Boolean.FALSE),
                        () -> change(connection));
            }
        });
    }

    private static void change(Connection connection) throws Exception {
        Database database =
                DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
        try (Liquibase liquibase =
                new Liquibase("migrations/liquibase/wide/changelog.xml", new ClassLoaderResourceAccessor(), database)) {
            liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
            liquibase.validate();
            liquibase.update(4, new Contexts(), new LabelExpression());
            liquibase.tag("four");
            liquibase.listUnrunChangeSets(new Contexts(), new LabelExpression());
            liquibase.update(new Contexts(), new LabelExpression());
            liquibase.clearCheckSums();
            liquibase.changeLogSync(new Contexts(), new LabelExpression());
            liquibase.listLocks();
            liquibase.forceReleaseLocks();
        }
    }
}
