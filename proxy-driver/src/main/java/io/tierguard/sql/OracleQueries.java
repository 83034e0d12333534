package io.tierguard.sql;

import java.util.Set;

/** Reads what queries of Oracle have besides the standard. */
final class OracleQueries extends DocumentedQueries {
    private static final Set<String> DISTINCT = Set.of("all", "distinct", "unique");

    private static final Set<String> PARTS = Set.of("partition", "subpartition");

    /** What reads like a function there and is none. */
    private static final Set<String> OTHER_ROWSETS =
            Set.of("containers", "only", "the", "shards", "external", "xmltable", "json_table");

    OracleQueries(DocumentedCursor cursor, StatementFindings findings) {
        super(cursor, findings);
    }

    @Override
    void head() {
        cursor.acceptAny(DISTINCT);
    }

    @Override
    void into() {}

    /** {@code TABLE(f())} and {@code LATERAL (SELECT …)}. */
    @Override
    boolean rowset() {
        if (cursor.isAny(OTHER_ROWSETS) && cursor.peek(1).isSymbol("(")) {
            throw cursor.unexpected();
        }
        if (cursor.is("lateral") && beginsQuery(1)) {
            cursor.next();
            cursor.expectSymbol("(");
            query();
            cursor.expectSymbol(")");
            return true;
        }
        if (!cursor.is("table") || !cursor.peek(1).isSymbol("(")) {
            return false;
        }
        cursor.next();
        cursor.expectSymbol("(");
        expressions.one();
        cursor.expectSymbol(")");
        return true;
    }

    /** The part of a table that is meant. */
    @Override
    void part() {
        if (cursor.isAny(PARTS) && cursor.peek(1).isSymbol("(")) {
            cursor.next();
            cursor.names();
        }
    }

    @Override
    void hints() {}

    @Override
    boolean beginsHints() {
        return false;
    }

    /** A hierarchy, whose two clauses stand in any order. */
    @Override
    void behindWhere() {
        boolean more = true;
        while (more) {
            if (cursor.accept("start", "with")) {
                expressions.one();
            } else if (cursor.accept("connect", "by")) {
                cursor.accept("nocycle");
                expressions.one();
            } else {
                more = false;
            }
        }
    }

    /** A lock changes no row. */
    @Override
    void tail() {
        if (!cursor.accept("for", "update")) {
            return;
        }
        if (cursor.accept("of")) {
            expressions.list();
        }
        if (cursor.accept("wait")) {
            expressions.operand();
        } else if (!cursor.accept("skip", "locked")) {
            cursor.accept("nowait");
        }
    }

    @Override
    boolean acceptSetOperation() {
        boolean found = cursor.accept("union")
                || cursor.accept("minus")
                || cursor.accept("intersect")
                || cursor.accept("except");
        if (found) {
            cursor.accept("all");
        }
        return found;
    }
}
