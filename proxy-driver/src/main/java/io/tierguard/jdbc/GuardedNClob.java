package io.tierguard.jdbc;

import java.sql.NClob;

/** A text in the national character set that came out of the database, which may be read. */
abstract class GuardedNClob extends GuardedClob implements NClob {

    GuardedNClob(GuardedConnection connection, NClob real) {
        super(connection, real);
    }
}
