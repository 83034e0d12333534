package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads queries and changes of rows of Oracle.
 *
 * <p>What stands in the place of a table may be a query: then whatever table that reads may be written.
 */
final class OracleRows {
    private static final Set<String> RETURNS = Set.of("returning", "return");

    /**
     * What is written.
     *
     * @param tables one, or of a query all that it reads
     * @param isTable whether it is a table itself
     * @param name what stands before its columns, folded
     */
    private record Target(Set<TableName> tables, boolean isTable, String name) {}

    private final DocumentedCursor cursor;
    private final StatementFindings findings;
    private final OracleQueries queries;

    OracleRows(DocumentedCursor cursor, StatementFindings findings) {
        this.cursor = cursor;
        this.findings = findings;
        this.queries = new OracleQueries(cursor, findings);
    }

    /** Reads one statement. */
    void read() {
        queries.scope.enter();
        if (cursor.accept("insert")) {
            insert();
        } else if (cursor.accept("update")) {
            update();
        } else if (cursor.accept("delete")) {
            delete();
        } else if (cursor.accept("merge")) {
            merge();
        } else {
            queries.with();
            queries.body();
        }
        queries.scope.leave();
        queries.expressions.end();
    }

    /** Reads the table or query that is written, with the part and the other name that it is given. */
    private Target target() {
        List<DocumentedQueries.Source> sources = new ArrayList<>();
        queries.target(sources);
        DocumentedQueries.Source source = sources.get(0);
        if (source.tables().isEmpty() || source.tables().contains(DocumentedScope.UNTOLD)) {
            throw cursor.unexpected();
        }
        return new Target(source.tables(), source.isTable(), source.name());
    }

    private void insert() {
        if (cursor.accept("all")) {
            do {
                into();
            } while (cursor.is("into"));
            queries.query();
            return;
        }
        into(target("into"));
        if (cursor.is("values")) {
            queries.values();
        } else {
            queries.query();
        }
        returning();
    }

    private Target target(String word) {
        cursor.expect(word);
        return target();
    }

    /** One of the tables of an INSERT ALL. */
    private void into() {
        into(target("into"));
        if (cursor.is("values")) {
            cursor.next();
            queries.expressions.group();
        }
    }

    private void into(Target target) {
        Set<String> columns = cursor.isSymbol("(") && !queries.beginsQuery(0) ? cursor.names() : Set.of();
        write(Verb.INSERT, target, columns, true);
    }

    private void update() {
        Target target = target();
        cursor.expect("set");
        Set<String> columns = assignments(target.name());
        boolean hasWhere = where();
        write(Verb.UPDATE, target, columns, hasWhere);
        returning();
    }

    private void delete() {
        cursor.accept("from");
        Target target = target();
        boolean hasWhere = where();
        write(Verb.DELETE, target, Set.of(), hasWhere);
        returning();
    }

    private boolean where() {
        if (cursor.is("where", "current", "of")) {
            throw cursor.unexpected();
        }
        return queries.where();
    }

    /** What is set: columns, each with the name of the target before it or without. */
    private Set<String> assignments(String own) {
        Set<String> columns = new HashSet<>();
        do {
            if (cursor.isSymbol("(")) {
                columns.addAll(cursor.names());
            } else {
                columns.add(column(own));
            }
            cursor.expectSymbol("=");
            queries.expressions.one();
        } while (cursor.acceptSymbol(","));
        return columns;
    }

    private String column(String own) {
        String first = cursor.name();
        if (!cursor.acceptSymbol(".")) {
            return first;
        }
        // Behind another name than the target's stands a part of a column.
        boolean isOfTarget = TableName.fold(first).equals(own);
        if (!isOfTarget || !cursor.peek().isIdentifier()) {
            throw cursor.unexpected();
        }
        return cursor.next().text();
    }

    private void returning() {
        if (!cursor.acceptAny(RETURNS)) {
            return;
        }
        queries.expressions.list();
        cursor.expect("into");
        do {
            if (cursor.next().kind() != Token.Kind.PARAMETER) {
                throw cursor.unexpected(cursor.peek(-1));
            }
        } while (cursor.acceptSymbol(","));
    }

    private void merge() {
        Target target = target("into");
        cursor.expect("using");
        queries.source(new ArrayList<>());
        cursor.expect("on");
        queries.expressions.group();
        do {
            branch(target);
        } while (cursor.is("when"));
    }

    private void branch(Target target) {
        cursor.expect("when");
        if (cursor.accept("not")) {
            cursor.expect("matched");
            cursor.expect("then");
            cursor.expect("insert");
            Set<String> columns = cursor.isSymbol("(") ? cursor.names() : Set.of();
            write(Verb.INSERT, target, columns, true);
            cursor.expect("values");
            queries.expressions.group();
            where();
            return;
        }
        cursor.expect("matched");
        cursor.expect("then");
        cursor.expect("update", "set");
        write(Verb.UPDATE, target, assignments(target.name()), true);
        where();
        if (cursor.accept("delete")) {
            where();
            write(Verb.DELETE, target, Set.of(), true);
        }
    }

    private void write(Verb verb, Target target, Collection<String> columns, boolean hasWhere) {
        for (TableName table : target.tables()) {
            findings.effect(verb, table, target.isTable() ? columns : List.of(), hasWhere);
        }
    }
}
