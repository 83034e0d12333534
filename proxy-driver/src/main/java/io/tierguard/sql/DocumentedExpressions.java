package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads expressions, operand by operand, so that it is known where each one ends: behind it another statement could begin.
 *
 * <p>Which operator binds how does not matter for what is read and called. For one thread.
 */
final class DocumentedExpressions {
    private static final Set<String> SYMBOLS = Set.of(
            "+", "-", "*", "/", "%", "&", "|", "^", "||", "=", "<>", "!=", "^=", "<", ">", "<=", ">=", "!<", "!>");

    private static final Set<String> BETWEEN_OPERANDS =
            Set.of("and", "or", "like", "like2", "like4", "likec", "between", "escape");

    private static final Set<String> NEGATED = Set.of("like", "like2", "like4", "likec", "between", "in");

    private static final Set<String> STATES = Set.of("null", "nan", "infinite", "json");

    private static final Set<String> CASTS = Set.of("cast", "try_cast", "parse", "try_parse", "xmlcast");

    private static final Set<String> LITERALS = Set.of("date", "timestamp", "time");

    private static final Set<String> QUANTIFIERS = Set.of("any", "some", "all");

    private final DocumentedCursor cursor;
    private final StatementFindings findings;
    private final DocumentedQueries queries;
    private final DocumentedCalls calls;

    /** Names before a dot that may be those of sources which are not read yet. */
    private final Set<RoutineCall> qualified = new LinkedHashSet<>();

    DocumentedExpressions(DocumentedCursor cursor, StatementFindings findings, DocumentedQueries queries) {
        this.cursor = cursor;
        this.findings = findings;
        this.queries = queries;
        this.calls = new DocumentedCalls(cursor, this, queries);
    }

    /** Reads expressions and the commas between them. */
    void list() {
        do {
            one();
        } while (cursor.acceptSymbol(","));
    }

    /** Reads one expression. */
    void one() {
        operand();
        while (acceptOperator()) {
            operand();
        }
    }

    private boolean acceptOperator() {
        Token token = cursor.peek();
        if (token.kind() == Token.Kind.SYMBOL && SYMBOLS.contains(token.text())) {
            cursor.next();
            return true;
        }
        if (cursor.is("not") && cursor.isAnyAt(1, NEGATED) && !cursor.peek(1).is("in")) {
            cursor.next();
        }
        return cursor.acceptAny(BETWEEN_OPERANDS)
                || cursor.accept("is", "distinct", "from")
                || cursor.accept("is", "not", "distinct", "from");
    }

    /** Reads what stands between two operators. */
    void operand() {
        boolean more = true;
        while (more) {
            more = cursor.accept("not")
                    || cursor.acceptSymbol("+")
                    || cursor.acceptSymbol("-")
                    || cursor.acceptSymbol("~")
                    || (isOracle() && (cursor.accept("prior") || cursor.accept("connect_by_root")));
        }
        primary();
        more = true;
        while (more) {
            more = suffix();
        }
    }

    private boolean suffix() {
        if (cursor.accept("collate")) {
            cursor.name();
            return true;
        }
        if (cursor.accept("at", "time", "zone")) {
            operand();
            return true;
        }
        if (cursor.is("is") && (cursor.isAnyAt(1, STATES) || (cursor.peek(1).is("not") && cursor.isAnyAt(2, STATES)))) {
            cursor.next();
            cursor.accept("not");
            cursor.next();
            return true;
        }
        if (cursor.is("in") || cursor.is("not", "in")) {
            cursor.accept("not");
            cursor.next();
            group();
            return true;
        }
        boolean isOuter = isOracle()
                && cursor.isSymbol("(")
                && cursor.peek(1).isSymbol("+")
                && cursor.peek(2).isSymbol(")");
        if (isOuter) {
            cursor.next();
            cursor.next();
            cursor.next();
        }
        return isOuter || (isOracle() && cursor.accept("at", "local"));
    }

    private boolean isOracle() {
        return cursor.syntax().isOracle();
    }

    private void primary() {
        Token token = cursor.peek();
        if (token.isValue()) {
            cursor.next();
        } else if (token.isSymbol("(")) {
            group();
        } else if (token.kind() == Token.Kind.WORD && !cursor.peek(1).isSymbol(".")) {
            word(token.text());
        } else {
            path();
        }
    }

    private void word(String word) {
        boolean isLiteral = cursor.peek(1).kind() == Token.Kind.STRING;
        if (word.startsWith("@@")
                || (cursor.syntax().values().contains(word) && !cursor.peek(1).isSymbol("("))) {
            cursor.next();
        } else if (word.equals("case")) {
            branches();
        } else if (word.equals("exists")) {
            cursor.next();
            group();
        } else if (QUANTIFIERS.contains(word) && cursor.peek(1).isSymbol("(")) {
            cursor.next();
            group();
        } else if (CASTS.contains(word) && cursor.peek(1).isSymbol("(")) {
            cast();
        } else if (!isOracle() && (word.equals("convert") || word.equals("try_convert"))) {
            convert();
        } else if (cursor.is("next", "value", "for")) {
            numbers();
        } else if (LITERALS.contains(word) && isLiteral) {
            cursor.next();
            cursor.next();
        } else if (isOracle() && word.equals("interval") && isLiteral) {
            interval();
        } else {
            path();
        }
    }

    private void branches() {
        cursor.expect("case");
        if (!cursor.is("when")) {
            one();
        }
        do {
            cursor.expect("when");
            one();
            cursor.expect("then");
            one();
        } while (cursor.is("when"));
        if (cursor.accept("else")) {
            one();
        }
        cursor.expect("end");
    }

    private void cast() {
        cursor.next();
        cursor.expectSymbol("(");
        one();
        cursor.expect("as");
        DocumentedTypes.type(cursor);
        if (cursor.is("using")) {
            cursor.next();
            one();
        }
        cursor.expectSymbol(")");
    }

    private void convert() {
        cursor.next();
        cursor.expectSymbol("(");
        DocumentedTypes.type(cursor);
        cursor.expectSymbol(",");
        list();
        cursor.expectSymbol(")");
    }

    /** A sequence gives its next number, which changes no row. */
    private void numbers() {
        cursor.expect("next", "value", "for");
        cursor.table();
        if (cursor.accept("over")) {
            calls.window();
        }
    }

    private void interval() {
        cursor.next();
        cursor.next();
        unit();
        if (cursor.accept("to")) {
            unit();
        }
    }

    private void unit() {
        cursor.name();
        if (cursor.isSymbol("(")) {
            group();
        }
    }

    /** A column, a function with its arguments, or a number of a sequence. */
    private void path() {
        Token first = cursor.peek();
        boolean isReservedCall = first.kind() == Token.Kind.WORD
                && cursor.syntax().calls().contains(first.text())
                && cursor.peek(1).isSymbol("(");
        if (!isReservedCall && !cursor.isName() && !first.is("$action")) {
            throw cursor.unexpected();
        }
        List<String> parts = new ArrayList<>();
        parts.add(cursor.next().text());
        while (cursor.isSymbol(".") && !cursor.peek(1).isSymbol("*")) {
            cursor.next();
            // Behind a dot a word is a name, and the statement goes on with it.
            if (!cursor.peek().isIdentifier()) {
                throw cursor.unexpected();
            }
            parts.add(cursor.next().text());
        }
        boolean isOuter =
                isOracle() && cursor.peek(1).isSymbol("+") && cursor.peek(2).isSymbol(")");
        if (cursor.isSymbol("(") && !isOuter) {
            if (parts.size() > 2) {
                throw cursor.unexpected();
            }
            String name = parts.get(parts.size() - 1);
            findings.call(new RoutineCall(parts.size() == 2 ? parts.get(0) : "", name));
            calls.arguments(TableName.fold(name));
        } else {
            column(parts);
        }
    }

    /** What Oracle takes for the function of a package where no source has the name before the dot. */
    private void column(List<String> parts) {
        if (parts.size() > 3) {
            throw cursor.unexpected();
        }
        String last = TableName.fold(parts.get(parts.size() - 1));
        boolean isNumber = last.equals("nextval") || last.equals("currval");
        if (isOracle() && parts.size() > 1 && !isNumber) {
            qualified.add(new RoutineCall(parts.get(parts.size() - 2), last));
        }
    }

    /** Once all sources of a statement are known: what has none of their names before its dot calls something. */
    void end() {
        for (RoutineCall each : qualified) {
            if (!queries.scope.sources().contains(each.schema())) {
                findings.call(each);
            }
        }
    }

    /** Reads a group in parentheses: a query, or expressions. */
    void group() {
        if (queries.beginsQuery(0)) {
            cursor.expectSymbol("(");
            queries.query();
            cursor.expectSymbol(")");
            return;
        }
        cursor.expectSymbol("(");
        list();
        cursor.expectSymbol(")");
    }
}
