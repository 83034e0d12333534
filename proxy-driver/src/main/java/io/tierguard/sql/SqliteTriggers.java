package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads CREATE TRIGGER of SQLite, whose body has semicolons of its own; for one thread. */
final class SqliteTriggers {
    private final SqliteCursor cursor;
    private final StatementFindings body = new StatementFindings(Dialect.SQLITE);
    private @Nullable TableName table;
    private final Set<String> columns = new HashSet<>();
    private Verb verb = Verb.UPDATE;
    private int whenStart;
    private int whenEnd;
    private int bodyStart;
    private int bodyEnd;

    SqliteTriggers(SqliteCursor cursor) {
        this.cursor = cursor;
    }

    static StatementEffects read(StatementTokens statement) {
        StatementFindings findings = new StatementFindings(Dialect.SQLITE);
        SqliteTriggers trigger = new SqliteTriggers(new SqliteCursor(statement.rest()));
        try {
            trigger.definition();
            SqliteStatements.end(trigger.cursor);
        } catch (UnreadableTextException notRead) {
            return new StatementEffects.Unreadable("CREATE TRIGGER", notRead.problemIn(statement.sql()));
        }
        findings.effect(Verb.ALTER, trigger.table());
        Problem problem = Problem.ofWholeText("code is read as it would run", "");
        StatementEffects.Bounded bound =
                new StatementEffects.Bounded("CODE", trigger.body.effects(), trigger.body.calls(), problem);
        return findings.code("CREATE TRIGGER", new DefinedCode(new RoutineCall("", ""), "", bound));
    }

    /** Where the statement that begins at an index ends, if it makes a trigger; the same index if it makes none. */
    static int endOf(List<Token> tokens, int start) {
        SqliteCursor cursor = new SqliteCursor(tokens.subList(start, tokens.size()));
        if (cursor.accept("explain")) {
            cursor.accept("query", "plan");
        }
        int create = tokens.size() - start - cursor.rest().size();
        boolean isTrigger = cursor.accept("create");
        if (!cursor.accept("temp")) {
            cursor.accept("temporary");
        }
        if (!isTrigger || !cursor.is("trigger")) {
            return start;
        }
        SqliteCursor whole = new SqliteCursor(tokens.subList(start + create, tokens.size()));
        try {
            new SqliteTriggers(whole).definition();
            return tokens.size() - whole.rest().size();
        } catch (UnreadableTextException notRead) {
            return tokens.size(); // nobody knows where it ends
        }
    }

    /** Reads the definition to its END. */
    void definition() {
        cursor.expect("create");
        if (!cursor.accept("temp")) {
            cursor.accept("temporary");
        }
        cursor.expect("trigger");
        cursor.acceptIfExists();
        TableName name = cursor.table();
        if (!cursor.accept("before") && !cursor.accept("after")) {
            cursor.accept("instead", "of");
        }
        SqliteQueries queries = new SqliteQueries(cursor, body);
        event();
        cursor.expect("on");
        TableName named = cursor.table();
        table = named.isQualified() ? named : named.in(name.schema());
        cursor.accept("for", "each", "row");
        if (cursor.accept("when")) {
            whenStart = cursor.peek().start();
            while (!cursor.is("begin") || cursor.peek(-1).isSymbol(".")) {
                whenPart(queries);
            }
        }
        cursor.expect("begin");
        bodyStart = cursor.peek().start();
        do {
            new SqliteRowChanges(cursor, body).read();
            cursor.expectSymbol(";");
        } while (!cursor.is("end"));
        bodyEnd = cursor.peek().start();
        cursor.expect("end");
    }

    private void whenPart(SqliteQueries queries) {
        if (cursor.atEnd() || cursor.isSymbol(";") || cursor.isSymbol(")")) {
            throw cursor.unexpected();
        }
        queries.expressions.part();
        whenEnd = cursor.peek(-1).end();
    }

    private void event() {
        if (cursor.accept("delete")) {
            verb = Verb.DELETE;
        } else if (cursor.accept("insert")) {
            verb = Verb.INSERT;
        } else {
            cursor.expect("update");
            if (cursor.accept("of")) {
                do {
                    columns.add(TableName.fold(cursor.name()));
                } while (cursor.acceptSymbol(","));
            }
        }
    }

    TableName table() {
        if (table == null) {
            throw cursor.unexpected();
        }
        return table;
    }

    /** The columns of which an update must set one for it to run; none where any will do. */
    Set<String> columns() {
        return columns;
    }

    Verb verb() {
        return verb;
    }

    /** What it runs, of the text that its tokens are of. */
    String body(String sql) {
        String statements = sql.substring(bodyStart, bodyEnd);
        return whenEnd == 0 ? statements : "SELECT " + sql.substring(whenStart, whenEnd) + ";\n" + statements;
    }
}
