package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads what changes rows of SQLite. */
final class SqliteRowChanges {
    /** What is done with a row that breaks a constraint. */
    private static final Set<String> RESOLUTIONS = Set.of("rollback", "abort", "fail", "ignore", "replace");

    /** Other names for the number of a row, which may be one of its columns. */
    private static final Set<String> ROW_NUMBERS = Set.of("rowid", "_rowid_", "oid");

    private final SqliteCursor cursor;
    private final StatementFindings findings;
    private final SqliteQueries queries;

    SqliteRowChanges(SqliteCursor cursor, StatementFindings findings) {
        this.cursor = cursor;
        this.findings = findings;
        this.queries = new SqliteQueries(cursor, findings);
    }

    /** Reads a query or a change of rows, each with its WITH. */
    void read() {
        boolean hasWith = queries.with();
        if (cursor.is("select") || cursor.is("values")) {
            queries.body();
        } else if (cursor.accept("insert")) {
            insert(resolution());
        } else if (cursor.accept("replace")) {
            insert(Reach.ROWS_IN_THE_WAY);
        } else if (cursor.accept("update")) {
            update();
        } else if (cursor.accept("delete")) {
            delete();
        } else {
            throw cursor.unexpected();
        }
        queries.leave(hasWith);
    }

    /** Steps over one expression. */
    void expression() {
        queries.expressions.single();
    }

    /** What becomes of rows that are in the way of one; no more than the reach to the table where the statement leaves it open. */
    private Reach resolution() {
        if (!cursor.accept("or")) {
            return Reach.TABLE;
        }
        Token resolution = cursor.next();
        if (resolution.kind() != Token.Kind.WORD || !RESOLUTIONS.contains(resolution.text())) {
            throw cursor.unexpected(resolution);
        }
        return resolution.is("replace") ? Reach.ROWS_IN_THE_WAY : Reach.ROWS_KEPT;
    }

    private void insert(Reach reach) {
        cursor.expect("into");
        TableName table = cursor.table();
        if (cursor.accept("as")) {
            cursor.name();
        }
        SqliteSequences sequences = SqliteSequences.added(cursor.rest(), table);
        Set<String> columns = cursor.isSymbol("(") ? queries.names() : Set.of();
        if (sequences.areNamed()) {
            sequences.changes(Verb.UPDATE).forEach(findings::add); // no row is in the way of another there
        } else {
            add(Effect.of(Verb.INSERT, table, columns, true).reaching(reach));
        }
        if (!cursor.accept("default", "values")) {
            queries.query();
            while (cursor.accept("on", "conflict")) {
                conflict(table);
            }
        }
        returning();
    }

    /** What a statement says of rows in the way holds for its triggers too, whatever they say themselves. */
    private void add(Effect effect) {
        findings.add(effect);
        if (effect.reach() == Reach.ROWS_IN_THE_WAY) {
            // The database does not count them.
            findings.add(new Effect(
                    Verb.DELETE, effect.table(), Collections.emptySortedSet(), true, "", false, effect.reach()));
        }
    }

    private void conflict(TableName table) {
        if (cursor.isSymbol("(")) {
            queries.expressions.columns();
            queries.where();
        }
        cursor.expect("do");
        if (cursor.accept("nothing")) {
            return;
        }
        cursor.expect("update", "set");
        Set<String> columns = assignments();
        queries.where();
        findings.effect(Verb.UPDATE, table, columns, true);
    }

    private void update() {
        Reach reach = resolution();
        TableName table = cursor.table();
        queries.alias();
        queries.indexHint();
        cursor.expect("set");
        Set<String> columns = assignments();
        boolean isJoined = cursor.accept("from");
        if (isJoined) {
            queries.tables();
        }
        SqliteSequences sequences = SqliteSequences.at(cursor, table, !isJoined);
        boolean hasWhere = queries.where();
        boolean setsNumber = columns.stream().map(TableName::fold).toList().equals(List.copyOf(SqliteSequences.NUMBER));
        if (sequences.areNamed() && setsNumber) {
            sequences.changes(Verb.UPDATE).forEach(findings::add);
            return;
        }
        add(Effect.of(Verb.UPDATE, table, columns, hasWhere).reaching(reach));
        returning();
        rest();
    }

    private void delete() {
        cursor.expect("from");
        TableName table = cursor.table();
        queries.alias();
        queries.indexHint();
        SqliteSequences sequences = SqliteSequences.at(cursor, table, true);
        boolean hasWhere = queries.where();
        if (sequences.areNamed()) {
            sequences.changes(Verb.DELETE).forEach(findings::add);
            return;
        }
        findings.effect(Verb.DELETE, table, Set.of(), hasWhere);
        returning();
        rest();
    }

    /** The columns that are set; none, which stands for all, where one of them may be called otherwise. */
    private Set<String> assignments() {
        Set<String> columns = new HashSet<>();
        do {
            if (cursor.isSymbol("(")) {
                columns.addAll(queries.names());
            } else {
                columns.add(cursor.name());
            }
            cursor.expectSymbol("=");
            queries.expressions.single();
        } while (cursor.acceptSymbol(","));
        boolean areKnown = columns.stream().map(TableName::fold).noneMatch(ROW_NUMBERS::contains);
        return areKnown ? columns : Set.of();
    }

    private void returning() {
        if (cursor.accept("returning")) {
            queries.columns();
        }
    }

    /** ORDER BY and LIMIT of a change of rows. */
    private void rest() {
        if (cursor.accept("order", "by")) {
            queries.expressions.list();
        }
        if (cursor.accept("limit")) {
            queries.expressions.list();
        }
    }
}
