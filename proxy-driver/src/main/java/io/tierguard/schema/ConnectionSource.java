package io.tierguard.schema;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections of the real driver that are nobody else's, for a reading of the catalog; who asks closes them. */
@FunctionalInterface
public interface ConnectionSource {

    /** A new connection to the same database as the same user. */
    Connection open() throws SQLException;

    /** Whether a connection of the application's is better not asked, because its settings limit how much it may be told. */
    default boolean isPreferred() {
        return false;
    }
}
