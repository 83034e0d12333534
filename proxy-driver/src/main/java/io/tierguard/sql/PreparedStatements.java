package io.tierguard.sql;

import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads PostgreSQL's statements that are prepared, run and forgotten by a name. */
final class PreparedStatements {
    private static final Set<String> HEADS =
            Set.of("select", "with", "values", "table", "insert", "update", "delete", "merge");

    private final StatementReader reader;

    PreparedStatements(StatementReader reader) {
        this.reader = reader;
    }

    StatementEffects readPrepare(StatementTokens statement, int depth) {
        statement.next();
        if (statement.is("transaction") && statement.peek(1).kind() == Token.Kind.STRING) {
            return Readings.changing(
                    Readings.power("PREPARE TRANSACTION", Power.ADMINISTER, List.of()),
                    new SessionChange.TransactionEnd());
        }
        Optional<String> name = acceptName(statement);
        if (name.isEmpty()) {
            return noName("PREPARE", statement);
        }
        boolean hasTypes = statement.peek().isSymbol("(");
        if ((hasTypes && !statement.acceptGroup()) || !statement.accept("as") || !isPreparable(statement)) {
            return Readings.unreadable("PREPARE", statement, "a form of PREPARE that is not known", "");
        }
        StatementEffects inner = reader.readInner(statement, depth);
        if (inner instanceof StatementEffects.Unreadable || inner instanceof StatementEffects.Executed) {
            return Readings.around("PREPARE", List.of(), inner);
        }
        SessionChange change = new SessionChange.Prepared(name.get(), inner, Mentions.of(statement.all()));
        // What it changes in the session it changes when it runs.
        return inner instanceof StatementEffects.Understood understood
                ? new StatementEffects.Understood(
                        "PREPARE",
                        understood.effects(),
                        understood.unknownRoutines(),
                        List.of(change),
                        understood.powers())
                : Readings.change("PREPARE", change);
    }

    private static boolean isPreparable(StatementTokens statement) {
        return statement.isAny(HEADS) || statement.peek().isSymbol("(");
    }

    /** Arguments are computed even where the statement is only explained. */
    StatementEffects readExecute(StatementTokens statement, int depth) {
        statement.next();
        Optional<String> name = acceptName(statement);
        if (name.isEmpty()) {
            return noName("EXECUTE", statement);
        }
        StatementEffects arguments = Readings.harmless("EXECUTE");
        if (statement.peek().isSymbol("(")) {
            List<Token> rest = statement.rest();
            statement.acceptGroup();
            List<Token> query = new ArrayList<>();
            Token open = rest.get(0);
            query.add(new Token(Token.Kind.WORD, "select", open.start(), open.end()));
            query.addAll(rest.subList(0, rest.size() - statement.rest().size()));
            arguments = Readings.around(
                    "EXECUTE", List.of(), reader.readQuery(new StatementTokens(statement.sql(), List.copyOf(query))));
        }
        if (!statement.atEnd() || !(arguments instanceof StatementEffects.Understood understood)) {
            return Readings.unreadable("EXECUTE", statement, "a form of EXECUTE that is not known", "");
        }
        return new StatementEffects.Executed("EXECUTE", name.get(), understood, false);
    }

    StatementEffects readDeallocate(StatementTokens statement, int depth) {
        statement.next();
        if (statement.peek(1).isIdentifier()) {
            statement.accept("prepare");
        }
        if (statement.is("all") && statement.rest().size() == 1) {
            return Readings.change("DEALLOCATE", new SessionChange.AllDeallocated());
        }
        Optional<String> name = acceptName(statement);
        // A name that cannot be told is one that nothing is known of anyhow.
        return name.isPresent() && statement.atEnd()
                ? Readings.change("DEALLOCATE", new SessionChange.Deallocated(name.get()))
                : Readings.harmless("DEALLOCATE");
    }

    /** The name as the server keeps it, which tells upper from lower case; empty where it cannot be told. */
    private static Optional<String> acceptName(StatementTokens statement) {
        Token name = statement.next();
        boolean isPlain = name.kind() == Token.Kind.NAME
                || (name.kind() == Token.Kind.WORD && name.text().chars().allMatch(c -> c < 128));
        boolean isKept = isPlain && !name.text().isEmpty() && !isOfDriver(name.text());
        return isKept
                ? Optional.of(TableName.cut(
                        name.text(), Dialect.POSTGRESQL.longestName().orElseThrow()))
                : Optional.empty();
    }

    /** The driver runs what it has prepared itself by such names: S_1. */
    private static boolean isOfDriver(String name) {
        return name.startsWith("S_") && name.chars().skip(2).allMatch(Character::isDigit);
    }

    private static StatementEffects noName(String operation, StatementTokens statement) {
        return Readings.unreadable(
                operation,
                statement,
                "a name of which nobody can tell what it stands for",
                "use another name, or a JDBC PreparedStatement");
    }
}
