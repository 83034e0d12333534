package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.HashSet;
import java.util.Set;

/** Reads the definitions of tables, views, indexes and sequences of SQL Server; for one thread. */
final class SqlServerDefinitions {
    private static final Set<String> CLUSTERS = Set.of("clustered", "nonclustered");

    private final DocumentedCursor cursor;
    private final StatementFindings findings;
    private final SqlServerQueries queries;
    private final DocumentedColumns columns;

    SqlServerDefinitions(DocumentedCursor cursor, StatementFindings findings) {
        this.cursor = cursor;
        this.findings = findings;
        this.queries = new SqlServerQueries(cursor, findings);
        this.columns = new DocumentedColumns(cursor, findings, queries);
    }

    void create() {
        cursor.expect("create");
        if (cursor.accept("table")) {
            table();
        } else if (cursor.accept("view")) {
            view();
        } else if (cursor.accept("sequence")) {
            effect(Verb.CREATE, cursor.table());
            if (cursor.accept("as")) {
                DocumentedTypes.type(cursor);
            }
            columns.numbers();
        } else {
            index();
        }
    }

    private void table() {
        TableName table = cursor.table();
        effect(Verb.CREATE, table);
        cursor.expectSymbol("(");
        columns.all();
        cursor.expectSymbol(")");
    }

    private void view() {
        effect(Verb.CREATE, cursor.table());
        if (cursor.isSymbol("(")) {
            cursor.names();
        }
        cursor.expect("as");
        queries.query();
        cursor.accept("with", "check", "option");
    }

    private void index() {
        cursor.accept("unique");
        cursor.acceptAny(CLUSTERS);
        cursor.expect("index");
        cursor.name();
        cursor.expect("on");
        TableName table = cursor.table();
        effect(Verb.EXTEND, table);
        columns.ordered();
        if (cursor.accept("include")) {
            cursor.names();
        }
        queries.where();
    }

    void alter() {
        cursor.expect("alter", "table");
        TableName table = cursor.table();
        if (cursor.accept("add")) {
            add(table);
        } else if (cursor.accept("alter", "column")) {
            effect(Verb.ALTER, table);
            cursor.name();
            DocumentedTypes.type(cursor);
            columns.options();
        } else {
            cursor.expect("drop");
            drop(table);
        }
    }

    /** {@code DEFAULT 1 FOR x} is a constraint that changes what INSERT adds. */
    private void add(TableName table) {
        boolean isDefault = cursor.is("default")
                || (cursor.is("constraint") && cursor.peek(2).is("default"));
        if (!isDefault) {
            columns.all();
            effect(columns.added(), table);
            return;
        }
        effect(Verb.ALTER, table);
        if (cursor.accept("constraint")) {
            cursor.name();
        }
        cursor.expect("default");
        queries.expressions.one();
        cursor.expect("for");
        cursor.name();
    }

    private void drop(TableName table) {
        effect(Verb.ALTER, table);
        if (!cursor.accept("column")) {
            cursor.accept("constraint");
        }
        cursor.accept("if", "exists");
        do {
            cursor.name();
        } while (cursor.acceptSymbol(","));
    }

    void drop() {
        cursor.expect("drop");
        if (cursor.accept("index")) {
            cursor.accept("if", "exists");
            cursor.name();
            cursor.expect("on");
            effect(Verb.ALTER, cursor.table());
            return;
        }
        if (!cursor.accept("table") && !cursor.accept("view")) {
            cursor.expect("sequence");
        }
        boolean ifThere = cursor.accept("if", "exists");
        Set<TableName> dropped = new HashSet<>();
        do {
            dropped.add(cursor.table());
        } while (cursor.acceptSymbol(","));
        for (TableName table : dropped) {
            if (!DocumentedCursor.isOfSession(table)) {
                findings.add(Effect.of(Verb.DROP, table).reaching(ifThere ? Reach.IF_THERE : Reach.TABLE));
            }
        }
    }

    void truncate() {
        cursor.expect("truncate", "table");
        effect(Verb.TRUNCATE, cursor.table());
    }

    private void effect(Verb verb, TableName table) {
        if (!DocumentedCursor.isOfSession(table)) {
            findings.effect(verb, table);
        }
    }
}
