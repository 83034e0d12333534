package io.tierguard.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether the limit that {@code sql_select_limit} puts on queries may hold where a statement stands in code of MySQL or MariaDB,
 * under which a query that would have a row may have none and leaves the variable that it is to set.
 *
 * <p>The servers lift a limit of the session for each procedure that is called and for {@code BEGIN NOT ATOMIC}, however they are
 * entered, and put it back behind a call. It holds where the code itself sets it, or a function or trigger that the code runs, and
 * where a hint or SET STATEMENT puts it on one query.
 *
 * <p>For one thread.
 */
final class MySqlRowLimits {
    private static final String SETTING = "sql_select_limit";

    /** What stands behind the end of a loop may have run before what stands in it. */
    private static final Set<String> REPEATING = Set.of("while", "loop", "repeat", "iterate");

    private boolean mayHold;

    /**
     * Before anything of some code has run.
     *
     * @param sql the text in which it stands
     */
    MySqlRowLimits(String sql, List<Token> code) {
        mayHold = sql.contains("/*+") || repeats(code) || mayName(code);
    }

    /** Something has run that could run code of a user's own, or stands where it may run. */
    void runOthers() {
        mayHold = true;
    }

    /** A text is prepared or run. */
    void prepare(List<Token> statement) {
        mayHold |= mayName(statement);
    }

    /** Whether it may be that a query has no row for it. */
    boolean mayHold() {
        return mayHold;
    }

    private static boolean repeats(List<Token> code) {
        for (int at = 0; at < code.size(); at++) {
            Token token = code.get(at);
            boolean isHandler = at > 0 && code.get(at - 1).is("handler");
            if (token.kind() == Token.Kind.WORD
                    && (REPEATING.contains(token.text()) || (token.is("for") && !isHandler))) {
                return true;
            }
        }
        return false;
    }

    /** MySQL takes a name for the setting's that differs in accents or has a blank behind. */
    private static boolean mayName(List<Token> tokens) {
        return tokens.stream()
                .filter(token -> token.isIdentifier() || token.kind() == Token.Kind.PARAMETER)
                .map(token -> token.text().toLowerCase(Locale.ROOT))
                .anyMatch(name ->
                        name.contains(SETTING) || RoutineCall.isTakenForOthers(Dialect.MYSQL, name.stripTrailing()));
    }
}
