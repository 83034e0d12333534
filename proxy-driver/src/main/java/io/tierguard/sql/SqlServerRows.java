package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads queries and changes of rows of SQL Server.
 *
 * <p>The target of an UPDATE or DELETE may be the name of a source in its FROM, and that a query or a common table: then whatever
 * table that reads may be written.
 */
final class SqlServerRows {
    private static final Set<String> ASSIGNING = Set.of("=", "+=", "-=", "*=", "/=", "%=", "&=", "^=", "|=");

    /**
     * What is written.
     *
     * @param tables one, or of a query all that it reads
     * @param isTable whether the name is that of a table
     */
    private record Target(Set<TableName> tables, boolean isTable) {}

    private final DocumentedCursor cursor;
    private final StatementFindings findings;
    private final SqlServerQueries queries;

    SqlServerRows(DocumentedCursor cursor, StatementFindings findings) {
        this.cursor = cursor;
        this.findings = findings;
        this.queries = new SqlServerQueries(cursor, findings);
    }

    /** Reads one statement. */
    void read() {
        queries.scope.enter();
        queries.with();
        if (cursor.is("select") || cursor.isSymbol("(")) {
            queries.body();
        } else if (cursor.accept("insert")) {
            insert();
        } else if (cursor.accept("update")) {
            update();
        } else if (cursor.accept("delete")) {
            delete();
        } else if (cursor.accept("merge")) {
            merge();
        } else {
            throw cursor.unexpected();
        }
        queries.option();
        queries.scope.leave();
    }

    private void insert() {
        queries.top();
        cursor.accept("into");
        Target target = target(cursor.table());
        queries.hints();
        Set<String> columns = cursor.isSymbol("(") && !queries.beginsQuery(0) ? cursor.names() : Set.of();
        write(Verb.INSERT, target, columns, true);
        output();
        if (cursor.accept("default", "values")) {
            return;
        }
        if (cursor.is("values")) {
            queries.values();
        } else {
            queries.query();
        }
    }

    private void update() {
        queries.top();
        TableName name = cursor.table();
        queries.hints();
        cursor.expect("set");
        Set<String> columns = assignments(Set.of(name.name()));
        output();
        Target target = targetIn(name);
        boolean hasWhere = where();
        write(Verb.UPDATE, target, columns, hasWhere);
    }

    private void delete() {
        queries.top();
        cursor.accept("from");
        TableName name = cursor.table();
        queries.hints();
        output();
        Target target = targetIn(name);
        boolean hasWhere = where();
        write(Verb.DELETE, target, Set.of(), hasWhere);
    }

    /** A cursor's row is one of a query that stands elsewhere. */
    private boolean where() {
        if (cursor.is("where", "current", "of")) {
            throw cursor.unexpected();
        }
        return queries.where();
    }

    /** What is set: columns, each with a name of the target before it or without; behind another stands a part of a column. */
    private Set<String> assignments(Set<String> own) {
        Set<String> columns = new HashSet<>();
        do {
            String column = cursor.name();
            if (cursor.acceptSymbol(".")) {
                if (!own.contains(TableName.fold(column)) || !cursor.peek().isIdentifier()) {
                    throw cursor.unexpected();
                }
                column = cursor.next().text();
            }
            columns.add(column);
            Token sign = cursor.next();
            if (sign.kind() != Token.Kind.SYMBOL || !ASSIGNING.contains(sign.text())) {
                throw cursor.unexpected(sign);
            }
            queries.expressions.one();
        } while (cursor.acceptSymbol(","));
        return columns;
    }

    /** Reads the FROM that may stand here, and finds what the target's name means in it. */
    private Target targetIn(TableName name) {
        List<DocumentedQueries.Source> sources = cursor.accept("from") ? queries.sources() : List.of();
        List<DocumentedQueries.Source> meant = sources.stream()
                .filter(source -> !name.isQualified() && source.name().equals(name.name()))
                .toList();
        if (meant.isEmpty()) {
            return target(name);
        }
        Set<TableName> tables = new LinkedHashSet<>();
        meant.forEach(source -> tables.addAll(source.tables()));
        boolean isTable = meant.stream().allMatch(DocumentedQueries.Source::isTable);
        return new Target(tables, isTable);
    }

    /** A table, or all that a common table of the name reads. */
    private Target target(TableName name) {
        Optional<Set<TableName>> common = name.isQualified() ? Optional.empty() : queries.scope.common(name.name());
        return new Target(common.orElse(Set.of(name)), common.isEmpty());
    }

    /** The columns of a query may have other names than those of its tables. */
    private void write(Verb verb, Target target, Collection<String> columns, boolean hasWhere) {
        if (target.tables().isEmpty() || target.tables().contains(DocumentedScope.UNTOLD)) {
            throw cursor.unexpected();
        }
        for (TableName table : target.tables()) {
            if (!DocumentedCursor.isOfSession(table)) {
                findings.effect(verb, table, target.isTable() ? columns : List.of(), hasWhere);
            }
        }
    }

    private void output() {
        while (cursor.accept("output")) {
            queries.items();
            if (cursor.accept("into")) {
                TableName table = cursor.table();
                Set<String> columns = cursor.isSymbol("(") ? cursor.names() : Set.of();
                write(Verb.INSERT, target(table), columns, true);
            }
        }
    }

    private void merge() {
        queries.top();
        cursor.accept("into");
        TableName name = cursor.table();
        Target target = target(name);
        queries.hints();
        Set<String> own = new HashSet<>(Set.of(name.name()));
        own.add(queries.alias());
        cursor.expect("using");
        queries.source(new ArrayList<>());
        cursor.expect("on");
        queries.expressions.one();
        do {
            branch(target, own);
        } while (cursor.is("when"));
        output();
    }

    private void branch(Target target, Set<String> own) {
        cursor.expect("when");
        cursor.accept("not");
        cursor.expect("matched");
        if (cursor.accept("by")) {
            cursor.expectAny(Set.of("target", "source"));
        }
        if (cursor.accept("and")) {
            queries.expressions.one();
        }
        cursor.expect("then");
        if (cursor.accept("delete")) {
            write(Verb.DELETE, target, Set.of(), true);
        } else if (cursor.accept("update")) {
            cursor.expect("set");
            write(Verb.UPDATE, target, assignments(own), true);
        } else {
            cursor.expect("insert");
            Set<String> columns = cursor.isSymbol("(") ? cursor.names() : Set.of();
            write(Verb.INSERT, target, columns, true);
            if (!cursor.accept("default", "values")) {
                cursor.expect("values");
                queries.expressions.group();
            }
        }
    }
}
