package io.tierguard.guard;

import io.tierguard.sql.Dialect;
import io.tierguard.sql.SessionChange;
import java.util.List;

/** How a change of the session changes the context in which later texts are read. */
final class SessionPath {
    /** A session that has searched more schemas than this since its facts were read is read as if it searched all. */
    private static final int MOST_SCHEMAS = 32;

    private static final String TEMPORARY = "pg_temp";

    private SessionPath() {}

    /** Whether a change is one of what names or strings mean. */
    static boolean isTouchedBy(SessionChange change, ResolutionContext context) {
        return change instanceof SessionChange.SchemaPath
                || change instanceof SessionChange.SchemaPathUnknown
                || change instanceof SessionChange.UserChange
                || change instanceof SessionChange.CharacterSet
                || (change instanceof SessionChange.StringSyntax strings
                        && context.modes().backslashes() != strings.meaning())
                || (change instanceof SessionChange.QuoteSyntax quotes
                        && context.modes().doubleQuotes() != quotes.meaning())
                || (change instanceof SessionChange.BlankSyntax blanks
                        && context.modes().server().isSpaceIgnored() != blanks.isIgnored())
                || (change instanceof SessionChange.Strictness strictness
                        && context.modes().server().isStrict() != strictness.isStrict());
    }

    /** The context while it is not certain whether the change has happened: what either reading could mean. */
    static ResolutionContext during(SessionChange change, ResolutionContext context) {
        if (change instanceof SessionChange.StringSyntax strings) {
            return context.with(
                    context.modes().with(context.modes().backslashes().or(strings.meaning())));
        }
        if (change instanceof SessionChange.QuoteSyntax quotes) {
            return context.with(
                    context.modes().with(context.modes().doubleQuotes().or(quotes.meaning())));
        }
        if (change instanceof SessionChange.BlankSyntax) {
            return context.with(context.modes().withoutBlanks());
        }
        if (change instanceof SessionChange.Strictness strictness) {
            // What is strict already stays so, whether the change has happened or not.
            return strictness.isStrict()
                    ? context
                    : context.with(context.modes().withoutStrictness());
        }
        if (change instanceof SessionChange.CharacterSet) {
            return context.with(context.modes().withoutCharacterSet());
        }
        if (change instanceof SessionChange.TemporaryView made) {
            return context.with(context.temporary().withView(made.view().name()));
        }
        if (change instanceof SessionChange.SchemaPath path && !path.schemas().isEmpty()) {
            return widened(findsTemporaryFirst(path, context) ? context : uncertain(context), path.schemas());
        }
        if (change instanceof SessionChange.UserChange user) {
            return widened(uncertain(context), List.of(user.user()));
        }
        if (change instanceof SessionChange.SchemaPath || change instanceof SessionChange.SchemaPathUnknown) {
            return uncertain(context).withUnknownSchemas();
        }
        boolean isUncertain =
                change instanceof SessionChange.TransactionEnd || change instanceof SessionChange.TemporaryDiscarded;
        return isUncertain ? uncertain(context) : context;
    }

    /** PostgreSQL looks for a table among the temporary ones first, unless a path says otherwise. */
    private static boolean findsTemporaryFirst(SessionChange.SchemaPath path, ResolutionContext context) {
        return context.modes().dialect() == Dialect.POSTGRESQL
                && context.schemasKnown()
                && !path.schemas().contains(TEMPORARY)
                && !context.schemas().contains(TEMPORARY);
    }

    private static ResolutionContext widened(ResolutionContext context, List<String> schemas) {
        ResolutionContext widened = context.widenedBy(schemas);
        return widened.schemas().size() > MOST_SCHEMAS ? widened.withUnknownSchemas() : widened;
    }

    /** Another path may find another table before a temporary one, and a transaction may take it away with its end. */
    private static ResolutionContext uncertain(ResolutionContext context) {
        return context.with(context.temporary().withoutTables());
    }

    /**
     * The context once a change of path has certainly succeeded.
     *
     * @param everything what a name could have meant before and after, for databases that keep searching other schemas
     *     too, as H2 does after {@code SET SCHEMA}
     * @param isInTransaction whether it was certainly made inside a transaction that is still open
     */
    static ResolutionContext after(
            SessionChange.SchemaPath path, ResolutionContext everything, boolean isInTransaction) {
        boolean isThere = switch (path.lasting()) {
            case SESSION -> true;
            case TRANSACTION -> isInTransaction;
            case UNCERTAIN -> false;
        };
        boolean replacesPath = everything.modes().dialect() != Dialect.H2;
        return isThere && replacesPath && !path.schemas().isEmpty()
                ? everything.withSchemas(path.schemas())
                : everything;
    }
}
