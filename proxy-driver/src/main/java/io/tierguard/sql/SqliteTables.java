package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;

/** Reads the definitions of tables of SQLite. */
final class SqliteTables {
    private final SqliteCursor cursor;
    private final StatementFindings findings;
    private final SqliteQueries queries;

    SqliteTables(SqliteStatements.Reading reading) {
        this.cursor = reading.cursor();
        this.findings = reading.findings();
        this.queries = new SqliteQueries(cursor, findings);
    }

    void create(boolean temporary) {
        while (!cursor.accept("table")) {
            cursor.next();
        }
        boolean ifAbsent = cursor.acceptIfExists();
        TableName table = SqliteDefinitions.made(cursor, temporary);
        boolean isFilled = cursor.accept("as");
        if (TemporaryWords.isOfSqliteSession(table)) {
            // What is there already may be something else.
            findings.change(new SessionChange.TemporaryTable(TableName.of(table.name()), isFilled, !ifAbsent));
        } else {
            findings.effect(Verb.CREATE, table);
        }
        if (isFilled) {
            if (!TemporaryWords.isOfSqliteSession(table)) {
                findings.effect(Verb.INSERT, table);
            }
            queries.query();
            return;
        }
        cursor.expectSymbol("(");
        parts(table);
        cursor.expectSymbol(")");
        options();
    }

    private void options() {
        boolean more = !cursor.atEnd();
        while (more) {
            if (!cursor.accept("without", "rowid")) {
                cursor.expect("strict");
            }
            more = cursor.acceptSymbol(",");
        }
    }

    void alter() {
        cursor.expect("alter", "table");
        TableName table = cursor.table();
        if (cursor.accept("rename", "to")) {
            findings.effect(Verb.ALTER, table);
            // If it is a virtual one, it takes what has the name of one of its tables then.
            findings.add(Effect.of(Verb.CREATE, TableName.of(table.schema(), cursor.name()))
                    .reaching(Reach.PARTS));
        } else if (cursor.accept("rename")) {
            rename(table);
        } else if (cursor.accept("add")) {
            add(table);
        } else if (cursor.accept("drop")) {
            findings.effect(Verb.ALTER, table);
            if (!cursor.accept("constraint") && cursor.is("column")) {
                cursor.next();
            }
            cursor.name();
        } else if (cursor.accept("alter")) {
            findings.effect(Verb.ALTER, table);
            if (cursor.is("column")
                    && !cursor.peek(1).is("set")
                    && !cursor.peek(1).is("drop")) {
                cursor.next();
            }
            cursor.name();
            if (!cursor.accept("set")) {
                cursor.expect("drop");
            }
            parts(table);
        } else {
            throw cursor.unexpected();
        }
    }

    private void rename(TableName table) {
        findings.effect(Verb.ALTER, table);
        if (cursor.is("column") && !cursor.peek(1).is("to")) {
            cursor.next();
        }
        cursor.name();
        cursor.expect("to");
        cursor.name();
    }

    private void add(TableName table) {
        if (cursor.is("column") && cursor.peek(1).kind() != Token.Kind.SYMBOL) {
            cursor.next();
        }
        findings.effect(Verb.EXTEND, table);
        parts(table);
    }

    /** Steps over columns and constraints, up to the end of their group or of the statement. */
    private void parts(TableName table) {
        while (!cursor.atEnd() && !cursor.isSymbol(")")) {
            Token token = cursor.next();
            if (token.is("references")) {
                reference(table);
            } else if (token.is("collate") || token.is("constraint")) {
                cursor.name();
            } else if ((token.is("check") || token.is("default") || token.is("as")) && cursor.isSymbol("(")) {
                queries.expressions.group();
            } else if (token.isSymbol("(")) {
                group();
            } else if (isOutOfPlace(token)) {
                throw cursor.unexpected(token);
            }
        }
    }

    /** The length of a type, or the columns of a key. */
    private void group() {
        while (!cursor.isSymbol(")")) {
            Token token = cursor.next();
            if (cursor.atEnd() || token.isSymbol("(") || isOutOfPlace(token)) {
                throw cursor.unexpected(token);
            }
        }
        cursor.expectSymbol(")");
    }

    private static boolean isOutOfPlace(Token token) {
        return token.isSymbol(";")
                || token.is("select")
                || token.is("values")
                || token.is("into")
                || token.is("from")
                || token.is("insert");
    }

    /** A foreign key looks at the table it refers to, and one that acts on changes there adds to what they do. */
    private void reference(TableName table) {
        TableName parent = TableName.of(table.schema(), cursor.name());
        if (cursor.isSymbol("(")) {
            queries.names();
        }
        boolean acts = false;
        while (cursor.is("on") || cursor.is("match")) {
            if (cursor.accept("match")) {
                cursor.name();
                continue;
            }
            if (!cursor.peek(1).is("delete")
                    && !cursor.peek(1).is("update")
                    && !cursor.peek(1).is("insert")) {
                break;
            }
            cursor.next();
            cursor.next();
            if (cursor.accept("no", "action") || cursor.accept("restrict")) {
                continue;
            }
            if (!cursor.accept("cascade") && !cursor.accept("set", "null")) {
                cursor.expect("set", "default");
            }
            acts = true;
        }
        findings.add(acts ? ForeignKeys.acting(parent) : Effect.of(Verb.SELECT, parent));
    }
}
