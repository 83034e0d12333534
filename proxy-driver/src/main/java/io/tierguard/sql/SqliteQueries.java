package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Reads the queries of SQLite: what they read and call. */
final class SqliteQueries {
    private static final String PRAGMA = "pragma_";

    final SqliteExpressions expressions;

    private final SqliteCursor cursor;
    private final StatementFindings findings;

    /** The common tables that a name may mean, innermost last; none of them is ever written. */
    private final Deque<Set<String>> common = new ArrayDeque<>();

    SqliteQueries(SqliteCursor cursor, StatementFindings findings) {
        this.cursor = cursor;
        this.findings = findings;
        this.expressions = new SqliteExpressions(cursor, findings, this);
    }

    /** Whether a query begins here. */
    boolean begins() {
        return cursor.is("select") || cursor.is("values") || cursor.is("with");
    }

    /** Whether a query begins behind the parenthesis that stands here. */
    boolean beginsBehindParenthesis() {
        Token token = cursor.peek(1);
        return token.is("select") || token.is("values") || token.is("with");
    }

    /** Reads a query with its WITH. */
    void query() {
        boolean hasWith = with();
        body();
        leave(hasWith);
    }

    /** Reads the WITH that may begin here, whose names hold until {@link #leave}. */
    boolean with() {
        if (!cursor.accept("with")) {
            return false;
        }
        cursor.accept("recursive");
        Set<String> names = new HashSet<>();
        common.addLast(names);
        addNames(names);
        do {
            cursor.name();
            if (cursor.isSymbol("(")) {
                names();
            }
            cursor.expect("as");
            if (!cursor.accept("not", "materialized")) {
                cursor.accept("materialized");
            }
            cursor.expectSymbol("(");
            query();
            cursor.expectSymbol(")");
        } while (cursor.acceptSymbol(","));
        return true;
    }

    void leave(boolean hasWith) {
        if (hasWith) {
            common.removeLast();
        }
    }

    /** Each common table of a list may use all others, those behind it too. */
    private void addNames(Set<String> names) {
        int depth = 0;
        boolean isFirst = true;
        for (Token token : cursor.rest()) {
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean isPart = isFirst && depth == 0 && token.kind() != Token.Kind.SYMBOL;
            if (isPart) {
                names.add(TableName.fold(token.text()));
            }
            isFirst = depth == 0 && token.isSymbol(",");
            boolean ends = depth == 0
                    && !isPart
                    && (token.is("select")
                            || token.is("values")
                            || token.is("insert")
                            || token.is("replace")
                            || token.is("update")
                            || token.is("delete"));
            if (depth < 0 || ends) {
                return;
            }
        }
    }

    /** Reads a query without its WITH. */
    void body() {
        do {
            core();
        } while (acceptCompound());
        if (cursor.accept("order", "by")) {
            expressions.list();
        }
        if (cursor.accept("limit")) {
            expressions.list();
        }
    }

    private boolean acceptCompound() {
        if (cursor.accept("union")) {
            cursor.accept("all");
            return true;
        }
        return cursor.accept("intersect") || cursor.accept("except");
    }

    private void core() {
        if (cursor.accept("values")) {
            do {
                expressions.columns();
            } while (cursor.acceptSymbol(","));
            return;
        }
        cursor.expect("select");
        columns();
        if (cursor.accept("from")) {
            tables();
        }
        where();
        if (cursor.accept("group", "by")) {
            expressions.list();
        }
        if (cursor.accept("having")) {
            expressions.list();
        }
        if (cursor.isWindowClause()) {
            cursor.next();
            windows();
        }
    }

    private void windows() {
        do {
            cursor.name();
            cursor.expect("as");
            expressions.group();
        } while (cursor.acceptSymbol(","));
    }

    /** The columns of a result, whose names may stand behind AS. */
    void columns() {
        expressions.list();
    }

    /** Reads the WHERE that may stand here; whether it does. */
    boolean where() {
        boolean narrows = cursor.accept("where");
        if (narrows) {
            expressions.list();
        }
        return narrows;
    }

    /** Reads the tables behind FROM. */
    void tables() {
        item();
        while (cursor.isSymbol(",") || cursor.isJoin()) {
            if (!cursor.acceptSymbol(",")) {
                cursor.skipJoin();
            }
            item();
        }
    }

    private void item() {
        if (cursor.acceptSymbol("(")) {
            if (begins()) {
                query();
            } else {
                tables();
            }
            cursor.expectSymbol(")");
        } else {
            TableName table = cursor.table();
            if (cursor.isSymbol("(")) {
                expressions.group();
                readFunction(table);
            } else {
                read(table);
            }
        }
        alias();
        indexHint();
        if (cursor.accept("on")) {
            expressions.single();
        } else if (cursor.accept("using")) {
            names();
        }
    }

    /** Steps over another name for a table. */
    void alias() {
        if (cursor.accept("as")) {
            cursor.name();
        } else if (cursor.isAlias()) {
            cursor.next();
        }
    }

    void indexHint() {
        if (cursor.accept("indexed", "by")) {
            cursor.name();
        } else {
            cursor.accept("not", "indexed");
        }
    }

    /** Steps over a list of names in parentheses. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        cursor.expectSymbol("(");
        do {
            names.add(cursor.name());
        } while (cursor.acceptSymbol(","));
        cursor.expectSymbol(")");
        return names;
    }

    /** A table, a view or a common table is read. */
    void read(TableName table) {
        boolean isCommon = !table.isQualified() && common.stream().anyMatch(names -> names.contains(table.name()));
        if (!isCommon && !isOfPragma(table)) {
            findings.effect(Verb.SELECT, table);
        }
    }

    /** A table that takes arguments is read: one of the database's own, which only computes, or a virtual one. */
    void readFunction(TableName table) {
        boolean isBuiltIn =
                !table.isQualified() && HarmlessRoutines.isHarmless(Dialect.SQLITE, new RoutineCall("", table.name()));
        if (!isBuiltIn && !isOfPragma(table)) {
            findings.effect(Verb.SELECT, table);
        }
    }

    /** The pragmas that have a table tell something and change nothing. */
    private static boolean isOfPragma(TableName table) {
        return !table.isQualified() && table.name().startsWith(PRAGMA);
    }
}
