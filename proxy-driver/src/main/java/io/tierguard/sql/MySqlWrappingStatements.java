package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the statements of MySQL and MariaDB that hold another statement or an expression. */
final class MySqlWrappingStatements {

    private static final Set<String> UPKEEP = Set.of("table", "tables", "local", "no_write_to_binlog");
    private static final Set<String> EXPLAINED = Words.of("""
            select with values table insert update delete replace analyze
            """);

    private final StatementReader reader;
    private final MySqlTableStatements tables;

    MySqlWrappingStatements(StatementReader reader, MySqlTableStatements tables) {
        this.reader = reader;
        this.tables = tables;
    }

    /** EXPLAIN plans, and with ANALYZE runs; of a table it tells the columns. */
    StatementEffects readExplain(StatementTokens statement, int depth) {
        statement.next();
        boolean analyze = statement.accept("analyze");
        if (!acceptOptions(statement)) {
            return MySqlTokens.notKnown("EXPLAIN", statement);
        }
        if (statement.is("for", "connection")) {
            return Readings.harmless("EXPLAIN");
        }
        if (!statement.isAny(EXPLAINED) && !statement.peek().isSymbol("(")) {
            return describe(statement);
        }
        if (statement.accept("table")) {
            Optional<TableName> table = statement.acceptTable();
            return table.isPresent() && statement.atEnd()
                    ? Readings.each("EXPLAIN", Verb.SELECT, List.of(table.get()))
                    : MySqlTokens.notKnown("EXPLAIN", statement);
        }
        StatementEffects inner = reader.readInner(statement, depth);
        return analyze ? Readings.around("EXPLAIN ANALYZE", List.of(), inner) : planned(inner);
    }

    /** A plan is made of values, which may be those of subqueries: then SETVAL sets its sequence. */
    private static StatementEffects planned(StatementEffects inner) {
        StatementEffects planned = Readings.plannedOnly("EXPLAIN", inner);
        List<Effect> set = inner instanceof StatementEffects.Understood understood
                ? understood.effects().stream()
                        .filter(effect -> effect.verb() == Verb.ALTER)
                        .toList()
                : List.of();
        return set.isEmpty() ? planned : Readings.around("EXPLAIN", set, planned);
    }

    private static StatementEffects describe(StatementTokens statement) {
        boolean named = statement.acceptTable().isPresent();
        if (!statement.atEnd()) {
            statement.next();
        }
        return named && statement.atEnd() ? Readings.harmless("DESCRIBE") : MySqlTokens.notKnown("DESCRIBE", statement);
    }

    private static boolean acceptOptions(StatementTokens statement) {
        boolean more = true;
        while (more) {
            boolean hasFormat = statement.is("format") && statement.peek(1).isSymbol("=");
            if (hasFormat) {
                statement.next();
                statement.next();
                if (!statement.next().isIdentifier() && !statement.atEnd()) {
                    return !statement.peek().isSymbol("(") || statement.peek(1).is("select");
                }
                if (statement.accept("into")) {
                    statement.next();
                }
            }
            more = hasFormat || statement.accept("extended") || statement.accept("partitions");
        }
        return true;
    }

    /** ANALYZE TABLE counts rows; MariaDB's ANALYZE of a statement runs it. */
    StatementEffects readAnalyze(StatementTokens statement, int depth) {
        Token next = statement.peek(1);
        if (next.kind() == Token.Kind.WORD && UPKEEP.contains(next.text())) {
            return tables.readMaintenance(statement, depth);
        }
        statement.next();
        return acceptOptions(statement)
                ? Readings.around("ANALYZE", List.of(), reader.readInner(statement, depth))
                : MySqlTokens.notKnown("ANALYZE", statement);
    }

    /** What SHOW shows is no row of a table; its condition may compute. */
    StatementEffects readShow(StatementTokens statement, int depth) {
        statement.next();
        List<Token> rest = statement.rest();
        int where = -1;
        for (int i = 0; i < rest.size(); i++) {
            Token token = rest.get(i);
            boolean isCall = token.isSymbol("(")
                    && !(i > 0
                            && (rest.get(i - 1).is("count")
                                    || rest.get(i - 1).is("current_user")
                                    || rest.get(i - 1).is("current_role")));
            if (token.is("where")) {
                where = i;
                break;
            }
            if (isCall || MySqlWords.beginsQuery(token) && !token.is("table")) {
                return MySqlTokens.notKnown("SHOW", statement);
            }
        }
        if (where < 0) {
            return Readings.harmless("SHOW");
        }
        List<Token> query = new ArrayList<>(MySqlTokens.selectOne(rest.get(where)));
        query.addAll(rest.subList(where, rest.size()));
        StatementEffects condition = reader.readQuery(new StatementTokens(statement.sql(), List.copyOf(query)));
        List<Effect> none = List.of();
        return Readings.around("SHOW", none, withoutDual(condition));
    }

    private static StatementEffects withoutDual(StatementEffects reading) {
        return reading instanceof StatementEffects.Understood understood
                ? new StatementEffects.Understood(
                        understood.operation(),
                        understood.effects().stream()
                                .filter(effect -> !effect.table().equals(TableName.of("dual")))
                                .toList(),
                        understood.unknownRoutines(),
                        understood.sessionChanges(),
                        understood.powers())
                : reading;
    }

    /** DO computes and shows nothing. */
    StatementEffects readDo(StatementTokens statement, int depth) {
        statement.next();
        return statement.atEnd()
                ? MySqlTokens.notKnown("DO", statement)
                : Readings.around(
                        "DO",
                        List.of(),
                        reader.readQuery(new StatementTokens(statement.sql(), MySqlTokens.select(statement.rest()))));
    }

    /** A procedure is called with or without parentheses. */
    StatementEffects readCall(StatementTokens statement, int depth) {
        statement.next();
        if (!statement.peek().isIdentifier()) {
            return MySqlTokens.notKnown("CALL", statement);
        }
        List<Token> rest = statement.rest();
        DottedName name = DottedName.at(rest, 0);
        List<Token> arguments = rest.subList(name.end(), rest.size());
        StatementEffects.Understood call =
                (StatementEffects.Understood) Readings.effects("CALL", List.of(), List.of(name.routine()));
        boolean isEmpty = arguments.isEmpty()
                || (arguments.size() == 2
                        && arguments.get(0).isSymbol("(")
                        && arguments.get(1).isSymbol(")"));
        if (isEmpty) {
            return call;
        }
        // No function of the same name is meant, however harmless one is.
        return arguments.get(0).isSymbol("(")
                ? Readings.both(
                        "CALL",
                        call,
                        reader.readQuery(new StatementTokens(statement.sql(), MySqlTokens.select(arguments))))
                : MySqlTokens.notKnown("CALL", statement);
    }
}
