package io.tierguard.schema;

import java.sql.SQLException;
import java.util.Set;

/** Tells whether a database kept its catalog to itself, rather than failing. */
public final class CatalogRights {
    /** Said once for each database and user, and again where the rights were there meanwhile. */
    static final String WARNING =
            "the user of the database may not read its catalog: what foreign keys, triggers, rules"
                    + " and views add to a statement is not known, so reading goes by the names in the text alone, and rows are"
                    + " changed only where no tier of the policy could be hurt; grant the user SELECT on the catalog's tables";

    /** No privilege, as PostgreSQL and as H2 say it. */
    private static final Set<String> NO_PRIVILEGE = Set.of("42501", "90096", "90040");

    private CatalogRights() {}

    /** Whether a reading failed because the user may not have it. */
    public static boolean areMissing(SQLException failure) {
        return failure.getSQLState() != null && NO_PRIVILEGE.contains(failure.getSQLState());
    }
}
