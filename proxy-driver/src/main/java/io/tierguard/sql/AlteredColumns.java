package io.tierguard.sql;

import java.util.List;
import java.util.Set;

/**
 * Tells which actions of ALTER TABLE leave every name, key and trigger alone, and change only what columns hold and allow.
 *
 * <p>A column that is renamed, generated otherwise, or set whenever its row changes is no such one: a foreign key may hear of it.
 */
final class AlteredColumns {
    private static final Set<String> OTHER_THAN_A_COLUMN =
            Set.of("constraint", "primary", "foreign", "key", "index", "check", "partition", "period", "system");

    private static final Set<String> DROPPED = Set.of("not", "default");

    private AlteredColumns() {}

    /** Whether an action drops a column or constraint, or changes a column's type, default or NOT NULL. */
    static boolean isAction(List<Token> action) {
        if (action.get(action.size() - 1).is("cascade")) {
            return false; // what else goes with it may stand before another of its name
        }
        StatementTokens rest = new StatementTokens("", action);
        if (rest.accept("drop")) {
            return rest.is("constraint") || !rest.isAny(OTHER_THAN_A_COLUMN);
        }
        if (rest.accept("validate", "constraint")) {
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
                || rest.is("set", "not", "null")
                || rest.is("set", "default")
                || rest.is("set", "data", "type");
    }
}
