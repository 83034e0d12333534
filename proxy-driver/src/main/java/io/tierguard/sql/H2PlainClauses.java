package io.tierguard.sql;

import java.util.Set;

/** Rewrites clauses of H2's queries and calls. */
final class H2PlainClauses {

    private static final Set<String> AFTER_EMPTY_LIST = Set.of(
            "from",
            "where",
            "group",
            "having",
            "order",
            "offset",
            "fetch",
            "limit",
            "qualify",
            "union",
            "except",
            "intersect",
            "minus",
            "window");
    private static final Set<String> BEFORE_TABLE_QUERY = Set.of("as", "union", "all", "except", "intersect", "minus");
    private static final Set<String> BEFORE_QUERY_AS_VALUE =
            Set.of("select", "and", "or", "not", "when", "then", "else", "on", "where", "having", "like", "between");
    private static final Set<String> JSON_CALLS =
            Set.of("json_object", "json_array", "json_objectagg", "json_arrayagg");
    private static final Set<String> OPERATORS = Set.of("is", "like", "ilike", "in", "between", "regexp", "not");

    private final H2PlainForm form;
    private final H2PlainWindows windows;

    H2PlainClauses(H2PlainForm form) {
        this.form = form;
        this.windows = new H2PlainWindows(form);
    }

    /** Rewrites what begins here; whether there was anything. */
    boolean rewrite(int i) {
        Token token = form.at(i);
        if (token.kind() == Token.Kind.SYMBOL) {
            return separator(token);
        }
        if (token.kind() != Token.Kind.WORD) {
            return false;
        }
        boolean call = form.at(i + 1).isSymbol("(");
        if (call && JSON_CALLS.contains(token.text())) {
            return renamed("coalesce", H2PlainForm.Group.Kind.JSON);
        }
        return switch (token.text()) {
            case "select" -> select(i);
            case "table" -> call ? typedColumns(i) : tableQuery(i);
            case "values" -> values(i);
            case "set" ->
                call
                        && !form.is(i - 1, "update")
                        && !form.endsValue(i - 1)
                        && renamed("coalesce", H2PlainForm.Group.Kind.PLAIN);
            case "convert" -> call && renamed("coalesce", H2PlainForm.Group.Kind.CONVERSION);
            case "unique" -> call && form.is(i + 2, "select") && renamed("exists", H2PlainForm.Group.Kind.PLAIN);
            case "top" -> top(i);
            case "from" -> windows.fromLast(i);
            case "on" -> overflow(i);
            case "null", "absent" -> json() && form.is(i + 1, "on", "null") && skip(3);
            case "with", "without" -> json() && form.is(i + 1, "unique") && skip(form.is(i + 2, "keys") ? 3 : 2);
            case "value" -> json() && form.endsValue(i - 1) && comma();
            case "all" -> json() && form.at(i - 1).isSymbol("(") && skip(1);
            case "exclude" -> windows.exclude(i);
            case "within" -> windows.postfix(i, 2, "order");
            case "filter" -> windows.postfix(i, 1, "where");
            case "over" -> windows.over(i);
            case "when" -> when(i);
            case "then" -> {
                form.group().isBetweenWhenAndThen = false;
                yield false;
            }
            default -> windows.window(i);
        };
    }

    private boolean skip(int count) {
        form.skip(count);
        return true;
    }

    private boolean json() {
        return form.group().kind == H2PlainForm.Group.Kind.JSON;
    }

    private boolean comma() {
        form.symbol(",");
        return skip(1);
    }

    private boolean renamed(String name, H2PlainForm.Group.Kind kind) {
        form.word(name);
        form.skip(1);
        form.open(kind, 0);
        if (form.isAtEndOfJson()) {
            form.number();
        }
        return true;
    }

    private boolean separator(Token token) {
        if (token.isSymbol(":") && json()) {
            return comma();
        }
        if (token.isSymbol(",") && form.group().isBetweenWhenAndThen) {
            form.word("or");
            return skip(1);
        }
        if (token.isSymbol(",") && form.group().kind == H2PlainForm.Group.Kind.TYPED_COLUMNS) {
            form.copy();
            form.skipColumnHead();
            return true;
        }
        if (token.isSymbol(",") && form.group().kind == H2PlainForm.Group.Kind.CONVERSION) {
            form.copy();
            form.copyType();
            return true;
        }
        return token.isSymbol(":=") && assignment();
    }

    private boolean assignment() {
        form.symbol("=");
        return skip(1);
    }

    private boolean select(int i) {
        Token before = form.at(i - 1);
        boolean asValue = i > 0
                && ((before.kind() == Token.Kind.WORD && BEFORE_QUERY_AS_VALUE.contains(before.text()))
                        || (before.kind() == Token.Kind.SYMBOL
                                && !before.isSymbol("(")
                                && !before.isSymbol(")")
                                && !before.isSymbol("]")));
        if (asValue) {
            form.openQuery();
        }
        form.copy();
        Token next = form.at(i + 1);
        boolean empty = next.text().isEmpty()
                || next.isSymbol(")")
                || (next.kind() == Token.Kind.WORD && AFTER_EMPTY_LIST.contains(next.text()));
        if (empty) {
            form.number();
        }
        return true;
    }

    /** {@code TABLE (id INT = (1, 2))} is a query of its values. */
    private boolean typedColumns(int i) {
        if (!form.isColumnHead(i + 2)) {
            return false;
        }
        form.skip(1);
        form.open(H2PlainForm.Group.Kind.TYPED_COLUMNS, 0);
        form.word("select");
        form.skipColumnHead();
        return true;
    }

    private boolean tableQuery(int i) {
        Token before = form.at(i - 1);
        boolean begins = i == 0
                || before.isSymbol("(")
                || before.isSymbol(")")
                || form.isBehindInsertInto(i - 1)
                || (before.kind() == Token.Kind.WORD && BEFORE_TABLE_QUERY.contains(before.text()));
        Token table = form.at(i + 1);
        boolean named =
                table.isIdentifier() && !(table.kind() == Token.Kind.WORD && WritingWords.isReserved(table.text()));
        if (!begins || !named) {
            return false;
        }
        form.word("select");
        form.number();
        form.word("from");
        return skip(1);
    }

    /** Rows of values without parentheses are what a query of them is to every table. */
    private boolean values(int i) {
        boolean defaults = form.at(i + 1).isSymbol("(") && form.at(i + 2).isSymbol(")");
        if (defaults) {
            form.word("default");
            form.word("values");
            return skip(3);
        }
        boolean first = i == 0 || form.at(i - 1).isSymbol("(") || form.endsValue(i - 1) || isAfterSetOperation(i);
        if (!first || form.is(i - 1, "default")) {
            return false;
        }
        form.word("select");
        return skip(1);
    }

    private boolean isAfterSetOperation(int i) {
        return form.at(i - 1).kind() == Token.Kind.WORD
                && BEFORE_TABLE_QUERY.contains(form.at(i - 1).text());
    }

    /** {@code TOP 10} or {@code TOP (10)} bounds the rows. */
    private boolean top(int i) {
        boolean head = form.is(i - 1, "select")
                || form.is(i - 1, "update")
                || form.is(i - 1, "delete")
                || form.is(i - 1, "distinct")
                || form.is(i - 1, "all");
        boolean grouped = form.at(i + 1).isSymbol("(")
                && form.at(i + 2).isValue()
                && form.at(i + 3).isSymbol(")");
        return head && (grouped ? skip(4) : form.at(i + 1).isValue() && skip(2));
    }

    private boolean overflow(int i) {
        if (!form.is(i, "on", "overflow")) {
            return false;
        }
        if (form.is(i + 2, "error")) {
            return skip(3);
        }
        int text = form.at(i + 3).kind() == Token.Kind.STRING ? 1 : 0;
        boolean counted = form.is(i + 2, "truncate")
                && (form.is(i + 3 + text, "with", "count") || form.is(i + 3 + text, "without", "count"));
        return counted && skip(5 + text);
    }

    /** A comparison in CASE whose left side stands before WHEN gets one of its own. */
    private boolean when(int i) {
        form.copy();
        form.group().isBetweenWhenAndThen = true;
        Token next = form.at(i + 1);
        boolean operator = (next.kind() == Token.Kind.WORD
                        && OPERATORS.contains(next.text())
                        && !(next.is("not") && !isOperatorAfterNot(i + 2)))
                || next.isSymbol("=")
                || next.isSymbol("<")
                || next.isSymbol(">")
                || next.isSymbol("<=")
                || next.isSymbol(">=")
                || next.isSymbol("<>");
        if (operator) {
            form.number();
        }
        return true;
    }

    private boolean isOperatorAfterNot(int i) {
        return form.is(i, "in") || form.is(i, "like") || form.is(i, "ilike") || form.is(i, "between");
    }
}
