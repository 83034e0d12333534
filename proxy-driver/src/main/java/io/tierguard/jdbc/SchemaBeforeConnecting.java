package io.tierguard.jdbc;

import io.tierguard.schema.LiveSchema;
import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema by which is judged what a database runs while it connects: where H2's {@code INIT} changes rows it is read before, by a
 * connection without that and whatever else of the kind; else whatever the database could hold may be there.
 */
final class SchemaBeforeConnecting {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaBeforeConnecting.class);

    private SchemaBeforeConnecting() {}

    static LiveSchema of(Driver driver, TierguardUrl url, Properties properties, ConnectTimeSql connectTime) {
        if (url.dialect() != Dialect.H2 || !connectTime.mayChangeRows()) {
            return LiveSchema.beforeConnecting(url.dialect());
        }
        if (SideConnections.isPrivate(url.realUrl())) {
            return LiveSchema.unread(Dialect.H2); // there is nothing in it yet
        }
        LiveSchema schema = new LiveSchema(Dialect.H2, Long.MAX_VALUE);
        try (Connection connection =
                driver.connect(ConnectTimeSql.withoutTexts(url.realUrl()), ConnectTimeSql.withoutTexts(properties))) {
            if (connection != null) {
                schema.refresh(connection);
                return schema;
            }
        } catch (SQLException failure) {
            LOG.debug("the schema cannot be read before INIT is run", failure);
        }
        return LiveSchema.beforeConnecting(Dialect.H2);
    }
}
