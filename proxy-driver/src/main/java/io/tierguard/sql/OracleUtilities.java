package io.tierguard.sql;

import io.tierguard.policy.model.Verb;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The statements of Oracle that neither query nor change rows, by their first word. */
final class OracleUtilities {
    private static final String SETTINGS_OF_LANGUAGE = "nls_";

    private static final Set<String> MODES = Set.of("share", "exclusive");

    private final Map<String, UtilityTable.Row> rows = new HashMap<>();

    private OracleUtilities() {}

    /** The rows. */
    static Map<String, UtilityTable.Row> all() {
        OracleUtilities utilities = new OracleUtilities();
        utilities.add("set", OracleUtilities::transaction);
        utilities.add("create", reading -> definitions(reading).create());
        utilities.add("alter", OracleUtilities::alter);
        utilities.add("drop", reading -> definitions(reading).drop());
        utilities.add("truncate", reading -> definitions(reading).truncate());
        utilities.add("comment", reading -> definitions(reading).comment());
        utilities.add("commit", OracleUtilities::commit);
        utilities.add("rollback", OracleUtilities::rollback);
        utilities.add("savepoint", OracleUtilities::savepoint);
        utilities.add("lock", OracleUtilities::lock);
        utilities.add("call", OracleUtilities::call);
        return utilities.rows;
    }

    private void add(String word, Consumer<DocumentedStatements.Reading> grammar) {
        String operation = word.toUpperCase(Locale.ROOT);
        rows.put(word, (statement, depth) -> DocumentedStatements.read(Dialect.ORACLE, statement, operation, grammar));
    }

    private static OracleDefinitions definitions(DocumentedStatements.Reading reading) {
        return new OracleDefinitions(reading.cursor(), reading.findings());
    }

    private static void alter(DocumentedStatements.Reading reading) {
        DocumentedCursor cursor = reading.cursor();
        if (!cursor.accept("alter", "session", "set")) {
            definitions(reading).alter();
            return;
        }
        do {
            String setting = cursor.name();
            cursor.expectSymbol("=");
            if (setting.equals("current_schema")) {
                cursor.name();
                reading.findings().change(new SessionChange.SchemaPathUnknown());
            } else if (setting.equals("time_zone") || setting.startsWith(SETTINGS_OF_LANGUAGE)) {
                value(cursor);
            } else {
                throw cursor.unexpected(cursor.peek(-2));
            }
        } while (!cursor.atEnd());
    }

    private static void value(DocumentedCursor cursor) {
        if (cursor.peek().kind() == Token.Kind.STRING) {
            cursor.next();
        } else {
            cursor.name();
        }
    }

    private static void transaction(DocumentedStatements.Reading reading) {
        DocumentedCursor cursor = reading.cursor();
        cursor.expect("set", "transaction");
        if (cursor.accept("read")) {
            cursor.expectAny(Set.of("only", "write"));
            return;
        }
        cursor.expect("isolation");
        cursor.expect("level");
        if (!cursor.accept("serializable")) {
            cursor.expect("read", "committed");
        }
    }

    private static void commit(DocumentedStatements.Reading reading) {
        reading.cursor().expect("commit");
        reading.cursor().accept("work");
        reading.findings().change(new SessionChange.TransactionEnd());
    }

    private static void rollback(DocumentedStatements.Reading reading) {
        DocumentedCursor cursor = reading.cursor();
        cursor.expect("rollback");
        cursor.accept("work");
        boolean isPart = cursor.accept("to");
        if (isPart) {
            cursor.accept("savepoint");
            cursor.name();
        }
        reading.findings()
                .change(new SessionChange.TransactionEnd(
                        isPart ? SessionChange.Ending.UNDONE_TO_SAVEPOINT : SessionChange.Ending.UNDONE));
    }

    private static void savepoint(DocumentedStatements.Reading reading) {
        reading.cursor().expect("savepoint");
        reading.cursor().name();
    }

    /** Any right on the table does. */
    private static void lock(DocumentedStatements.Reading reading) {
        DocumentedCursor cursor = reading.cursor();
        cursor.expect("lock", "table");
        do {
            reading.findings().effect(Verb.SELECT, cursor.table());
        } while (cursor.acceptSymbol(","));
        cursor.expect("in");
        if (!cursor.accept("row")) {
            if (cursor.accept("share", "row")) {
                cursor.expect("exclusive");
            } else if (!cursor.accept("share", "update")) {
                cursor.expectAny(MODES);
            }
        } else {
            cursor.expectAny(MODES);
        }
        cursor.expect("mode");
        cursor.accept("nowait");
    }

    /** Of a function the result goes into a parameter. */
    private static void call(DocumentedStatements.Reading reading) {
        DocumentedStatements.call(reading);
        if (reading.cursor().accept("into") && reading.cursor().next().kind() != Token.Kind.PARAMETER) {
            throw reading.cursor().unexpected(reading.cursor().peek(-1));
        }
    }
}
