package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes PostgreSQL's own forms of expressions in plainer ones that the structure parser knows.
 *
 * <p>INVARIANT: what is left out names no table, no column that is written, no routine and no query; what is put in has
 * none of these either. The token reading and the witness go by the statement's own tokens.
 */
final class PlainForms {

    private static final String OPERATOR_CHARACTERS = "~!@#^&|`?+-*/%<>=";

    /** Words behind which a string is no literal of a type called like the word. */
    private static final Set<String> BEFORE_STRING = Set.of(
            "escape",
            "path",
            "zone",
            "uescape",
            "version",
            "document",
            "content",
            "passing",
            "value",
            "to",
            "variadic",
            "standalone",
            "date",
            "time",
            "timestamp",
            "interval",
            "format",
            "both",
            "leading",
            "trailing",
            "placing",
            "without",
            "columns",
            "ilike",
            "similar",
            "timestamptz",
            "set",
            "into",
            "from",
            "only",
            "analyze",
            "verbose",
            "concurrently",
            "tablesample",
            "collation",
            "freeze",
            "is",
            "authorization",
            "symmetric",
            "asymmetric",
            "wrapper",
            "keys",
            "call");

    /** Words that the parser takes for its own and PostgreSQL takes for a name wherever they stand. */
    private static final Set<String> NAMES =
            Set.of("final", "minus", "semi", "statement", "sample", "pivot", "unpivot", "qualify", "emit", "prewhere");

    /** Labels behind AS that PostgreSQL allows whatever else they mean. */
    private static final Set<String> LABELS = Set.of(
            "true", "false", "null", "constraint", "key", "default", "user", "end", "unique", "foreign", "check");

    /** Reserved words behind which an operand begins. */
    private static final Set<String> BEFORE_OPERAND = Set.of(
            "select",
            "distinct",
            "all",
            "where",
            "and",
            "or",
            "not",
            "on",
            "having",
            "by",
            "case",
            "when",
            "then",
            "else",
            "in",
            "like",
            "ilike",
            "between",
            "limit",
            "offset",
            "returning");

    private static final Set<String> AFTER_EMPTY_LIST = Set.of(
            "from",
            "where",
            "union",
            "intersect",
            "except",
            "group",
            "having",
            "order",
            "limit",
            "offset",
            "into",
            "returning",
            "fetch",
            "for");

    private final List<Token> in;
    private final List<Token> out = new ArrayList<>();
    private int position;

    private PlainForms(List<Token> in) {
        this.in = in;
    }

    /** The tokens of a statement, or of a part of one, in plainer forms. */
    static List<Token> of(Dialect dialect, List<Token> tokens) {
        return switch (dialect) {
            case H2 -> tokens;
            case POSTGRESQL -> new PlainForms(DeleteForms.of(MergeForms.of(tokens))).rewrite();
            case MYSQL, MARIADB -> MySqlPlainForm.of(tokens);
        };
    }

    /** The same of the arguments of a call. */
    static List<Token> ofPart(List<Token> tokens) {
        return new PlainForms(tokens).rewrite();
    }

    private List<Token> rewrite() {
        while (position < in.size()) {
            Token token = in.get(position);
            int length = token.isIdentifier() ? word(token) : symbol(token);
            if (length == 0) {
                out.add(token);
                position++;
            } else {
                position += length;
            }
        }
        return out;
    }

    /** Reads a form that begins with a word; how many tokens it has, 0 where none begins here. */
    private int word(Token token) {
        int typed = typedLiteral(token);
        if (typed > 0 || token.kind() == Token.Kind.NAME) {
            return typed;
        }
        int special = SpecialCalls.rewrite(in, position, out);
        if (special > 0) {
            return special;
        }
        return switch (token.text()) {
            case "current" -> currentOf();
            case "select" -> emptyList();
            case "operator" -> namedOperator();
            case "variadic" -> previous().isSymbol("(") || previous().isSymbol(",") ? 1 : 0;
            case "collate" -> collation();
            case "using" -> sortOperator();
            case "as" -> at(1).isSymbol("(") ? columnsOfRecord() : label();
            case "at" -> at(1).is("local") && endsOperand(previous()) ? 2 : 0;
            case "is" -> predicate();
            case "row" -> row();
            case "with" -> checkOption();
            case "overriding" -> (at(1).is("system") || at(1).is("user")) && at(2).is("value") ? 3 : 0;
            case "collation" -> replacedCall(at(1).is("for") && at(2).isSymbol("("), 2);
            case "grouping" -> at(1).is("sets") && at(2).isSymbol("(") ? 2 : 0;
            case "group" -> at(1).is("by") && (at(2).is("distinct") || at(2).is("all")) ? groupBy() : 0;
            default -> other(token);
        };
    }

    private int other(Token token) {
        boolean opensWindow = previous().isSymbol("(")
                && out.size() > 1
                && out.get(out.size() - 2).is("over")
                && (at(1).is("partition")
                        || at(1).is("order")
                        || at(1).is("range")
                        || at(1).is("rows")
                        || at(1).is("groups"));
        if (opensWindow && !token.is("partition") && !token.is("order")) {
            return 1; // the name of the window that this one goes on from
        }
        if (NAMES.contains(token.text()) && !at(1).isSymbol("(")) {
            out.add(new Token(Token.Kind.NAME, token.text(), token.start(), token.end()));
            return 1;
        }
        return 0;
    }

    /** {@code point '(1,2)'}: a literal of a type is one whatever the type. */
    private int typedLiteral(Token token) {
        if (previous().isSymbol(".")) {
            return 0;
        }
        DottedName name = DottedName.at(in, position);
        boolean isString = name.end() < in.size()
                && (in.get(name.end()).kind() == Token.Kind.STRING
                        || in.get(name.end()).kind() == Token.Kind.ESCAPED_STRING);
        boolean isKeyword = token.kind() == Token.Kind.WORD
                && name.parts().size() == 1
                && (WritingWords.isStructure(token.text())
                        || WritingWords.isReserved(token.text())
                        || BEFORE_STRING.contains(token.text()));
        return isString && !isKeyword ? name.end() - position : 0;
    }

    /** {@code WHERE CURRENT OF cursor}, which narrows to one row. */
    private int currentOf() {
        if (!previous().is("where") || !at(1).is("of") || !(at(2).isIdentifier() || at(2).isValue())) {
            return 0;
        }
        addNumber();
        out.add(new Token(
                Token.Kind.SYMBOL,
                "=",
                in.get(position).start(),
                in.get(position).end()));
        addNumber();
        return 3;
    }

    private int emptyList() {
        int words = at(1).is("distinct") || at(1).is("all") ? 2 : 1;
        Token next = at(words);
        boolean isEmpty = next == END
                || next.isSymbol(")")
                || (next.kind() == Token.Kind.WORD && AFTER_EMPTY_LIST.contains(next.text()));
        if (!isEmpty) {
            return 0;
        }
        out.addAll(in.subList(position, position + words));
        addNumber();
        return words;
    }

    /** {@code OPERATOR(pg_catalog.+)}. */
    private int namedOperator() {
        int close = closeOfNamedOperator(position);
        if (close > 0 && !isPrefixPlace()) {
            out.add(in.get(close - 1));
        }
        return close < 0 ? 0 : close + 1 - position;
    }

    private int closeOfNamedOperator(int start) {
        int end = start + 2;
        while (end + 1 < in.size()
                && in.get(end).isIdentifier()
                && in.get(end + 1).isSymbol(".")) {
            end += 2;
        }
        boolean named = end + 1 < in.size()
                && in.get(start + 1).isSymbol("(")
                && isOperator(in.get(end))
                && in.get(end + 1).isSymbol(")");
        return named ? end + 1 : -1;
    }

    private int collation() {
        return at(1).isIdentifier() && !previous().is("as")
                ? DottedName.at(in, position + 1).end() - position
                : 0;
    }

    /** {@code ORDER BY a USING <}. */
    private int sortOperator() {
        if (isOperator(at(1))) {
            return 2;
        }
        int operator = at(1).is("operator") ? closeOfNamedOperator(position + 1) : -1;
        if (operator > 0) {
            return operator + 1 - position;
        }
        boolean alias = at(1).isSymbol("(") && at(2).isIdentifier();
        int close = alias ? closeOfNames(position + 1) : -1;
        if (close > 0
                && close + 2 < in.size()
                && in.get(close + 1).is("as")
                && in.get(close + 2).isIdentifier()) {
            out.addAll(in.subList(position, close + 1)); // USING (a, b) AS columns
            return close + 3 - position;
        }
        return 0;
    }

    private int closeOfNames(int open) {
        int i = open + 1;
        while (i < in.size() && (in.get(i).isIdentifier() || in.get(i).isSymbol(","))) {
            i++;
        }
        return i < in.size() && in.get(i).isSymbol(")") ? i : -1;
    }

    private int label() {
        Token label = at(1);
        Token next = at(2);
        boolean ends = next == END || next.isSymbol(",") || next.isSymbol(")") || next.is("from") || next.is("union");
        if (label.kind() != Token.Kind.WORD || !ends || !LABELS.contains(label.text())) {
            return 0;
        }
        out.add(in.get(position));
        out.add(new Token(Token.Kind.NAME, label.text(), label.start(), label.end()));
        return 2;
    }

    /** {@code ROWS FROM (f() AS (a int))}, where a function's columns are told. */
    private int columnsOfRecord() {
        boolean names = at(2).isIdentifier() && !WritingWords.FIRST.contains(at(2).text());
        int close = names && previous().isSymbol(")") ? SpecialCalls.close(in, position + 1) : -1;
        return close > 0 && isInRowsFrom() ? close + 1 - position : 0;
    }

    private boolean isInRowsFrom() {
        int depth = 0;
        for (int i = out.size() - 1; i > 1; i--) {
            depth += out.get(i).isSymbol(")") ? 1 : out.get(i).isSymbol("(") ? -1 : 0;
            if (depth < 0) {
                return out.get(i - 1).is("from") && out.get(i - 2).is("rows");
            }
        }
        return false;
    }

    /** {@code IS JSON …}, {@code IS NFC NORMALIZED}, {@code IS DOCUMENT}. */
    private int predicate() {
        int i = at(1).is("not") ? 2 : 1;
        int end = -1;
        if (at(i).is("json")) {
            end = i + 1;
            end += at(end).is("value") || at(end).is("scalar") || at(end).is("object") || at(end).is("array") ? 1 : 0;
            end += (at(end).is("with") || at(end).is("without")) && at(end + 1).is("unique") ? 2 : 0;
            end += at(end).is("keys") ? 1 : 0;
        } else if (at(i).is("document") || at(i).is("normalized")) {
            end = i + 1;
        } else if (at(i + 1).is("normalized")
                && Set.of("nfc", "nfd", "nfkc", "nfkd").contains(at(i).text())) {
            end = i + 2;
        }
        if (end < 0) {
            return 0;
        }
        Token is = in.get(position);
        out.add(is);
        out.add(new Token(Token.Kind.WORD, "null", is.start(), is.end()));
        return end;
    }

    /** {@code ROW(1, 2)} as a call, which may be cast and compared; behind {@code SET (a, b) =} as a list. */
    private int row() {
        if (!at(1).isSymbol("(")) {
            return 0;
        }
        boolean assigned = previous().isSymbol("=")
                && out.size() > 1
                && out.get(out.size() - 2).isSymbol(")");
        return assigned ? 1 : replacedCall(true, 1);
    }

    /** A call of a built-in that does nothing in place of words before a parenthesis. */
    private int replacedCall(boolean isHere, int words) {
        if (!isHere) {
            return 0;
        }
        Token first = in.get(position);
        out.add(new Token(Token.Kind.WORD, "coalesce", first.start(), first.end()));
        return words;
    }

    private int checkOption() {
        int i = at(1).is("local") || at(1).is("cascaded") ? 2 : 1;
        return at(i).is("check") && at(i + 1).is("option") && at(i + 2) == END ? i + 2 : 0;
    }

    private int groupBy() {
        out.add(in.get(position));
        out.add(in.get(position + 1));
        return 3;
    }

    private int symbol(Token token) {
        if (token.isSymbol("[")) {
            return Subscripts.length(in, position, out);
        }
        if (token.isSymbol(")") && previous().isSymbol("(") && out.size() > 1) {
            Token before = out.get(out.size() - 2);
            if (before.isSymbol("(") || before.isSymbol(",") || before.is("by")) {
                addNumber(); // the empty grouping set
            }
            return 0;
        }
        if (token.isSymbol(".") && previous().isSymbol(")") && at(1).isSymbol("*")) {
            return 2;
        }
        boolean sign = token.isSymbol("+") || token.isSymbol("-") || token.isSymbol("*");
        return isOperator(token) && !sign && isPrefixPlace() ? 1 : 0;
    }

    /** Whether an operand begins here, so that an operator stands before it and not between two. */
    private boolean isPrefixPlace() {
        Token before = previous();
        if (before == END || before.isSymbol("(") || before.isSymbol(",") || before.isSymbol("[")) {
            return true;
        }
        return (isOperator(before) && !before.isSymbol("*"))
                || (before.kind() == Token.Kind.WORD && BEFORE_OPERAND.contains(before.text()));
    }

    private static boolean endsOperand(Token token) {
        return token.isSymbol(")")
                || token.isValue()
                || token.kind() == Token.Kind.NAME
                || (token.kind() == Token.Kind.WORD
                        && !WritingWords.isStructure(token.text())
                        && !WritingWords.isReserved(token.text())
                        && !WritingWords.BEFORE_TABLE.contains(token.text()));
    }

    static boolean isOperator(Token token) {
        return token.kind() == Token.Kind.SYMBOL
                && !token.text().isEmpty()
                && OPERATOR_CHARACTERS.indexOf(token.text().charAt(0)) >= 0;
    }

    private void addNumber() {
        int place = in.get(position).start();
        out.add(new Token(Token.Kind.NUMBER, "0", place, place));
    }

    private static final Token END = new Token(Token.Kind.SYMBOL, "", 0, 0);

    private Token at(int distance) {
        int index = position + distance;
        return index < in.size() ? in.get(index) : END;
    }

    private Token previous() {
        return out.isEmpty() ? END : out.get(out.size() - 1);
    }
}
