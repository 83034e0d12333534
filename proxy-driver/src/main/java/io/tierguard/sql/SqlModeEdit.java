package io.tierguard.sql;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads an expression that puts words into the {@code sql_mode} that holds, or takes some out of it.
 *
 * <p>INVARIANT: whatever the mode is, all of its words are in the value but those that the expression names. For one thread.
 */
final class SqlModeEdit {
    private final StatementTokens value;
    private boolean keepsStrictness = true;

    private SqlModeEdit(List<Token> value) {
        this.value = new StatementTokens("", value);
    }

    /**
     * Whether the mode is as strict as it was, where words alone are edited by which nothing is cut otherwise; empty where it is
     * any other value.
     */
    static Optional<Boolean> keepsStrictness(List<Token> value) {
        SqlModeEdit edit = new SqlModeEdit(value);
        return edit.mode() && edit.value.atEnd() ? Optional.of(edit.keepsStrictness) : Optional.empty();
    }

    /** Passes the mode, or an edit of it. */
    private boolean mode() {
        Token first = value.peek();
        if (first.kind() == Token.Kind.PARAMETER) {
            String name = value.next().text().toLowerCase(Locale.ROOT);
            return name.equals("@@sql_mode") || name.equals("@@session.sql_mode") || name.equals("@@local.sql_mode");
        }
        if (value.acceptSymbol("(")) {
            value.accept("select");
            return mode() && value.acceptSymbol(")");
        }
        if (value.accept("concat")) {
            return value.acceptSymbol("(") && list(false) && value.acceptSymbol(")");
        }
        if (value.accept("concat_ws")) {
            return value.acceptSymbol("(")
                    && word()
                    && value.acceptSymbol(",")
                    && list(false)
                    && value.acceptSymbol(")");
        }
        if (value.accept("replace")) {
            return value.acceptSymbol("(")
                    && mode()
                    && value.acceptSymbol(",")
                    && taken()
                    && value.acceptSymbol(",")
                    && word()
                    && value.acceptSymbol(")");
        }
        return value.accept("trim") && value.acceptSymbol("(") && trimmed() && value.acceptSymbol(")");
    }

    private boolean trimmed() {
        value.accept("both");
        boolean isOfWord = value.peek().kind() == Token.Kind.STRING;
        return (!isOfWord || (taken() && value.accept("from"))) && mode();
    }

    /** The mode and words beside it, in whatever order. */
    private boolean list(boolean hasMode) {
        boolean isWord = value.peek().kind() == Token.Kind.STRING;
        boolean isKnown = isWord ? word() : mode();
        boolean hasOne = hasMode || !isWord;
        return isKnown && (value.acceptSymbol(",") ? list(hasOne) : hasOne);
    }

    private boolean word() {
        return value.peek().kind() == Token.Kind.STRING
                && SqlModeValue.hasNoCut(value.next().text());
    }

    /** A word that is taken out of the mode. */
    private boolean taken() {
        String word = value.peek().text().toLowerCase(Locale.ROOT);
        keepsStrictness &= !SqlMode.of(word).isStrict();
        return word();
    }
}
