package io.tierguard.sql;

import java.util.Set;

/** Reads the arguments of functions, with what belongs to some of them alone; for one thread. */
final class DocumentedCalls {
    private static final Set<String> KINDS = Set.of("distinct", "unique", "all");

    private static final Set<String> SIDES = Set.of("leading", "trailing", "both");

    /** The functions with FROM between their arguments. */
    private static final Set<String> PARTED = Set.of("trim", "extract");

    private static final Set<String> FRAMES = Set.of("rows", "range", "groups");

    private static final Set<String> DIRECTIONS = Set.of("preceding", "following");

    private final DocumentedCursor cursor;
    private final DocumentedExpressions expressions;
    private final DocumentedQueries queries;

    DocumentedCalls(DocumentedCursor cursor, DocumentedExpressions expressions, DocumentedQueries queries) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.queries = queries;
    }

    /** Reads the arguments in parentheses of the function of a name, and what may follow them. */
    void arguments(String name) {
        cursor.expectSymbol("(");
        cursor.acceptAny(KINDS);
        if (!cursor.acceptSymbol("*") && !cursor.isSymbol(")")) {
            argument(name);
        }
        while (cursor.acceptSymbol(",")) {
            argument(name);
        }
        cursor.expectSymbol(")");
        suffixes();
    }

    private void argument(String name) {
        if (PARTED.contains(name) && cursor.acceptAny(SIDES) && cursor.accept("from")) {
            expressions.one();
            return;
        }
        if (cursor.syntax().isOracle() && cursor.isName() && cursor.peek(1).isSymbol("=>")) {
            cursor.next();
            cursor.next();
        }
        expressions.one();
        if (PARTED.contains(name) && cursor.accept("from")) {
            expressions.one();
        }
        nulls();
        if (cursor.syntax().isOracle() && cursor.accept("on", "overflow")) {
            overflow();
        }
    }

    private void overflow() {
        if (cursor.accept("error")) {
            return;
        }
        cursor.expect("truncate");
        if (cursor.peek().isValue()) {
            cursor.next();
        }
        if (cursor.accept("with") || cursor.accept("without")) {
            cursor.expect("count");
        }
    }

    private void nulls() {
        if (cursor.is("ignore", "nulls") || cursor.is("respect", "nulls")) {
            cursor.next();
            cursor.next();
        }
    }

    private void suffixes() {
        if (cursor.accept("within", "group")) {
            ordered();
        }
        if (cursor.syntax().isOracle() && cursor.is("keep") && cursor.peek(1).isSymbol("(")) {
            keep();
        }
        nulls();
        if (cursor.accept("over")) {
            window();
        }
    }

    private void ordered() {
        cursor.expectSymbol("(");
        if (!queries.order()) {
            throw cursor.unexpected();
        }
        cursor.expectSymbol(")");
    }

    /** {@code KEEP (DENSE_RANK FIRST ORDER BY …)}. */
    private void keep() {
        cursor.expect("keep");
        cursor.expectSymbol("(");
        cursor.expect("dense_rank");
        cursor.expectAny(Set.of("first", "last"));
        if (!queries.order()) {
            throw cursor.unexpected();
        }
        cursor.expectSymbol(")");
    }

    /** Reads what stands behind OVER: a window, or the name of one. */
    void window() {
        if (!cursor.isSymbol("(")) {
            cursor.name();
            return;
        }
        cursor.expectSymbol("(");
        boolean isNamed = cursor.isName() && !cursor.is("partition", "by") && !cursor.isAny(FRAMES);
        if (isNamed) {
            cursor.name();
        }
        if (cursor.accept("partition", "by")) {
            expressions.list();
        }
        queries.order();
        if (cursor.acceptAny(FRAMES)) {
            frame();
        }
        cursor.expectSymbol(")");
    }

    private void frame() {
        if (cursor.accept("between")) {
            bound();
            cursor.expect("and");
        }
        bound();
    }

    private void bound() {
        if (cursor.accept("current", "row")) {
            return;
        }
        if (!cursor.accept("unbounded")) {
            expressions.operand();
        }
        cursor.expectAny(DIRECTIONS);
    }
}
