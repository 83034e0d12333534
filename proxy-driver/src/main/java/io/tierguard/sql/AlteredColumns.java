package io.tierguard.sql;

import java.util.List;
import java.util.Set;

/**
 * Tells which actions of ALTER TABLE leave every name, key and trigger alone, and change only what columns hold and allow, how a table
 * is stored, or whose it is.
 *
 * <p>A column that is renamed, generated otherwise, or set whenever its row changes is no such one: a foreign key may hear of it.
 */
final class AlteredColumns {
    private static final Set<String> OTHER_THAN_A_COLUMN =
            Set.of("constraint", "primary", "foreign", "key", "index", "check", "partition", "period", "system");

    private static final Set<String> DROPPED = Set.of("not", "default");

    private AlteredColumns() {}

    /** Whether an action gives a table or a view to somebody else. */
    static boolean changesOwner(List<Token> action) {
        return new StatementTokens("", action).is("owner", "to");
    }

    private static boolean saysHowItIsStored(StatementTokens action) {
        boolean isSetting =
                (action.is("set") || action.is("reset")) && action.peek(1).isSymbol("(");
        return isSetting
                || action.is("cluster", "on")
                || action.is("set", "without", "cluster")
                || action.is("set", "tablespace");
    }

    /** Whether an action drops a column or constraint, changes a column's type, default or NOT NULL, or how the table is stored. */
    static boolean isAction(List<Token> action) {
        if (action.get(action.size() - 1).is("cascade")) {
            return false; // what else goes with it may stand before another of its name
        }
        StatementTokens rest = new StatementTokens("", action);
        if (rest.accept("drop")) {
            return rest.is("constraint") || !rest.isAny(OTHER_THAN_A_COLUMN);
        }
        if (rest.is("validate", "constraint") || saysHowItIsStored(rest)) {
            return true;
        }
        if (!rest.accept("alter") || rest.isAny(OTHER_THAN_A_COLUMN)) {
            return false;
        }
        rest.accept("column");
        if (rest.acceptTable().isEmpty()) {
            return false;
        }
        if (rest.accept("drop")) {
            return rest.isAny(DROPPED);
        }
        return rest.accept("type")
                || rest.is("set", "statistics")
                || rest.is("set", "storage")
                || rest.is("set", "not", "null")
                || rest.is("set", "default")
                || rest.is("set", "data", "type");
    }
}
