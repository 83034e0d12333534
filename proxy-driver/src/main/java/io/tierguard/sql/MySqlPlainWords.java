package io.tierguard.sql;

import java.util.Set;

/** Rewrites words of MySQL and MariaDB, one clause or one value at a time. */
final class MySqlPlainWords {

    private static final Set<String> IN_MODE = Set.of("in", "with");
    private static final Set<String> SET_OPERATIONS = Set.of("union", "intersect", "except", "minus");

    private static final Set<String> OF_WINDOW = Set.of("partition", "order", "rows", "range", "groups");

    /** Calls whose arguments may have types. */
    private static final Set<String> COLUMN_CALLS = Set.of("column_create", "column_add", "column_get");

    /** Calls whose arguments may have words between them instead of commas. */
    private static final Set<String> WITH_WORDS = Set.of("substring", "substr", "mid", "trim", "position", "extract");

    private final MySqlPlainForm form;

    MySqlPlainWords(MySqlPlainForm form) {
        this.form = form;
    }

    /** Rewrites what begins here; whether there was anything. */
    boolean rewrite(int i) {
        if (form.at(i - 1).isSymbol(".")) {
            return false;
        }
        MySqlPlainForm.Group group = form.group();
        boolean wasAtHead = group.isAtHead;
        group.isAtHead = false;
        String word = form.at(i).text();
        if (wasAtHead && option(group, word)) {
            return true;
        }
        enter(group, word, i);
        return hint(i, word)
                || clause(group, word, i)
                || (form.mergesComparisons() && comparison(word, i))
                || value(group, word, i)
                || name(word, i);
    }

    private boolean option(MySqlPlainForm.Group group, String word) {
        boolean isOption = MySqlWords.SELECT_OPTIONS.contains(word);
        boolean isDistinct = word.equals("distinctrow");
        group.isAtHead = isOption || isDistinct || word.equals("distinct") || word.equals("all");
        if (isOption) {
            form.skip(1);
        } else if (isDistinct) {
            form.replace("distinct");
        }
        return isOption || isDistinct;
    }

    private void enter(MySqlPlainForm.Group group, String word, int i) {
        switch (word) {
            case "select" -> {
                group.clause = MySqlPlainForm.Clause.SELECT;
                group.isAtHead = true;
            }
            case "from", "join", "straight_join" -> group.clause = MySqlPlainForm.Clause.FROM;
            case "update" -> group.clause = i == 0 ? MySqlPlainForm.Clause.FROM : MySqlPlainForm.Clause.VALUE;
            case "on" -> {
                group.clause = MySqlPlainForm.Clause.ON;
                boolean isDuplicate = form.is(i + 1, "duplicate", "key");
                group.isBehindDuplicate |= isDuplicate;
                group.assigns |= isDuplicate;
            }
            case "group" -> group.clause = MySqlPlainForm.Clause.GROUP;
            case "returning" -> group.clause = MySqlPlainForm.Clause.SELECT;
            case "set" -> {
                group.clause = MySqlPlainForm.Clause.VALUE;
                group.assigns = true;
            }
            case "where", "having", "order", "limit", "into", "window", "union", "except", "intersect" -> {
                group.clause = MySqlPlainForm.Clause.VALUE;
                group.assigns &= group.isBehindDuplicate;
            }
            default -> {}
        }
    }

    /** Words that only tell the server how to find rows. */
    private boolean hint(int i, String word) {
        return switch (word) {
            case "use", "ignore", "force" -> indexHint(i);
            case "partition" -> partitions(i);
            case "lock" -> form.is(i, "lock", "in", "share", "mode") && skip(endOfLock(i + 4) - i);
            case "for" -> locking(i) || systemTime(i);
            case "limit" -> form.is(i + 1, "rows", "examined") && skip(4);
            case "rows" -> form.is(i + 1, "examined") && form.at(i + 2).isValue() && skip(3);
            case "procedure" -> procedure(i);
            case "cycle" -> cycle(i);
            default -> false;
        };
    }

    private boolean skip(int count) {
        form.skip(count);
        return true;
    }

    private boolean indexHint(int i) {
        boolean isHint = form.is(i + 1, "index") || form.is(i + 1, "key");
        int open = i + 2;
        if (form.is(open, "for", "join")) {
            open += 2;
        } else if (form.is(open, "for", "order", "by") || form.is(open, "for", "group", "by")) {
            open += 3;
        }
        int close = isHint ? form.closingOfNames(open) : -1;
        return close > 0 && skip(close + 1 - i);
    }

    /** {@code PARTITION (p0, p1)} behind a table. */
    private boolean partitions(int i) {
        boolean behindTable = form.at(i - 1).isIdentifier() && !form.is(i - 1, "over");
        int close = behindTable ? form.closingOfNames(i + 1) : -1;
        return close > 0 && skip(close + 1 - i);
    }

    private boolean locking(int i) {
        if (!form.is(i + 1, "update") && !form.is(i + 1, "share")) {
            return false;
        }
        int end = i + 2;
        if (form.is(end, "of")) {
            end += 2;
            while (form.at(end).isSymbol(",") || form.at(end).isSymbol(".")) {
                end += 2;
            }
        }
        return skip(endOfLock(end) - i);
    }

    /** Behind the words for what becomes of rows that others have locked. */
    private int endOfLock(int start) {
        boolean isPair = form.is(start, "skip", "locked")
                || (form.is(start, "wait") && form.at(start + 1).isValue());
        return form.is(start, "nowait") ? start + 1 : isPair ? start + 2 : start;
    }

    /** {@code FOR SYSTEM_TIME} with constants. */
    private boolean systemTime(int i) {
        if (!form.is(i + 1, "system_time")) {
            return false;
        }
        int end = i + 2;
        if (form.is(end, "all")) {
            end++;
        } else if (form.is(end, "as", "of")) {
            end = pointInTime(end + 2);
        } else if (form.is(end, "from") || form.is(end, "between")) {
            String between = form.is(end, "from") ? "to" : "and";
            end = pointInTime(end + 1);
            end = form.is(end, between) ? pointInTime(end + 1) : -1;
        } else {
            end = -1;
        }
        return end > 0 && skip(end - i);
    }

    private int pointInTime(int start) {
        if (start < 0) {
            return -1;
        }
        int at = start
                + (form.is(start, "timestamp") || form.is(start, "transaction") || form.is(start, "date") ? 1 : 0);
        if (form.at(at).isValue()) {
            return at + 1;
        }
        boolean isNow = form.is(at, "now") || form.is(at, "current_timestamp");
        return isNow && form.at(at + 1).isSymbol("(") && form.at(at + 2).isSymbol(")") ? at + 3 : -1;
    }

    private boolean procedure(int i) {
        int close = form.is(i + 1, "analyse") ? form.closingOfNames(i + 2) : -1;
        return close > 0 && skip(close + 1 - i);
    }

    /** {@code CYCLE a, b RESTRICT} behind a common table expression. */
    private boolean cycle(int i) {
        int end = i + 1;
        while (form.at(end).isIdentifier() && form.at(end + 1).isSymbol(",")) {
            end += 2;
        }
        boolean isCycle = form.at(i - 1).isSymbol(")") && form.at(end).isIdentifier() && form.is(end + 1, "restrict");
        return isCycle && skip(end + 2 - i);
    }

    private boolean clause(MySqlPlainForm.Group group, String word, int i) {
        return switch (word) {
            case "straight_join" -> become("join");
            case "asc", "desc" -> group.clause == MySqlPlainForm.Clause.GROUP && skip(1);
            case "with" -> form.is(i + 1, "rollup") && skip(2);
            case "distinct" ->
                form.at(i - 1).kind() == Token.Kind.WORD
                        && SET_OPERATIONS.contains(form.at(i - 1).text())
                        && skip(1);
            case "as" -> alias(group, i);
            case "value" ->
                form.isOutermost()
                        && form.at(i + 1).isSymbol("(")
                        && (form.at(0).is("insert") || form.at(0).is("replace"))
                        && become(isBehindDuplicate(group) ? "coalesce" : "values");
            case "values" -> form.at(i + 1).isSymbol("(") && isBehindDuplicate(group) && become("coalesce");
            case "row" -> form.at(i + 1).isSymbol("(") && skip(1);
            case "replace" -> i == 0 && become("insert");
            case "columns" -> group.called.equals("json_table") && jsonColumns(i);
            default -> false;
        };
    }

    private static boolean isBehindDuplicate(MySqlPlainForm.Group group) {
        return group.isBehindDuplicate;
    }

    private boolean become(String word) {
        form.replace(word);
        return true;
    }

    private boolean alias(MySqlPlainForm.Group group, int i) {
        if (form.at(i + 1).kind() == Token.Kind.STRING) {
            return skip(2);
        }
        if (COLUMN_CALLS.contains(group.called)) {
            int end = i + 1;
            int depth = 0;
            while (depth > 0 || !(form.at(end).isSymbol(",") || form.at(end).isSymbol(")"))) {
                Token token = form.at(end);
                depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
                boolean isPart = (token.isIdentifier() && !MySqlWords.beginsQuery(token))
                        || token.kind() == Token.Kind.NUMBER
                        || token.kind() == Token.Kind.STRING
                        || token.isSymbol("(")
                        || token.isSymbol(")")
                        || token.isSymbol(",");
                if (!isPart || depth > 1) {
                    return false;
                }
                end++;
            }
            return skip(end - i);
        }
        boolean isType = group.called.equals("cast") || group.called.equals("weight_string");
        int close = isType ? form.endOfType(i + 1) : -1;
        if (close < 0) {
            return false;
        }
        if (group.called.equals("cast")) {
            form.word("as");
            form.word("int");
        }
        return skip(close - i);
    }

    /** The columns of a JSON_TABLE, as far as they are names, types and constants. */
    private boolean jsonColumns(int i) {
        int depth = 0;
        for (int at = i + 1; at < form.in.size(); at++) {
            Token token = form.at(at);
            boolean isPart = token.isIdentifier()
                    || token.isValue()
                    || token.isSymbol(",")
                    || token.isSymbol("-")
                    || token.isSymbol("(")
                    || token.isSymbol(")");
            if (!isPart || MySqlWords.beginsQuery(token)) {
                return false;
            }
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0) {
                return skip(at + 1 - i);
            }
        }
        return false;
    }

    private boolean value(MySqlPlainForm.Group group, String word, int i) {
        Token next = form.at(i + 1);
        boolean calls = next.isSymbol("(");
        return switch (word) {
            case "mod" -> form.endsValue(i - 1) && !form.at(i - 1).isSymbol("*") && sign("%");
            case "div" -> form.endsValue(i - 1) && sign("/");
            case "rlike", "regexp" -> become("like");
            case "sounds" -> form.is(i + 1, "like") && skip(1);
            case "binary" -> !calls && !form.endsValue(i - 1) && !form.is(i - 1, "as") && isOperand(next) && skip(1);
            case "interval" -> interval(i);
            case "match" -> calls ? become("coalesce") : matched(i);
            case "with" -> inMode(group, i);
            case "against" -> calls && sign("=");
            case "in" -> inMode(group, i) || (group.called.equals("position") && sign(","));
            case "json_value",
                    "json_query",
                    "json_exists",
                    "group_concat",
                    "insert",
                    "default",
                    "json_arrayagg",
                    "json_table",
                    "convert",
                    "if" -> calls && i > 0 && !isTarget(i) && become("coalesce");
            case "separator" -> next.kind() == Token.Kind.STRING && skip(2);
            case "member" -> form.is(i + 1, "of") && next(i + 2).isSymbol("(") && member();
            case "previous" -> form.is(i + 1, "value", "for") && become("next");
            case "using" -> (group.called.equals("convert") || group.called.equals("char")) && skip(2);
            case "from", "for" -> WITH_WORDS.contains(group.called) && argument();
            case "leading", "trailing", "both" -> group.called.equals("trim") && skip(1);
            case "collate" -> next.kind() == Token.Kind.STRING && skip(2);
            default -> introducer(word, next) || unit(i);
        };
    }

    /** Any comparison as one and the same operator. */
    private boolean comparison(String word, int i) {
        Token next = form.at(i + 1);
        return switch (word) {
            case "like", "rlike", "regexp" -> sign("||");
            case "between" -> sign("||");
            case "in" -> next.isSymbol("(") && form.endsValue(i - 1 - (form.is(i - 1, "not") ? 1 : 0)) && sign("||");
            case "any", "some", "all" -> next.isSymbol("(") && MySqlWords.beginsQuery(form.at(i + 2)) && skip(1);
            case "not" -> skip(1);
            case "escape" -> next.isValue() && skip(2);
            case "is" -> {
                int end = form.is(i + 1, "not") ? i + 2 : i + 1;
                boolean isTest = form.is(end, "null")
                        || form.is(end, "true")
                        || form.is(end, "false")
                        || form.is(end, "unknown");
                yield isTest && skip(end + 1 - i);
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
        return isSearch && skip(end - i);
    }

    private Token next(int i) {
        return form.at(i);
    }

    private boolean sign(String sign) {
        form.replaceSymbol(sign);
        return true;
    }

    /** Whether the word is a table into which rows go, so that the group behind it holds columns. */
    private boolean isTarget(int i) {
        return form.is(i - 1, "into") || form.is(i - 1, "table");
    }

    private static boolean isOperand(Token token) {
        return token.isValue() || token.isIdentifier();
    }

    /** In AGAINST the way to search stands behind the words. */
    private boolean inMode(MySqlPlainForm.Group group, int i) {
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
        return skip(end - i);
    }

    private boolean member() {
        form.skip(1);
        form.replaceSymbol("=");
        return true;
    }

    /** Arguments with words between them get commas. */
    private boolean argument() {
        if (form.last().isSymbol("(")) {
            return skip(1);
        }
        return sign(",");
    }

    private boolean introducer(String word, Token next) {
        boolean isLiteral = next.kind() == Token.Kind.STRING
                || next.kind() == Token.Kind.BINARY
                || next.kind() == Token.Kind.NUMBER;
        return isLiteral && MySqlWords.isIntroducer(word) && skip(1);
    }

    /** {@code INTERVAL x DAY} is an operand like x; where no unit follows it is a call or a name. */
    private boolean interval(int i) {
        return !form.endsValue(i - 1) && unitOf(i) > 0 && skip(1);
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
                return !form.endsValue(at - 1) && unitOf(at) == i && skip(1);
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

    private boolean name(String word, int i) {
        boolean isWindow = form.group().called.equals("over")
                && form.at(i - 1).isSymbol("(")
                && !OF_WINDOW.contains(word)
                && !form.at(i + 1).isSymbol(".");
        if (isWindow) {
            return skip(1);
        }
        boolean isName = MySqlWords.isNameOfMySql(word) && !form.at(i + 1).isSymbol("(");
        if (isName && !isPartOfLanguage(word, i)) {
            form.copyAsName();
            return true;
        }
        return false;
    }

    /** Some of these are words of MySQL's own in a place of their own. */
    private boolean isPartOfLanguage(String word, int i) {
        return switch (word) {
            case "first", "next" -> form.is(i - 1, "fetch") || form.is(i + 1, "value", "for");
            case "value" -> form.is(i + 1, "for") && (form.is(i - 1, "next") || form.is(i - 1, "previous"));
            case "only" -> form.is(i - 1, "rows") || form.is(i - 1, "row");
            case "current" -> form.is(i + 1, "row");
            case "full" -> form.is(i + 1, "join") || form.is(i + 1, "outer");
            case "minus" -> form.is(i + 1, "select") || form.at(i + 1).isSymbol("(");
            default -> false;
        };
    }
}
