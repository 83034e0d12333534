package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes words of a statement of PostgreSQL as names, where nothing but a name can stand and the structure parser takes the word
 * for one of its own.
 *
 * <p>INVARIANT: a word stays what it is before a string, behind {@code ::}, where a change of rows could begin with it, and
 * before a parenthesis that could be a call's. As a name it keeps what it is called, so a table or a schema that
 * is written so is read as if it stood in quotes.
 */
final class PlainNames {

    /** Words of the language behind which a value begins. */
    private static final Set<String> BEFORE_VALUE = Words.of("""
            select distinct all where and or not on having case when then else in like ilike limit offset returning from
            between symmetric escape placing for leading trailing both set by of
            """);

    /** Words of the language with which a value is over. */
    private static final Set<String> BEHIND_VALUE = Words.of("""
            from where and or not is in like ilike similar between isnull notnull collate as at group order having limit
            offset fetch for union intersect except returning do when then else end asc desc nulls window join left right
            inner cross full natural escape rows range groups overlaps placing using nowait skip into
            """);

    private static final Set<String> ORDERED = Set.of("order", "group", "partition");

    private final List<Token> in;

    /** What has been written so far, a token for a token; what is a name there is no word of the language. */
    private final List<Token> out;

    private final PlainAliases aliases;

    private PlainNames(List<Token> in) {
        this.in = in;
        this.out = new ArrayList<>(in.size());
        this.aliases = new PlainAliases(this);
    }

    /** The tokens of a statement with names in the place of such words. */
    static List<Token> of(List<Token> tokens) {
        return new PlainNames(tokens).rewrite();
    }

    private List<Token> rewrite() {
        for (int i = 0; i < in.size(); i++) {
            Token token = in.get(i);
            boolean isName = token.kind() == Token.Kind.WORD && isName(i) && PostgreSqlWords.isOfParser(token.text());
            out.add(isName ? new Token(Token.Kind.NAME, token.text(), token.start(), token.end()) : token);
        }
        return out;
    }

    /** The token at an index: one that was written, or behind it one of the statement's. */
    Token at(int index) {
        if (index < 0 || index >= in.size()) {
            return FormCursor.END;
        }
        return index < out.size() ? out.get(index) : in.get(index);
    }

    /** Where the parenthesis at an index is closed; negative where it is not. */
    int close(int open) {
        return SpecialCalls.close(in, open);
    }

    private boolean isName(int i) {
        if (at(i - 1).isSymbol(".")) {
            return !at(i + 1).isSymbol("(");
        }
        if (!PostgreSqlWords.mayName(at(i)) || at(i - 1).isSymbol("::")) {
            return false;
        }
        return at(i + 1).isSymbol(".") || (!isOfLanguage(i) && (isValue(i) || aliases.isTableAt(i) || aliases.isAt(i)));
    }

    /** Words that are the language's own in a place where a name could stand too. */
    private boolean isOfLanguage(int i) {
        Token before = at(i - 1);
        Token next = at(i + 1);
        String word = at(i).text();
        if (PostgreSqlWords.beginsChange(word)) {
            return next.kind() != Token.Kind.SYMBOL || next == FormCursor.END || before.is("then") || before.is("for");
        }
        return switch (word) {
            case "share" -> before.is("for");
            case "matched" -> before.is("when") || before.is("not");
            case "between" -> before.is("not");
            case "conflict" -> before.is("on");
            case "set" -> before.is("update") || aliases.endsTable(i - 1);
            case "rows", "range", "groups" ->
                (before.isSymbol("(") && (at(i - 2).is("over") || at(i - 2).is("as")))
                        || (next.is("from") && at(i + 2).isSymbol("("));
            case "temp", "temporary", "local", "global", "unlogged" -> before.is("into");
            case "recursive" -> before.is("with");
            default -> false;
        };
    }

    /** Whether a value is a column's name and nothing more: it begins with the word, and ends with it. */
    private boolean isValue(int i) {
        return beginsValue(i) && endsValue(at(i + 1));
    }

    private boolean beginsValue(int i) {
        Token before = at(i - 1);
        Token second = at(i - 2);
        if (before.kind() == Token.Kind.SYMBOL) {
            // Of EXTRACT it is a field.
            boolean isField = before.isSymbol("(") && second.is("extract");
            return before.isSymbol("(")
                    ? !isField
                    : before.isSymbol(",") || before.isSymbol("[") || OperatorForms.isOperator(before);
        }
        if (before.kind() != Token.Kind.WORD || !BEFORE_VALUE.contains(before.text()) || second.isSymbol(".")) {
            return false;
        }
        return switch (before.text()) {
            case "by" -> second.kind() == Token.Kind.WORD && ORDERED.contains(second.text());
            case "not" -> !second.is("is");
            case "of" -> second.is("update") || second.is("share");
            default -> true;
        };
    }

    /** Whether a value is over before a token. */
    static boolean endsValue(Token next) {
        if (next.kind() == Token.Kind.SYMBOL) {
            return !next.isSymbol("(") && !next.isSymbol(".");
        }
        return next.kind() == Token.Kind.WORD && BEHIND_VALUE.contains(next.text());
    }
}
