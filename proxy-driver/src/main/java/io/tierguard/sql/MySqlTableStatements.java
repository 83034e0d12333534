package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the statements of MySQL and MariaDB about tables that are neither queries nor definitions. */
final class MySqlTableStatements {

    private static final Set<String> UNLOGGED = Set.of("no_write_to_binlog", "local");
    private static final Set<String> TABLES = Set.of("table", "tables", "view");
    private static final Set<String> LOCKS =
            Set.of("read", "write", "local", "low_priority", "concurrent", "wait", "nowait");
    private static final Set<String> FORMATS = Words.of("""
            character charset fields columns lines rows ignore set partition
            """);

    private final StatementReader reader;

    MySqlTableStatements(StatementReader reader) {
        this.reader = reader;
    }

    /** CHECK, CHECKSUM, OPTIMIZE and REPAIR change no row, but for a repair that makes the data anew from what it finds. */
    StatementEffects readMaintenance(StatementTokens statement, int depth) {
        String operation = statement.next().text().toUpperCase(Locale.ROOT);
        statement.acceptAny(UNLOGGED);
        if (!statement.acceptAny(TABLES)) {
            return notKnown(operation, statement);
        }
        List<TableName> tables = tables(statement);
        for (Token token : statement.rest()) {
            if (!token.isIdentifier() && !token.isValue() && !token.isSymbol(",") && !isGrouping(token)) {
                return notKnown(operation, statement);
            }
        }
        boolean remakes = operation.equals("REPAIR") && statement.holds(Set.of("use_frm", "force"));
        Reach reach = operation.equals("OPTIMIZE") ? Reach.REBUILT : Reach.TABLE;
        List<Effect> effects = tables.stream()
                .map(table ->
                        Effect.of(remakes ? Verb.ALTER : Verb.SELECT, table).reaching(reach))
                .toList();
        return tables.isEmpty() ? notKnown(operation, statement) : Readings.effects(operation, effects, List.of());
    }

    private static boolean isGrouping(Token token) {
        return token.isSymbol("(") || token.isSymbol(")");
    }

    private static List<TableName> tables(StatementTokens statement) {
        List<TableName> tables = new ArrayList<>();
        do {
            Optional<TableName> table = statement.acceptTable();
            if (table.isEmpty()) {
                return List.of();
            }
            tables.add(table.get());
        } while (statement.acceptSymbol(","));
        return tables;
    }

    /** LOCK TABLES also ends the transaction. */
    StatementEffects readLock(StatementTokens statement, int depth) {
        statement.next();
        if (!statement.accept("tables") && !statement.accept("table")) {
            return statement.is("instance")
                    ? Readings.power("LOCK", Power.ADMINISTER, List.of())
                    : notKnown("LOCK", statement);
        }
        List<TableName> tables = new ArrayList<>();
        do {
            Optional<TableName> table = statement.acceptTable();
            if (table.isEmpty()) {
                return notKnown("LOCK", statement);
            }
            tables.add(table.get());
            if (statement.accept("as") || !statement.isAny(LOCKS)) {
                statement.next();
            }
            boolean more = true;
            while (more) {
                more = statement.acceptAny(LOCKS);
            }
        } while (statement.acceptSymbol(","));
        if (statement.peek().kind() == Token.Kind.NUMBER) {
            statement.next();
        }
        return statement.atEnd()
                ? Readings.changing(Readings.each("LOCK", Verb.SELECT, tables), new SessionChange.TransactionEnd())
                : notKnown("LOCK", statement);
    }

    StatementEffects readUnlock(StatementTokens statement, int depth) {
        statement.next();
        boolean isOfTables = statement.accept("tables") || statement.accept("table");
        return isOfTables && statement.atEnd()
                ? Readings.change("UNLOCK", new SessionChange.TransactionEnd())
                : Readings.power("UNLOCK", Power.ADMINISTER, List.of());
    }

    /** HANDLER reads a table without a query. */
    StatementEffects readHandler(StatementTokens statement, int depth) {
        statement.next();
        Optional<TableName> table = statement.acceptTable();
        if (table.isEmpty()) {
            return notKnown("HANDLER", statement);
        }
        List<Effect> reads = List.of(Effect.of(Verb.SELECT, table.get()));
        if (statement.accept("close")) {
            return statement.atEnd() ? Readings.harmless("HANDLER") : notKnown("HANDLER", statement);
        }
        if (statement.accept("open")) {
            if (statement.accept("as") || !statement.atEnd()) {
                statement.next();
            }
            return statement.atEnd() ? Readings.effects("HANDLER", reads, List.of()) : notKnown("HANDLER", statement);
        }
        if (!statement.accept("read")) {
            return notKnown("HANDLER", statement);
        }
        List<Token> rest = statement.rest();
        int where = indexOf(rest, "where");
        List<Token> key = where < 0 ? rest : rest.subList(0, where);
        StatementEffects values = readValues(statement, group(key));
        if (where >= 0 && values instanceof StatementEffects.Understood first) {
            List<Token> query = new ArrayList<>(MySqlTokens.selectOne(rest.get(where)));
            query.addAll(rest.subList(where, rest.size()));
            values = Readings.both(
                    "HANDLER", first, reader.readQuery(new StatementTokens(statement.sql(), List.copyOf(query))));
        }
        return Readings.around("HANDLER", reads, values);
    }

    /** The values of a key, in parentheses; empty where there are none. */
    private static List<Token> group(List<Token> key) {
        for (int i = 0; i < key.size(); i++) {
            if (key.get(i).isSymbol("(")) {
                return key.subList(i, key.size());
            }
        }
        return List.of();
    }

    private StatementEffects readValues(StatementTokens statement, List<Token> group) {
        return group.isEmpty()
                ? Readings.harmless("HANDLER")
                : reader.readQuery(new StatementTokens(statement.sql(), MySqlTokens.select(group)));
    }

    /** LOAD DATA and LOAD XML add the rows of a file, which is the server's own unless it is LOCAL. */
    StatementEffects readLoad(StatementTokens statement, int depth) {
        statement.next();
        if (statement.accept("index", "into", "cache")) {
            return Readings.power("LOAD INDEX", Power.ADMINISTER, List.of());
        }
        String operation = statement.is("xml") ? "LOAD XML" : "LOAD DATA";
        if (!statement.accept("data") && !statement.accept("xml")) {
            return notKnown("LOAD", statement);
        }
        statement.acceptAny(Set.of("low_priority", "concurrent"));
        boolean isLocal = statement.accept("local");
        boolean isFile = statement.accept("infile");
        Token file = statement.next();
        boolean replaces = statement.accept("replace");
        if (!replaces) {
            statement.accept("ignore");
        }
        boolean into = statement.accept("into", "table");
        Optional<TableName> table = statement.acceptTable();
        if (!isFile || !(file.isValue()) || !into || table.isEmpty()) {
            return notKnown(operation, statement);
        }
        if (!statement.atEnd() && !statement.isAny(FORMATS) && !statement.peek().isSymbol("(")) {
            return notKnown(operation, statement);
        }
        List<Effect> effects = new ArrayList<>();
        effects.add(Effect.of(Verb.INSERT, table.get()));
        if (replaces) {
            effects.add(Effect.of(Verb.DELETE, table.get()));
        }
        StatementEffects computed = readComputed(statement, table.get());
        StatementEffects reading = Readings.around(operation, effects, computed);
        return isLocal ? reading : withPower(operation, reading);
    }

    private static StatementEffects withPower(String operation, StatementEffects reading) {
        if (!(reading instanceof StatementEffects.Understood understood)) {
            return reading instanceof StatementEffects.Bounded bounded
                    ? new StatementEffects.Unreadable(operation, bounded.problem())
                    : reading;
        }
        Set<Power> powers = EnumSet.of(Power.ADMINISTER);
        powers.addAll(understood.powers());
        return new StatementEffects.Understood(
                operation, understood.effects(), understood.unknownRoutines(), understood.sessionChanges(), powers);
    }

    /** What is computed for columns: {@code … SET a = f(@x)}. */
    private StatementEffects readComputed(StatementTokens statement, TableName table) {
        List<Token> rest = statement.rest();
        int set = -1;
        for (int i = 0; i + 2 < rest.size(); i++) {
            boolean isOfCharacters = i > 0 && rest.get(i - 1).is("character");
            if (rest.get(i).is("set") && !isOfCharacters && set < 0) {
                set = i;
            }
        }
        List<Token> format = set < 0 ? rest : rest.subList(0, set);
        for (int i = 0; i < format.size(); i++) {
            boolean isCall = format.get(i).isSymbol("(")
                    && i > 0
                    && format.get(i - 1).isIdentifier()
                    && !format.get(i - 1).is("lines")
                    && !format.get(i - 1).is("rows")
                    && !format.get(i - 1).is("partition")
                    && i > 1
                    && !isCharacterSet(format, i - 1);
            if (isCall || MySqlWords.beginsQuery(format.get(i))) {
                return notKnown("LOAD", statement);
            }
        }
        if (set < 0) {
            return Readings.harmless("LOAD");
        }
        Token at = rest.get(set);
        List<Token> insert = new ArrayList<>();
        insert.add(MySqlTokens.word("insert", at));
        insert.add(MySqlTokens.word("into", at));
        MySqlTokens.addName(insert, table, at);
        insert.addAll(rest.subList(set, rest.size()));
        return reader.readQuery(new StatementTokens(statement.sql(), List.copyOf(insert)));
    }

    private static boolean isCharacterSet(List<Token> format, int index) {
        return format.get(index - 1).is("set") || format.get(index - 1).is("charset");
    }

    StatementEffects readTruncate(StatementTokens statement, int depth) {
        statement.next();
        statement.accept("table");
        Optional<TableName> table = statement.acceptTable();
        MySqlTokens.acceptWait(statement);
        return table.isEmpty() || !statement.atEnd()
                ? notKnown("TRUNCATE", statement)
                : Readings.changing(
                        Readings.each("TRUNCATE", Verb.TRUNCATE, List.of(table.get())),
                        new SessionChange.TransactionEnd());
    }

    /** RENAME TABLE gives names all at once, so that one table can take another's. */
    StatementEffects readRename(StatementTokens statement, int depth) {
        statement.next();
        if (statement.accept("user")) {
            return Readings.power("RENAME USER", Power.ADMINISTER, List.of());
        }
        if (!statement.accept("table") && !statement.accept("tables")) {
            return notKnown("RENAME", statement);
        }
        statement.acceptIfExists();
        List<Effect> effects = new ArrayList<>();
        do {
            Optional<TableName> from = statement.acceptTable();
            MySqlTokens.acceptWait(statement);
            boolean to = statement.accept("to");
            Optional<TableName> renamed = statement.acceptTable();
            if (from.isEmpty() || !to || renamed.isEmpty()) {
                return notKnown("RENAME TABLE", statement);
            }
            effects.add(Effect.of(Verb.ALTER, from.get()));
            effects.add(Effect.of(Verb.CREATE, renamed.get()));
        } while (statement.acceptSymbol(","));
        return statement.atEnd()
                ? Readings.changing(
                        Readings.effects("RENAME TABLE", effects, List.of()), new SessionChange.TransactionEnd())
                : notKnown("RENAME TABLE", statement);
    }

    private static int indexOf(List<Token> tokens, String word) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is(word)) {
                return i;
            }
        }
        return -1;
    }

    private static StatementEffects notKnown(String operation, StatementTokens statement) {
        return MySqlTokens.notKnown(operation, statement);
    }
}
