package io.tierguard.sql;

import java.util.List;
import java.util.Set;

/** Tells which actions of PostgreSQL's ALTER TABLE change the sequences that the table owns, from which others may take numbers too. */
final class AlteredSequences {
    private static final Set<String> OPTIONS =
            Set.of("restart", "increment", "start", "minvalue", "maxvalue", "no", "cache", "cycle", "sequence");

    /** With the table its sequences are stored otherwise, or get another schema. */
    private static final Set<String> OF_TABLE = Set.of("logged", "unlogged", "schema");

    private AlteredSequences() {}

    /** Whether an action changes an option of an identity column, or of the whole table what its sequences share with it. */
    static boolean isAction(List<Token> action) {
        StatementTokens rest = new StatementTokens("", action);
        if (AlteredColumns.changesOwner(action)) {
            return true;
        }
        if (rest.accept("set")) {
            return rest.isAny(OF_TABLE);
        }
        if (!rest.accept("alter")) {
            return false;
        }
        rest.accept("column");
        if (rest.acceptTable().isEmpty()) {
            return false;
        }
        boolean sets = false;
        while (!rest.atEnd()) {
            sets |= rest.is("restart")
                    || (rest.is("set")
                            && rest.peek(1).kind() == Token.Kind.WORD
                            && OPTIONS.contains(rest.peek(1).text()));
            rest.next();
        }
        return sets;
    }
}
