package io.tierguard.sql;

import java.util.Set;

/** Rewrites words of H2 that stand beside a value: its type, its format, tests of it. */
final class H2PlainWords {

    private static final Set<String> TYPED_LITERALS = Set.of("json", "geometry", "uuid");
    private static final Set<String> JSON_KINDS = Set.of("value", "array", "object", "scalar");
    private static final Set<String> QUANTIFIERS = Set.of("any", "all", "some");

    /** Words that the parser reserves and H2 does not. */
    private static final Set<String> ONLY_PARSER = Set.of(
            "connect",
            "csv",
            "errors",
            "excludes",
            "extend",
            "fbv",
            "file",
            "force",
            "global",
            "iif",
            "import",
            "includes",
            "nocycle",
            "optimize",
            "output",
            "pivot",
            "preferring",
            "prewhere",
            "prior",
            "procedure",
            "public",
            "returns",
            "returning",
            "sample",
            "script",
            "semi",
            "settings",
            "start",
            "statement",
            "straight",
            "tables",
            "tablesample",
            "unpivot",
            "verify",
            "xmlserialize");

    private final H2PlainForm form;

    H2PlainWords(H2PlainForm form) {
        this.form = form;
    }

    /** Rewrites what begins here; whether there was anything. */
    boolean rewrite(int i) {
        Token token = form.at(i);
        if (token.kind() == Token.Kind.SYMBOL) {
            return matches(i) || variable(i);
        }
        if (token.kind() != Token.Kind.WORD) {
            return false;
        }
        return switch (token.text()) {
            case "is" -> test(i);
            case "format" -> form.endsValue(i - 1) && form.is(i, "format", "json") && skip(2);
            case "at" -> form.endsValue(i - 1) && form.is(i, "at", "local") && skip(2);
            case "with", "without" -> zone(i);
            case "array" -> arrayType(i);
            case "row" -> rowType(i);
            case "unknown" -> unknown(i);
            case "overriding" -> overriding(i);
            case "current" -> form.is(i, "current", "value", "for") && nextValue();
            default -> literal(i) || name(i);
        };
    }

    private boolean skip(int count) {
        form.skip(count);
        return true;
    }

    private boolean overriding(int i) {
        return (form.is(i + 1, "user", "value") || form.is(i + 1, "system", "value")) && skip(3);
    }

    private boolean nextValue() {
        form.word("next");
        form.skip(1);
        return true;
    }

    /** {@code ~*} compares as {@code ~} does. */
    private boolean matches(int i) {
        boolean star = (form.at(i - 1).isSymbol("~") || form.at(i - 1).isSymbol("!~"))
                && form.at(i).isSymbol("*");
        return star && skip(1);
    }

    /** A variable of the session is a value. */
    private boolean variable(int i) {
        boolean variable = form.at(i).isSymbol("@") && form.at(i + 1).isIdentifier();
        if (variable) {
            form.number();
            form.skip(2);
        }
        return variable;
    }

    private boolean test(int i) {
        int not = form.is(i + 1, "not") ? 1 : 0;
        int next = i + 1 + not;
        if (form.is(next, "of")) {
            int close = form.closingOfPlain(next + 1);
            return close > 0 && isNull(close + 1 - i);
        }
        if (form.is(next, "json")) {
            return isNull(jsonEnd(next + 1) - i);
        }
        boolean distinct = form.is(next, "distinct", "from")
                && form.at(next + 2).kind() == Token.Kind.WORD
                && QUANTIFIERS.contains(form.at(next + 2).text());
        if (distinct) {
            form.symbol("=");
            form.skip(next + 2 - i);
        }
        return distinct;
    }

    private boolean isNull(int length) {
        form.word("is");
        form.word("null");
        return skip(length);
    }

    private int jsonEnd(int from) {
        int end = from;
        if (form.at(end).kind() == Token.Kind.WORD
                && JSON_KINDS.contains(form.at(end).text())) {
            end++;
        }
        if (form.is(end, "with", "unique") || form.is(end, "without", "unique")) {
            end += form.is(end + 2, "keys") ? 3 : 2;
        }
        return end;
    }

    private boolean zone(int i) {
        return form.at(i - 1).isSymbol(")") && form.is(i + 1, "time", "zone") && skip(3);
    }

    /** The ARRAY of a type, which follows the type of its elements. */
    private boolean arrayType(int i) {
        Token before = form.at(i - 1);
        boolean sized = form.at(i + 1).isSymbol("[")
                && form.at(i + 2).kind() == Token.Kind.NUMBER
                && form.at(i + 3).isSymbol("]");
        boolean afterType = (before.kind() == Token.Kind.WORD && !WritingWords.isStructure(before.text()))
                || (sized && before.isSymbol("]"))
                || (sized && before.isSymbol(")"));
        if (!afterType || (!sized && form.at(i + 1).isSymbol("["))) {
            return false;
        }
        return skip(sized ? 4 : 1);
    }

    private boolean rowType(int i) {
        boolean type = form.is(i - 1, "as") || form.at(i - 1).isSymbol("::");
        int close = type ? form.closingOfPlain(i + 1) : -1;
        if (close > 0) {
            form.word("int");
            form.skip(close + 1 - i);
        }
        return close > 0;
    }

    private boolean unknown(int i) {
        boolean plain = !form.is(i - 1, "is")
                && !form.is(i - 1, "not")
                && !form.at(i - 1).isSymbol(".")
                && !form.at(i + 1).isSymbol(".")
                && !form.at(i + 1).isSymbol("(")
                && !isAfterTableWord(i);
        boolean negated = form.is(i - 1, "not") && !form.is(i - 2, "is");
        if (plain || negated) {
            form.word("null");
            form.skip(1);
        }
        return plain || negated;
    }

    private boolean isAfterTableWord(int i) {
        Token before = form.at(i - 1);
        return before.kind() == Token.Kind.WORD && WritingWords.BEFORE_TABLE.contains(before.text());
    }

    private boolean literal(int i) {
        Token.Kind next = form.at(i + 1).kind();
        boolean value = (next == Token.Kind.STRING && form.at(i + 1).isValue()) || next == Token.Kind.BINARY;
        return value && TYPED_LITERALS.contains(form.at(i).text()) && !form.endsValue(i - 1) && skip(1);
    }

    private boolean name(int i) {
        boolean name =
                ONLY_PARSER.contains(form.at(i).text()) && !form.at(i + 1).isSymbol("(");
        if (name) {
            form.copyAsName();
        }
        return name;
    }
}
