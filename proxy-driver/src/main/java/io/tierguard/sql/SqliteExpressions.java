package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.Set;

/**
 * Steps over expressions of SQLite and finds the queries, tables and routines in them. Which operator binds how does not
 * matter for that.
 */
final class SqliteExpressions {
    /** Words of clauses, with which an expression ends where it is in no parentheses. */
    private static final Set<String> ENDS = Set.of(
            "where",
            "group",
            "having",
            "order",
            "limit",
            "union",
            "intersect",
            "except",
            "returning",
            "on",
            "using",
            "join",
            "set",
            "values");

    /** Words that stand in no expression. */
    private static final Set<String> NEVER = Set.of(
            "add",
            "alter",
            "autoincrement",
            "check",
            "commit",
            "constraint",
            "create",
            "default",
            "deferrable",
            "delete",
            "drop",
            "foreign",
            "index",
            "insert",
            "into",
            "nothing",
            "primary",
            "references",
            "select",
            "table",
            "to",
            "transaction",
            "unique",
            "update");

    private final SqliteCursor cursor;
    private final StatementFindings findings;
    private final SqliteQueries queries;

    SqliteExpressions(SqliteCursor cursor, StatementFindings findings, SqliteQueries queries) {
        this.cursor = cursor;
        this.findings = findings;
        this.queries = queries;
    }

    /** Steps over expressions and the commas between them, up to the next clause, an unopened parenthesis or the end. */
    void list() {
        while (!atEnd()) {
            one();
        }
    }

    /** Steps over expressions up to a comma too. */
    void single() {
        while (!atEnd() && !cursor.isSymbol(",")) {
            one();
        }
    }

    private boolean atEnd() {
        Token token = cursor.peek();
        if (cursor.atEnd() || token.isSymbol(")") || token.isSymbol(";")) {
            return true;
        }
        if (token.kind() != Token.Kind.WORD || cursor.peek(-1).isSymbol(".")) {
            return false;
        }
        return token.is("from") ? !isDistinctFrom() : ENDS.contains(token.text()) || isClause();
    }

    private boolean isClause() {
        // Behind the target of a conflict the word is none of a name.
        boolean isAction = cursor.is("do")
                && (cursor.peek(1).is("update") || cursor.peek(1).is("nothing"));
        return isAction || cursor.isWindowClause() || cursor.isJoin();
    }

    private boolean isDistinctFrom() {
        return cursor.peek(-1).is("distinct")
                && (cursor.peek(-2).is("is") || cursor.peek(-2).is("not"));
    }

    /** Steps over one part of an expression, wherever that ends. */
    void part() {
        one();
    }

    private void one() {
        Token token = cursor.peek();
        if (token.isSymbol("(")) {
            group();
        } else if (token.is("in") && !cursor.peek(1).isSymbol("(")) {
            cursor.next();
            inTable();
        } else if (cursor.isCall()) {
            if (!cursor.peek(-1).isSymbol(")") || !(token.is("over") || token.is("filter"))) {
                findings.call(token.text());
            }
            cursor.next();
            columns();
        } else {
            if (token.kind() == Token.Kind.WORD && NEVER.contains(token.text())) {
                throw cursor.unexpected();
            }
            cursor.next();
        }
    }

    /** Steps over a group in parentheses, which may be a query. */
    void group() {
        if (!queries.beginsBehindParenthesis()) {
            columns();
            return;
        }
        cursor.expectSymbol("(");
        queries.query();
        cursor.expectSymbol(")");
    }

    /** Steps over expressions in parentheses where no query can stand, so that WITH is a name there. */
    void columns() {
        cursor.expectSymbol("(");
        while (!cursor.isSymbol(")")) {
            member();
        }
        cursor.expectSymbol(")");
    }

    private void member() {
        Token token = cursor.peek();
        if (cursor.atEnd() || token.isSymbol(";")) {
            throw cursor.unexpected();
        }
        if (token.is("as")) {
            cursor.next();
            type();
            return;
        }
        boolean isAllowed = token.is("from")
                ? isDistinctFrom()
                : token.kind() != Token.Kind.WORD
                        || !ENDS.contains(token.text())
                        || token.is("where")
                        || token.is("order")
                        || (token.is("group") && cursor.peek(-1).is("exclude"));
        if (!isAllowed) {
            throw cursor.unexpected();
        }
        one();
    }

    /** Steps over the type of a CAST, to the end of its group. */
    private void type() {
        while (!cursor.isSymbol(")")) {
            boolean isPart = cursor.isName()
                    || cursor.peek().kind() == Token.Kind.NUMBER
                    || cursor.isSymbol("+")
                    || cursor.isSymbol("-")
                    || cursor.isSymbol(",");
            if (cursor.isSymbol("(")) {
                cursor.next();
                type();
                cursor.expectSymbol(")");
            } else if (isPart) {
                cursor.next();
            } else {
                throw cursor.unexpected();
            }
        }
    }

    /** {@code x IN table} reads the table. */
    private void inTable() {
        TableName table = cursor.table();
        if (cursor.isSymbol("(")) {
            group();
            queries.readFunction(table);
        } else {
            queries.read(table);
        }
    }
}
