package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads statements that hold another statement: EXPLAIN, DECLARE CURSOR, COPY, CALL. */
final class WrappingStatements {

    private static final Set<String> ANALYZE = Set.of("analyze", "analyse");
    private static final Set<String> QUERY_HEADS = Set.of("select", "with", "values", "table");

    private final Dialect dialect;
    private final StatementReader reader;

    WrappingStatements(Dialect dialect, StatementReader reader) {
        this.dialect = dialect;
        this.reader = reader;
    }

    StatementEffects readExplain(StatementTokens statement, int depth) {
        statement.next();
        boolean analyze = false;
        if (hasOptions(statement)) {
            List<Token> rest = statement.rest();
            statement.acceptGroup();
            analyze = isRunBy(rest.subList(1, rest.size() - statement.rest().size()));
        } else {
            boolean more = true;
            while (more) {
                boolean found = statement.acceptAny(ANALYZE);
                analyze |= found;
                more = found
                        || statement.accept("verbose")
                        || statement.accept("plan", "for")
                        || (dialect == Dialect.H2 && statement.accept("plan"));
            }
        }
        StatementEffects inner = reader.readInner(statement, depth);
        return analyze ? Readings.around("EXPLAIN ANALYZE", List.of(), inner) : Readings.plannedOnly("EXPLAIN", inner);
    }

    /** Whether options, with the parenthesis that closes them, may make EXPLAIN run its statement: ANALYZE that is not off. */
    private static boolean isRunBy(List<Token> options) {
        for (int i = 0; i < options.size(); i++) {
            Token option = options.get(i);
            boolean named = option.kind() == Token.Kind.NAME && !(i > 0 && isOff(option));
            boolean analyze = named || (option.kind() == Token.Kind.WORD && ANALYZE.contains(option.text()));
            boolean off = i + 2 < options.size()
                    && isOff(options.get(i + 1))
                    && (options.get(i + 2).isSymbol(",") || options.get(i + 2).isSymbol(")"));
            if (analyze && !off) {
                return true;
            }
        }
        return false;
    }

    /** What PostgreSQL takes for a value that is off, in whatever quotes and case; of numbers 0 alone. */
    private static boolean isOff(Token value) {
        return switch (value.kind()) {
            case WORD, NAME, STRING ->
                value.text().equalsIgnoreCase("off") || value.text().equalsIgnoreCase("false");
            case NUMBER -> value.text().equals("0");
            case ESCAPED_STRING, BINARY, PARAMETER, SYMBOL -> false;
        };
    }

    private boolean hasOptions(StatementTokens statement) {
        Token inside = statement.peek(1);
        return dialect == Dialect.POSTGRESQL
                && statement.peek().isSymbol("(")
                && inside.isIdentifier()
                && !(inside.kind() == Token.Kind.WORD && QUERY_HEADS.contains(inside.text()));
    }

    StatementEffects readDeclare(StatementTokens statement, int depth) {
        statement.next();
        statement.next();
        boolean head = true;
        while (head) {
            Token token = statement.next();
            head = !statement.atEnd() && !token.is("for");
        }
        StatementEffects inner = reader.readInner(statement, depth);
        boolean setsLater = inner instanceof StatementEffects.Understood understood
                && !understood.sessionChanges().isEmpty();
        return setsLater
                ? Readings.unreadable(
                        "DECLARE", statement, "a cursor's query sets what it sets when its rows are fetched", "use SET")
                : Readings.around("DECLARE", List.of(), inner);
    }

    /** A called routine is what it would be in a query, and so is everything in its arguments. */
    StatementEffects readCall(StatementTokens statement, int depth) {
        Token call = statement.next();
        if (statement.peek().isIdentifier()) {
            DottedName name = DottedName.at(statement.rest(), 0);
            // H2 reads the name of a column or constant there, which is no call.
            if (name.end() == statement.rest().size() && dialect == Dialect.POSTGRESQL) {
                return Readings.effects("CALL", List.of(), unlessHarmless(name.routine()));
            }
        }
        List<Token> query = new ArrayList<>();
        query.add(new Token(Token.Kind.WORD, "select", call.start(), call.end()));
        query.addAll(statement.rest());
        return Readings.around(
                "CALL", List.of(), reader.readQuery(new StatementTokens(statement.sql(), List.copyOf(query))));
    }

    private List<RoutineCall> unlessHarmless(RoutineCall call) {
        return HarmlessRoutines.isHarmless(dialect, call) ? List.of() : List.of(call);
    }

    StatementEffects readCopy(StatementTokens statement, int depth) {
        statement.next();
        if (statement.peek().isSymbol("(")) {
            List<Token> rest = statement.rest();
            statement.acceptGroup();
            List<Token> inner = rest.subList(1, rest.size() - statement.rest().size() - 1);
            if (inner.isEmpty() || !statement.accept("to")) {
                return notKnown(statement);
            }
            StatementEffects effects = reader.readInner(new StatementTokens(statement.sql(), inner), depth);
            return withPower(Readings.around("COPY", List.of(), effects), isOnTheServer(statement));
        }
        statement.accept("binary");
        Optional<TableName> table = statement.acceptTable();
        boolean columns = statement.peek().isSymbol("(");
        if (table.isEmpty() || (columns && !statement.acceptGroup())) {
            return notKnown(statement);
        }
        Verb verb = statement.is("from") ? Verb.INSERT : Verb.SELECT;
        if (!statement.accept("from") && !statement.accept("to")) {
            return notKnown(statement);
        }
        boolean onTheServer = isOnTheServer(statement);
        List<RoutineCall> filter =
                statement.holds(Set.of("where")) ? CalledRoutines.in(dialect, statement.rest()) : List.of();
        return withPower(Readings.effects("COPY", List.of(Effect.of(verb, table.get())), filter), onTheServer);
    }

    private static boolean isOnTheServer(StatementTokens statement) {
        return !statement.accept("stdin") && !statement.accept("stdout");
    }

    private static StatementEffects withPower(StatementEffects effects, boolean administers) {
        if (!administers || !(effects instanceof StatementEffects.Understood understood)) {
            return administers && effects instanceof StatementEffects.Bounded bounded
                    ? new StatementEffects.Unreadable("COPY", bounded.problem())
                    : effects;
        }
        Set<Power> powers = EnumSet.of(Power.ADMINISTER);
        powers.addAll(understood.powers());
        return new StatementEffects.Understood(
                "COPY", understood.effects(), understood.unknownRoutines(), understood.sessionChanges(), powers);
    }

    private static StatementEffects notKnown(StatementTokens statement) {
        return Readings.unreadable("COPY", statement, "a form of COPY that is not known", "");
    }
}
