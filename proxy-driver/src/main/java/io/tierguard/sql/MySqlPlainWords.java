package io.tierguard.sql;

import java.util.Set;

/** Rewrites words of MySQL and MariaDB, one clause or one value at a time. */
final class MySqlPlainWords {

    private static final Set<String> SET_OPERATIONS = Set.of("union", "intersect", "except", "minus");

    private static final Set<String> OF_WINDOW = Set.of("partition", "order", "rows", "range", "groups");

    /** Calls whose arguments may have types. */
    private static final Set<String> COLUMN_CALLS = Set.of("column_create", "column_add", "column_get");

    private final MySqlPlainForm form;
    private final MySqlPlainHints hints;
    private final MySqlPlainValues values;

    MySqlPlainWords(MySqlPlainForm form) {
        this.form = form;
        this.hints = new MySqlPlainHints(form);
        this.values = new MySqlPlainValues(form);
    }

    /** Rewrites what begins here; whether there was anything. */
    boolean rewrite(int i) {
        if (form.at(i - 1).isSymbol(".")) {
            return false;
        }
        MySqlGroup group = form.group();
        boolean wasAtHead = group.isAtHead;
        group.isAtHead = false;
        String word = form.at(i).text();
        if (wasAtHead && option(group, word)) {
            return true;
        }
        if (group.clause == MySqlGroup.Clause.FROM && form.isOutermost() && form.is(i, "on", "duplicate", "key")) {
            // Behind a table the parser would take ON for that of a join.
            form.word("where");
            form.number();
        }
        group.enter(word, i == 0, form.is(i + 1, "duplicate", "key"));
        return hints.rewrite(i, word)
                || clause(group, word, i)
                || (form.mergesComparisons() && values.mergeComparison(word, i))
                || values.rewrite(group, word, i)
                || name(word, i);
    }

    private boolean option(MySqlGroup group, String word) {
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

    private boolean clause(MySqlGroup group, String word, int i) {
        return switch (word) {
            case "straight_join" -> form.replace("join");
            case "asc", "desc" -> group.clause == MySqlGroup.Clause.GROUP && form.skip(1);
            case "with" -> form.is(i + 1, "rollup") && form.skip(2);
            case "distinct" ->
                form.at(i - 1).kind() == Token.Kind.WORD
                        && SET_OPERATIONS.contains(form.at(i - 1).text())
                        && form.skip(1);
            case "as" -> alias(group, i);
            case "value" ->
                form.isOutermost()
                        && form.at(i + 1).isSymbol("(")
                        && (form.at(0).is("insert") || form.at(0).is("replace"))
                        && form.replace(group.isBehindDuplicate ? "coalesce" : "values");
            case "values" -> form.at(i + 1).isSymbol("(") && group.isBehindDuplicate && form.replace("coalesce");
            case "row" -> form.at(i + 1).isSymbol("(") && form.skip(1);
            case "replace" -> i == 0 && form.replace("insert");
            case "columns" -> group.called.equals("json_table") && jsonColumns(i);
            default -> false;
        };
    }

    private boolean alias(MySqlGroup group, int i) {
        if (form.at(i + 1).kind() == Token.Kind.STRING) {
            return form.skip(2);
        }
        boolean isColumn = COLUMN_CALLS.contains(group.called);
        boolean isType = isColumn || group.called.equals("cast") || group.called.equals("weight_string");
        int close = isType ? form.endOfType(i + 1, isColumn) : -1;
        if (close < 0) {
            return false;
        }
        if (group.called.equals("cast")) {
            form.word("as");
            form.word("int");
        }
        return form.skip(close - i);
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
                return form.skip(at + 1 - i);
            }
        }
        return false;
    }

    private boolean name(String word, int i) {
        boolean isWindow = form.group().called.equals("over")
                && form.at(i - 1).isSymbol("(")
                && !OF_WINDOW.contains(word)
                && !form.at(i + 1).isSymbol(".");
        if (isWindow) {
            return form.skip(1);
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
