package io.tierguard.guard;

import io.tierguard.sql.Dialect;
import io.tierguard.sql.SessionChange;

/** How a change of the session changes the context in which later texts are read. */
final class SessionPath {
    /** A session that has searched more schemas than this since its facts were read is read as if it searched all. */
    private static final int MOST_SCHEMAS = 32;

    private SessionPath() {}

    /** The context while it is not certain whether the change has happened: what either reading could mean. */
    static ResolutionContext during(SessionChange change, ResolutionContext context) {
        if (change instanceof SessionChange.SchemaPath path && !path.schemas().isEmpty()) {
            ResolutionContext widened = uncertain(context).widenedBy(path.schemas());
            return widened.schemas().size() > MOST_SCHEMAS ? widened.withUnknownSchemas() : widened;
        }
        if (change instanceof SessionChange.SchemaPath || change instanceof SessionChange.SchemaPathUnknown) {
            return uncertain(context).withUnknownSchemas();
        }
        return change instanceof SessionChange.TransactionEnd ? uncertain(context) : context;
    }

    /** Another path may find another table before a temporary one, and a transaction may take it away with its end. */
    private static ResolutionContext uncertain(ResolutionContext context) {
        return context.with(context.temporary().withoutTables());
    }

    /**
     * The context once a change of path has certainly happened.
     *
     * @param everything what a name could have meant before and after, for databases that keep searching other schemas
     *     too, as H2 does after {@code SET SCHEMA}
     */
    static ResolutionContext after(SessionChange.SchemaPath path, ResolutionContext everything) {
        boolean replacesPath = everything.modes().dialect() == Dialect.POSTGRESQL;
        return replacesPath && !path.schemas().isEmpty() ? everything.withSchemas(path.schemas()) : everything;
    }
}
