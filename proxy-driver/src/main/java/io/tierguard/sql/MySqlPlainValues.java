package io.tierguard.sql;

import java.util.Set;

/** Rewrites the operators, calls and intervals of MySQL and MariaDB. */
final class MySqlPlainValues {
    private static final Set<String> IN_MODE = Set.of("in", "with");

    /** Calls whose arguments may have words between them instead of commas. */
    private static final Set<String> WITH_WORDS = Set.of("substring", "substr", "mid", "trim", "position", "extract");

    private final MySqlPlainForm form;

    MySqlPlainValues(MySqlPlainForm form) {
        this.form = form;
    }

    boolean rewrite(MySqlGroup group, String word, int i) {
        Token next = form.at(i + 1);
        boolean calls = next.isSymbol("(");
        return switch (word) {
            case "mod" -> form.endsValue(i - 1) && !form.at(i - 1).isSymbol("*") && form.replaceSymbol("%");
            case "div" -> form.endsValue(i - 1) && form.replaceSymbol("/");
            case "rlike", "regexp" -> form.replace("like");
            case "sounds" -> form.is(i + 1, "like") && form.skip(1);
            case "binary" ->
                !calls && !form.endsValue(i - 1) && !form.is(i - 1, "as") && isOperand(next) && form.skip(1);
            case "interval" -> interval(i);
            case "match" -> calls ? form.replace("coalesce") : matched(i);
            case "with" -> inMode(group, i);
            case "against" -> calls && form.replaceSymbol("=");
            case "in" -> inMode(group, i) || (group.called.equals("position") && form.replaceSymbol(","));
            case "json_value",
                    "json_query",
                    "json_exists",
                    "group_concat",
                    "insert",
                    "default",
                    "json_arrayagg",
                    "json_table",
                    "convert",
                    "if" -> calls && i > 0 && !isTarget(i) && form.replace("coalesce");
            case "separator" -> next.kind() == Token.Kind.STRING && form.skip(2);
            case "member" -> form.is(i + 1, "of") && form.at(i + 2).isSymbol("(") && member();
            case "previous" -> form.is(i + 1, "value", "for") && form.replace("next");
            case "using" -> (group.called.equals("convert") || group.called.equals("char")) && form.skip(2);
            case "from", "for" -> WITH_WORDS.contains(group.called) && argument();
            case "leading", "trailing", "both" -> group.called.equals("trim") && form.skip(1);
            case "collate" -> next.kind() == Token.Kind.STRING && form.skip(2);
            default -> introducer(word, next) || unit(i);
        };
    }

    /** Any comparison as one and the same operator. */
    boolean mergeComparison(String word, int i) {
        Token next = form.at(i + 1);
        return switch (word) {
            case "like", "rlike", "regexp" -> form.replaceSymbol("||");
            case "between" -> form.replaceSymbol("||");
            case "in" ->
                next.isSymbol("(")
                        && form.endsValue(i - 1 - (form.is(i - 1, "not") ? 1 : 0))
                        && form.replaceSymbol("||");
            case "any", "some", "all" -> next.isSymbol("(") && MySqlWords.beginsQuery(form.at(i + 2)) && form.skip(1);
            case "not" -> form.skip(1);
            case "escape" -> next.isValue() && form.skip(2);
            case "is" -> {
                int end = form.is(i + 1, "not") ? i + 2 : i + 1;
                boolean isTest = form.is(end, "null")
                        || form.is(end, "true")
                        || form.is(end, "false")
                        || form.is(end, "unknown");
                yield isTest && form.skip(end + 1 - i);
            }
            default -> false;
        };
    }

    /** {@code MATCH a, t.b AGAINST}: the names of columns without parentheses. */
    private boolean matched(int i) {
        int end = i + 1;
        while (form.at(end).isIdentifier() && !form.is(end, "against")) {
            end++;
            end += form.at(end).isSymbol(",") || form.at(end).isSymbol(".") ? 1 : 0;
        }
        boolean isSearch = end > i + 1 && form.is(end, "against");
        if (isSearch) {
            form.number();
        }
        return isSearch && form.skip(end - i);
    }

    /** Whether the word is a table into which rows go, so that the group behind it holds columns. */
    private boolean isTarget(int i) {
        return form.is(i - 1, "into") || form.is(i - 1, "table");
    }

    private static boolean isOperand(Token token) {
        return token.isValue() || token.isIdentifier();
    }

    /** In AGAINST the way to search stands behind the words. */
    private boolean inMode(MySqlGroup group, int i) {
        if (!group.called.equals("against") || !IN_MODE.contains(form.at(i).text())) {
            return false;
        }
        int end = i;
        while (!form.at(end).isSymbol(")")) {
            if (form.at(end).kind() != Token.Kind.WORD) {
                return false;
            }
            end++;
        }
        return form.skip(end - i);
    }

    private boolean member() {
        form.skip(1);
        return form.replaceSymbol("=");
    }

    /** Arguments with words between them get commas. */
    private boolean argument() {
        if (form.last().isSymbol("(")) {
            return form.skip(1);
        }
        return form.replaceSymbol(",");
    }

    private boolean introducer(String word, Token next) {
        boolean isLiteral = next.kind() == Token.Kind.STRING
                || next.kind() == Token.Kind.BINARY
                || next.kind() == Token.Kind.NUMBER;
        return isLiteral && MySqlWords.isIntroducer(word) && form.skip(1);
    }

    /** {@code INTERVAL x DAY} is an operand like x; where no unit follows it is a call or a name. */
    private boolean interval(int i) {
        return !form.endsValue(i - 1) && unitOf(i) > 0 && form.skip(1);
    }

    /** The unit of an interval that begins before it. */
    private boolean unit(int i) {
        if (!MySqlWords.UNITS.contains(form.at(i).text()) || !form.endsValue(i - 1)) {
            return false;
        }
        int depth = 0;
        for (int at = i - 1; at >= 0 && depth >= 0; at--) {
            Token token = form.at(at);
            depth += token.isSymbol(")") ? 1 : token.isSymbol("(") ? -1 : 0;
            if (depth == 0 && token.is("interval")) {
                return !form.endsValue(at - 1) && unitOf(at) == i && form.skip(1);
            }
        }
        return false;
    }

    /** Where the unit of an interval stands; -1 where there is none. */
    private int unitOf(int interval) {
        int depth = 0;
        for (int at = interval + 1; at < form.in.size(); at++) {
            Token token = form.at(at);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth < 0 || (depth == 0 && token.isSymbol(",")) || token.isSymbol(";")) {
                return -1;
            }
            boolean isUnit = depth == 0
                    && token.kind() == Token.Kind.WORD
                    && MySqlWords.UNITS.contains(token.text())
                    && at > interval + 1
                    && form.endsValue(at - 1);
            if (isUnit) {
                return at;
            }
        }
        return -1;
    }
}
