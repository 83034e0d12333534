package io.tierguard.sql;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The statements of SQL Server that neither query nor change rows, by their first word. */
final class SqlServerUtilities {
    private static final Set<String> TRANSACTION = Set.of("tran", "transaction");

    private final Map<String, UtilityTable.Row> rows = new HashMap<>();

    private SqlServerUtilities() {}

    /** The rows. */
    static Map<String, UtilityTable.Row> all() {
        SqlServerUtilities utilities = new SqlServerUtilities();
        utilities.add("set", reading -> SqlServerSettings.read(reading.cursor(), reading.findings()));
        utilities.add("create", reading -> definitions(reading).create());
        utilities.add("alter", reading -> definitions(reading).alter());
        utilities.add("drop", reading -> definitions(reading).drop());
        utilities.add("truncate", reading -> definitions(reading).truncate());
        utilities.add("commit", SqlServerUtilities::commit);
        utilities.add("rollback", SqlServerUtilities::rollback);
        utilities.add("save", SqlServerUtilities::save);
        utilities.rows.put("call", SqlServerUtilities::call);
        utilities.add("exec", SqlServerUtilities::execute);
        utilities.add("execute", SqlServerUtilities::execute);
        return utilities.rows;
    }

    private void add(String word, Consumer<DocumentedStatements.Reading> grammar) {
        String operation = word.toUpperCase(Locale.ROOT);
        rows.put(
                word,
                (statement, depth) -> DocumentedStatements.read(Dialect.SQLSERVER, statement, operation, grammar));
    }

    /** The word is known to drivers alone, in braces; the server would take it for the name of a procedure. */
    private static StatementEffects call(StatementTokens statement, int depth) {
        int before = statement.peek().start() - 1;
        while (before >= 0 && Characters.isBlank(statement.sql().charAt(before))) {
            before--;
        }
        boolean isEscape = before >= 0 && "{=".indexOf(statement.sql().charAt(before)) >= 0;
        return isEscape
                ? DocumentedStatements.read(Dialect.SQLSERVER, statement, "CALL", DocumentedStatements::call)
                : Readings.unreadable("CALL", statement, "CALL without the braces of JDBC", "write {call …} or EXEC");
    }

    private static SqlServerDefinitions definitions(DocumentedStatements.Reading reading) {
        return new SqlServerDefinitions(reading.cursor(), reading.findings());
    }

    private static void commit(DocumentedStatements.Reading reading) {
        reading.cursor().expect("commit");
        if (!reading.cursor().accept("work")) {
            reading.cursor().acceptAny(TRANSACTION);
        }
        reading.findings().change(new SessionChange.TransactionEnd());
    }

    /** A name is that of a savepoint: no text begins a transaction, so none has one. */
    private static void rollback(DocumentedStatements.Reading reading) {
        DocumentedCursor cursor = reading.cursor();
        cursor.expect("rollback");
        boolean isNamed = !cursor.accept("work") && cursor.acceptAny(TRANSACTION) && cursor.isName();
        if (isNamed) {
            cursor.name();
        }
        reading.findings()
                .change(new SessionChange.TransactionEnd(
                        isNamed ? SessionChange.Ending.UNDONE_TO_SAVEPOINT : SessionChange.Ending.UNDONE));
    }

    private static void save(DocumentedStatements.Reading reading) {
        reading.cursor().expect("save");
        reading.cursor().expectAny(TRANSACTION);
        reading.cursor().name();
    }

    /** {@code EXEC app.wipe ?, @days = 3}: a string in parentheses, and a server behind AT, is what it runs otherwise. */
    private static void execute(DocumentedStatements.Reading reading) {
        DocumentedCursor cursor = reading.cursor();
        DocumentedStatements.procedure(reading);
        boolean more = !cursor.atEnd();
        while (more) {
            argument(cursor);
            more = cursor.acceptSymbol(",");
        }
    }

    private static void argument(DocumentedCursor cursor) {
        boolean isNamed = cursor.peek().kind() == Token.Kind.WORD
                && cursor.peek().text().startsWith("@")
                && cursor.peek(1).isSymbol("=");
        if (isNamed) {
            cursor.next();
            cursor.next();
        }
        cursor.acceptSymbol("-");
        boolean isValue = cursor.peek().isValue() || cursor.is("null") || cursor.is("default");
        if (!isValue) {
            throw cursor.unexpected();
        }
        cursor.next();
        if (!cursor.accept("output")) {
            cursor.accept("out");
        }
    }
}
