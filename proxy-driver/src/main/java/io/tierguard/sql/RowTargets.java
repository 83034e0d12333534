package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes the targets of several columns in {@code SET a = 1, (b, c) = (2, 3)} as one assignment each, where the structure
 * parser knows a list of columns in the first place alone.
 *
 * <p>INVARIANT: every token but parentheses and commas stays, in the order of the columns; what is put in is an equals sign or a
 * number.
 */
final class RowTargets {

    /** Words behind an assignment at which its value has ended. */
    private static final Set<String> AFTER_VALUE = Set.of("where", "from", "returning", "when");

    /** Words behind which no assignment follows. */
    private static final Set<String> ENDS_LIST = Set.of("where", "returning");

    private static final Set<String> QUERY_HEADS = Set.of("select", "with", "values", "table");

    private final List<Token> in;
    private final List<Token> out = new ArrayList<>();

    private RowTargets(List<Token> in) {
        this.in = in;
    }

    /** The tokens of a statement with such targets taken apart. */
    static List<Token> apart(List<Token> tokens) {
        return tokens.stream().anyMatch(token -> token.is("set")) ? new RowTargets(tokens).rewrite() : tokens;
    }

    private List<Token> rewrite() {
        int at = 0;
        while (at < in.size()) {
            boolean begins = in.get(at).is("set") && (at == 0 || !in.get(at - 1).isSymbol("."));
            out.add(in.get(at));
            at++;
            if (begins) {
                at = assignments(at);
            }
        }
        return out;
    }

    /** Copies a list of assignments; where it ends. */
    private int assignments(int start) {
        int at = start;
        int depth = 0;
        while (at < in.size()) {
            Token token = in.get(at);
            boolean ends = token.kind() == Token.Kind.WORD && depth == 0 && ENDS_LIST.contains(token.text());
            if (ends || (depth == 0 && token.isSymbol(")")) || token.is("set")) {
                return at;
            }
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            out.add(token);
            at++;
            if (depth == 0 && token.isSymbol(",")) {
                at = target(at);
            }
        }
        return at;
    }

    /** Takes apart the target of several columns that begins here; where what is left to copy begins. */
    private int target(int open) {
        int close = closeOfNames(open);
        if (close < 0 || close + 1 >= in.size() || !in.get(close + 1).isSymbol("=")) {
            return open;
        }
        List<List<Token>> names = parts(open, close);
        int value = close + 2;
        int group = value < in.size() && in.get(value).is("row") ? value + 1 : value;
        int end = closing(group);
        List<List<Token>> values = end > 0 && isWholeValue(group, end) ? parts(group, end) : List.of();
        if (values.size() == names.size()) {
            for (int i = 0; i < names.size(); i++) {
                assign(names.get(i), values.get(i), i > 0);
            }
            return end + 1;
        }
        // A query or a row of its own gives all the values: it goes on as that of the first column.
        for (int i = 1; i < names.size(); i++) {
            assign(names.get(i), List.of(number(in.get(open))), i > 1);
        }
        if (names.size() > 1) {
            out.add(symbol(",", in.get(open)));
        }
        out.addAll(names.get(0));
        return close + 1;
    }

    private void assign(List<Token> name, List<Token> value, boolean more) {
        if (more) {
            out.add(symbol(",", name.get(0)));
        }
        out.addAll(name);
        out.add(symbol("=", name.get(0)));
        out.addAll(value);
    }

    /** Whether a group is a list of values and nothing else follows it. */
    private boolean isWholeValue(int open, int close) {
        Token head = in.get(open + 1);
        Token next = close + 1 < in.size() ? in.get(close + 1) : FormCursor.END;
        boolean ends = next == FormCursor.END
                || next.isSymbol(",")
                || next.isSymbol(")")
                || (next.kind() == Token.Kind.WORD && AFTER_VALUE.contains(next.text()));
        return ends && !(head.kind() == Token.Kind.WORD && QUERY_HEADS.contains(head.text()));
    }

    /** What the commas divide between two parentheses. */
    private List<List<Token>> parts(int open, int close) {
        List<List<Token>> parts = new ArrayList<>();
        int depth = 0;
        int start = open + 1;
        for (int i = open + 1; i < close; i++) {
            Token token = in.get(i);
            depth += token.isSymbol("(") || token.isSymbol("[") ? 1 : 0;
            depth -= token.isSymbol(")") || token.isSymbol("]") ? 1 : 0;
            if (depth == 0 && token.isSymbol(",")) {
                parts.add(in.subList(start, i));
                start = i + 1;
            }
        }
        parts.add(in.subList(start, close));
        return parts.stream().anyMatch(List::isEmpty) ? List.of() : parts;
    }

    /** Where a list of columns in parentheses closes; -1 where there is none. */
    private int closeOfNames(int open) {
        int close = closing(open);
        if (close < open + 2 || parts(open, close).isEmpty()) {
            return -1;
        }
        boolean names = in.subList(open + 1, close).stream()
                .allMatch(token -> token.isIdentifier() || token.isSymbol(",") || token.isSymbol("."));
        return names ? close : -1;
    }

    private int closing(int open) {
        if (open >= in.size() || !in.get(open).isSymbol("(")) {
            return -1;
        }
        int depth = 0;
        for (int i = open; i < in.size(); i++) {
            depth += in.get(i).isSymbol("(") ? 1 : in.get(i).isSymbol(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static Token number(Token at) {
        return new Token(Token.Kind.NUMBER, "0", at.start(), at.start());
    }

    private static Token symbol(String text, Token at) {
        return new Token(Token.Kind.SYMBOL, text, at.start(), at.start());
    }
}
