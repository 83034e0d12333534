package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads queries of a database that is read by its documentation; what one has besides the standard stands in its own class. */
abstract class DocumentedQueries {
    /**
     * What stands in a FROM.
     *
     * @param name the name that it has there, folded; empty where it has none
     * @param tables the tables whose rows its own can be
     * @param isTable whether it is a table itself, and no query
     */
    record Source(String name, Set<TableName> tables, boolean isTable) {}

    private static final Set<String> JOINS =
            Set.of("natural", "inner", "left", "right", "full", "outer", "cross", "loop", "hash", "merge", "remote");

    /** Words behind a query in parentheses with which a longer query goes on. */
    private static final Set<String> GOES_ON =
            Set.of("union", "intersect", "except", "minus", "order", "offset", "fetch");

    /** The functions that give rows and are built in. */
    private static final Set<String> ROWSETS = Set.of("string_split", "generate_series");

    private static final Set<String> ROWS = Set.of("row", "rows");

    /** The code that a common table expression must not define. */
    private static final Set<String> CODE = Set.of("function", "procedure");

    final DocumentedCursor cursor;
    final StatementFindings findings;
    final DocumentedScope scope = new DocumentedScope();
    final DocumentedExpressions expressions;

    DocumentedQueries(DocumentedCursor cursor, StatementFindings findings) {
        this.cursor = cursor;
        this.findings = findings;
        this.expressions = new DocumentedExpressions(cursor, findings, this);
    }

    /** Reads what stands between SELECT and its list. */
    abstract void head();

    /** Reads what stands between the list and FROM. */
    abstract void into();

    /** Reads a source that is neither a table nor a query; whether one stood here. */
    abstract boolean rowset();

    /** Reads what stands between a table and the name that it is given. */
    abstract void part();

    /** Reads what stands behind a table and the name that it was given. */
    abstract void hints();

    /** Whether the parenthesis behind a table opens its hints rather than the arguments of a function. */
    abstract boolean beginsHints();

    /** Reads what may stand behind WHERE, other than GROUP BY and HAVING. */
    abstract void behindWhere();

    /** Reads what ends a query. */
    abstract void tail();

    /** Steps over the word of a set operation. */
    abstract boolean acceptSetOperation();

    /** Whether a query stands so far ahead, in parentheses or in as many of them as there are. */
    boolean beginsQuery(int distance) {
        int at = distance;
        while (cursor.peek(at).isSymbol("(") && cursor.peek(at + 1).isSymbol("(")) {
            int behind = cursor.behindGroup(at + 1);
            boolean isWhole = cursor.peek(behind).isSymbol(")") || cursor.isAnyAt(behind, GOES_ON);
            if (behind == 0 || !isWhole) {
                return false;
            }
            at++;
        }
        boolean isGroup = cursor.peek(at).isSymbol("(");
        Token first = cursor.peek(isGroup ? at + 1 : at);
        boolean isNamed = cursor.peek(isGroup ? at + 2 : at + 1).isSymbol(".");
        return isGroup && !isNamed && (first.is("select") || first.is("with"));
    }

    /** Reads a query with its WITH; gives the tables that it reads. */
    Set<TableName> query() {
        scope.enter();
        with();
        body();
        return scope.leave();
    }

    /** Reads the common tables that may stand here, which the query around them knows from then on. */
    void with() {
        if (!cursor.accept("with")) {
            return;
        }
        do {
            if (cursor.isAny(CODE)) {
                throw cursor.unexpected();
            }
            String key = cursor.key();
            cursor.name();
            if (cursor.isSymbol("(")) {
                cursor.names();
            }
            cursor.expect("as");
            cursor.expectSymbol("(");
            scope.begin(key);
            Set<TableName> tables = query();
            cursor.expectSymbol(")");
            scope.end(key, tables);
        } while (cursor.acceptSymbol(","));
    }

    /** Reads a query without its WITH. */
    void body() {
        do {
            if (cursor.acceptSymbol("(")) {
                body();
                cursor.expectSymbol(")");
            } else {
                select();
            }
        } while (acceptSetOperation());
        order();
        limit();
        tail();
    }

    private void select() {
        cursor.expect("select");
        head();
        items();
        into();
        if (cursor.accept("from")) {
            sources();
        }
        where();
        behindWhere();
        if (cursor.accept("group", "by")) {
            groups();
        }
        if (cursor.accept("having")) {
            expressions.one();
        }
        behindWhere();
        if (cursor.is("window") && cursor.peek(2).is("as")) {
            throw cursor.unexpected();
        }
    }

    /** Reads the columns of a result. */
    void items() {
        do {
            item();
        } while (cursor.acceptSymbol(","));
    }

    private void item() {
        int star = 0;
        while (cursor.peek(star).isIdentifier() && cursor.peek(star + 1).isSymbol(".")) {
            star += 2;
        }
        if (cursor.peek(star).isSymbol("*") && star <= 4) {
            for (int i = 0; i <= star; i++) {
                cursor.next();
            }
            return;
        }
        expressions.one();
        label();
    }

    /** The name of a column of a result. */
    private void label() {
        boolean announced = cursor.accept("as");
        boolean isText = !cursor.syntax().isOracle() && cursor.peek().kind() == Token.Kind.STRING;
        if (isText || (announced ? cursor.isName() : cursor.isAlias())) {
            cursor.next();
        } else if (announced) {
            throw cursor.unexpected();
        }
    }

    /** Reads the WHERE that may stand here; whether it does. */
    boolean where() {
        boolean narrows = cursor.is("where") && !cursor.is("where", "current", "of");
        if (narrows) {
            cursor.next();
            expressions.one();
        }
        return narrows;
    }

    private void groups() {
        cursor.accept("all");
        do {
            group();
        } while (cursor.acceptSymbol(","));
        if (!cursor.syntax().isOracle() && !cursor.accept("with", "rollup")) {
            cursor.accept("with", "cube");
        }
    }

    private void group() {
        if (cursor.accept("grouping", "sets")) {
            cursor.expectSymbol("(");
            do {
                group();
            } while (cursor.acceptSymbol(","));
            cursor.expectSymbol(")");
        } else if (cursor.isSymbol("(") && cursor.peek(1).isSymbol(")")) {
            cursor.next();
            cursor.next();
        } else {
            expressions.one();
        }
    }

    /** Reads the ORDER BY that may stand here; whether it does. */
    boolean order() {
        if (!cursor.accept("order", "by") && !cursor.accept("order", "siblings", "by")) {
            return false;
        }
        do {
            expressions.one();
            if (!cursor.accept("asc")) {
                cursor.accept("desc");
            }
            if (cursor.is("nulls")
                    && (cursor.peek(1).is("first") || cursor.peek(1).is("last"))) {
                cursor.next();
                cursor.next();
            }
        } while (cursor.acceptSymbol(","));
        return true;
    }

    private void limit() {
        if (cursor.accept("offset")) {
            expressions.one();
            cursor.expectAny(ROWS);
        }
        if (!cursor.accept("fetch")) {
            return;
        }
        cursor.expectAny(Set.of("first", "next"));
        if (!cursor.isAny(ROWS)) {
            expressions.one();
            cursor.accept("percent");
        }
        cursor.expectAny(ROWS);
        if (!cursor.accept("with", "ties")) {
            cursor.expect("only");
        }
    }

    /** Reads what stands behind FROM. */
    List<Source> sources() {
        List<Source> sources = new ArrayList<>();
        source(sources);
        boolean more = true;
        while (more) {
            if (cursor.acceptSymbol(",") || acceptJoin()) {
                source(sources);
            } else if (cursor.accept("on")) {
                expressions.one();
            } else if (cursor.syntax().isOracle()
                    && cursor.is("using")
                    && cursor.peek(1).isSymbol("(")) {
                cursor.next();
                cursor.names();
            } else {
                more = false;
            }
        }
        return sources;
    }

    private boolean acceptJoin() {
        int at = 0;
        while (at < 4 && cursor.isAnyAt(at, JOINS)) {
            at++;
        }
        if (!cursor.peek(at).is("join") && !(at == 1 && cursor.peek(at).is("apply"))) {
            return false;
        }
        for (int i = 0; i <= at; i++) {
            cursor.next();
        }
        return true;
    }

    /** Reads one source, with the name that it is given. */
    void source(List<Source> sources) {
        boolean isQuery = beginsQuery(0);
        if (!isQuery && cursor.isSymbol("(") && !cursor.peek(1).is("values")) {
            cursor.expectSymbol("(");
            sources.addAll(sources());
            cursor.expectSymbol(")");
            return;
        }
        String name = "";
        boolean isTable = false;
        Set<TableName> tables = Set.of();
        if (isQuery) {
            tables = derived();
        } else if (cursor.isSymbol("(")) {
            cursor.expectSymbol("(");
            values();
            cursor.expectSymbol(")");
        } else if (rowset()) {
            tables = untold();
        } else {
            String key = cursor.key();
            TableName table = cursor.table();
            if (cursor.isSymbol("(") && !beginsHints()) {
                function(table);
                tables = untold();
            } else {
                part();
                tables = read(table, key);
                name = table.name();
                isTable = tables.equals(Set.of(table));
            }
        }
        String alias = alias();
        if (cursor.isSymbol("(") && !alias.isEmpty() && !beginsHints()) {
            cursor.names();
        }
        hints();
        sources.add(new Source(alias.isEmpty() ? name : alias, tables, isTable));
        scope.addSource(alias.isEmpty() ? name : alias);
    }

    /** Reads the table or query that a statement writes, with the name that it is given; a table is not read by that. */
    void target(List<Source> targets) {
        if (beginsQuery(0)) {
            source(targets);
            return;
        }
        TableName table = cursor.table();
        part();
        String alias = alias();
        String name = alias.isEmpty() ? table.name() : alias;
        scope.addSource(name);
        targets.add(new Source(name, Set.of(table), true));
    }

    private Set<TableName> untold() {
        scope.read(Set.of(DocumentedScope.UNTOLD));
        return Set.of(DocumentedScope.UNTOLD);
    }

    private Set<TableName> derived() {
        cursor.expectSymbol("(");
        Set<TableName> tables = query();
        if (cursor.syntax().isOracle() && cursor.accept("with")) {
            if (!cursor.accept("read", "only")) {
                cursor.expect("check", "option");
            }
        }
        cursor.expectSymbol(")");
        return tables;
    }

    /** What gives rows may be written through, as a table, if it is a user's own. */
    private void function(TableName name) {
        RoutineCall call = new RoutineCall(name.schema(), name.name());
        if (name.isQualified() || !ROWSETS.contains(name.name())) {
            findings.callOwn(call);
        }
        new DocumentedCalls(cursor, expressions, this).arguments(name.name());
    }

    /** Reads rows of values. */
    void values() {
        cursor.expect("values");
        do {
            cursor.expectSymbol("(");
            expressions.list();
            cursor.expectSymbol(")");
        } while (cursor.acceptSymbol(","));
    }

    /** Steps over another name for a source; gives it folded, or nothing. */
    String alias() {
        boolean announced = cursor.accept("as");
        if (announced ? cursor.isName() : cursor.isAlias()) {
            return TableName.fold(cursor.next().text());
        }
        if (announced) {
            throw cursor.unexpected();
        }
        return "";
    }

    /** A table, a view or a common table is read; gives the tables whose rows its own are. */
    private Set<TableName> read(TableName table, String key) {
        Optional<Set<TableName>> common = table.isQualified() ? Optional.empty() : scope.common(key);
        if (common.isPresent()) {
            scope.read(common.get());
            return common.get();
        }
        if (!table.isQualified() && scope.isBegun(key)) {
            // Itself, or to Oracle the table of its name.
            findings.add(new Effect(Verb.SELECT, table, Collections.emptySortedSet(), true, FromRules.SHADOWING_TABLE));
        } else if (!DocumentedCursor.isOfSession(table)) {
            findings.effect(Verb.SELECT, table);
        }
        Set<TableName> own = Set.of(table);
        scope.read(own);
        return own;
    }
}
