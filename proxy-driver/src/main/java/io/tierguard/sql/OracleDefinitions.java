package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.Set;

/** Reads the definitions of tables, views, indexes and sequences of Oracle; for one thread. */
final class OracleDefinitions {
    private final DocumentedCursor cursor;
    private final StatementFindings findings;
    private final OracleQueries queries;
    private final DocumentedColumns columns;

    OracleDefinitions(DocumentedCursor cursor, StatementFindings findings) {
        this.cursor = cursor;
        this.findings = findings;
        this.queries = new OracleQueries(cursor, findings);
        this.columns = new DocumentedColumns(cursor, findings, queries);
    }

    void create() {
        cursor.expect("create");
        if (cursor.accept("table")) {
            table();
        } else if (cursor.accept("view")) {
            view(Verb.CREATE);
        } else if (cursor.accept("or", "replace", "view")) {
            view(Verb.ALTER);
        } else if (cursor.accept("sequence")) {
            findings.effect(Verb.CREATE, cursor.table());
            columns.numbers();
        } else {
            index();
        }
        queries.expressions.end();
    }

    private void table() {
        cursor.accept("if", "not", "exists");
        TableName table = cursor.table();
        findings.effect(Verb.CREATE, table);
        queries.scope.addSource(table.name());
        if (cursor.accept("as")) {
            findings.effect(Verb.INSERT, table);
            queries.query();
            return;
        }
        cursor.expectSymbol("(");
        columns.all();
        cursor.expectSymbol(")");
    }

    private void view(Verb verb) {
        TableName view = cursor.table();
        findings.effect(Verb.CREATE, view);
        if (verb != Verb.CREATE) {
            findings.effect(Verb.ALTER, view);
        }
        if (cursor.isSymbol("(")) {
            cursor.names();
        }
        cursor.expect("as");
        queries.query();
        if (!cursor.accept("with", "read", "only")) {
            cursor.accept("with", "check", "option");
        }
    }

    private void index() {
        cursor.accept("unique");
        cursor.expect("index");
        cursor.name();
        if (cursor.acceptSymbol(".")) {
            cursor.name();
        }
        cursor.expect("on");
        TableName table = cursor.table();
        findings.effect(Verb.EXTEND, table);
        queries.scope.addSource(table.name());
        cursor.expectSymbol("(");
        do {
            queries.expressions.one();
            if (!cursor.accept("asc")) {
                cursor.accept("desc");
            }
        } while (cursor.acceptSymbol(","));
        cursor.expectSymbol(")");
        cursor.accept("online");
    }

    void alter() {
        cursor.expect("alter", "table");
        TableName table = cursor.table();
        queries.scope.addSource(table.name());
        if (cursor.accept("add")) {
            group();
            findings.effect(columns.added(), table);
        } else if (cursor.accept("modify")) {
            findings.effect(Verb.ALTER, table);
            modify();
        } else if (cursor.accept("rename", "column")) {
            findings.effect(Verb.ALTER, table);
            cursor.name();
            cursor.expect("to");
            cursor.name();
        } else {
            cursor.expect("drop");
            findings.effect(Verb.ALTER, table);
            drop(table);
        }
        queries.expressions.end();
    }

    /** What is added stands in parentheses, or is one. */
    private void group() {
        if (cursor.acceptSymbol("(")) {
            columns.all();
            cursor.expectSymbol(")");
        } else {
            columns.one();
        }
    }

    private void modify() {
        boolean isGroup = cursor.acceptSymbol("(");
        do {
            cursor.name();
            boolean isOption = cursor.is("default") || cursor.is("not", "null") || cursor.is("null");
            if (!isOption) {
                DocumentedTypes.type(cursor);
            }
            columns.options();
        } while (isGroup && cursor.acceptSymbol(","));
        if (isGroup) {
            cursor.expectSymbol(")");
        }
    }

    private void drop(TableName table) {
        if (cursor.isSymbol("(")) {
            cursor.names();
        } else {
            if (!cursor.accept("column")) {
                cursor.expect("constraint");
            }
            cursor.name();
        }
        if (cursor.accept("cascade")) {
            cursor.accept("constraints");
            findings.sweep(new Sweep.Cut(table, Set.of()));
        }
    }

    void drop() {
        cursor.expect("drop");
        boolean isTable = cursor.accept("table");
        if (!isTable && !cursor.accept("view") && !cursor.accept("index")) {
            cursor.expect("sequence");
        }
        boolean ifThere = cursor.accept("if", "exists");
        TableName dropped = cursor.table();
        findings.add(Effect.of(Verb.DROP, dropped).reaching(ifThere ? Reach.IF_THERE : Reach.TABLE));
        if (isTable && cursor.accept("cascade", "constraints")) {
            findings.sweep(new Sweep.Cut(dropped, Set.of()));
        }
        if (isTable) {
            cursor.accept("purge");
        }
    }

    void truncate() {
        cursor.expect("truncate", "table");
        findings.effect(Verb.TRUNCATE, cursor.table());
        if (cursor.accept("drop") || cursor.accept("reuse")) {
            cursor.expect("storage");
        }
    }

    void comment() {
        cursor.expect("comment", "on");
        if (cursor.accept("table")) {
            findings.effect(Verb.EXTEND, cursor.table());
        } else {
            cursor.expect("column");
            String first = cursor.name();
            cursor.expectSymbol(".");
            String second = cursor.name();
            boolean isQualified = cursor.acceptSymbol(".");
            findings.effect(Verb.EXTEND, isQualified ? TableName.of(first, second) : TableName.of(first));
            if (isQualified) {
                cursor.name();
            }
        }
        cursor.expect("is");
        if (cursor.next().kind() != Token.Kind.STRING) {
            throw cursor.unexpected(cursor.peek(-1));
        }
    }
}
