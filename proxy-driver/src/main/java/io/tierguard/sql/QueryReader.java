package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import net.sf.jsqlparser.statement.Statement;

/** Reads statements that query or change rows: by their tree where it is understood, else by their tokens. */
final class QueryReader {

    private static final String HELP = "on ordinary tables it runs; on a protected table write it in a plainer form";

    private static final Set<String> ROW_CHANGES = Set.of("insert", "update", "delete", "merge", "replace", "upsert");

    private final Dialect dialect;
    private final TreeWalker walker;

    QueryReader(Dialect dialect) {
        this.dialect = dialect;
        this.walker = new TreeWalker(dialect);
    }

    StatementEffects read(StatementTokens statement) {
        if (dialect == Dialect.SQLITE) {
            return SqliteStatements.readRows(statement);
        }
        if (dialect.isDocumented()) {
            return DocumentedStatements.readRows(dialect, statement);
        }
        if (dialect.isOfMySqlFamily()) {
            MySqlQuery query = MySqlQuery.of(statement.rest());
            return query.completed(readPlain(new StatementTokens(statement.sql(), query.tokens())));
        }
        Optional<WritesInWith> writes =
                dialect == Dialect.POSTGRESQL ? WritesInWith.in(statement.rest()) : Optional.empty();
        if (writes.isPresent()) {
            return readWrites(statement, writes.get());
        }
        Optional<H2DeltaTables> deltas = dialect == Dialect.H2 ? H2DeltaTables.in(statement.rest()) : Optional.empty();
        return deltas.isPresent() ? readDeltas(statement, deltas.get()) : readWithoutDeltas(statement);
    }

    private StatementEffects readWrites(StatementTokens statement, WritesInWith writes) {
        List<StatementEffects.Understood> parts = new ArrayList<>();
        for (List<Token> change : writes.changes()) {
            StatementEffects read = read(new StatementTokens(statement.sql(), change));
            if (!(read instanceof StatementEffects.Understood part)) {
                return boundLike(read, statement);
            }
            if (!part.sessionChanges().isEmpty()) {
                return bound(statement, change.get(0), "a WITH that changes the session");
            }
            parts.add(part);
        }
        StatementEffects rest = readWithoutDeltas(new StatementTokens(statement.sql(), writes.rest()));
        return rest instanceof StatementEffects.Understood query
                ? Readings.nesting(query, parts)
                : boundLike(rest, statement);
    }

    /** The bound of a whole statement of which a part could not be read exactly. */
    private StatementEffects boundLike(StatementEffects part, StatementTokens statement) {
        List<Token> tokens = statement.rest();
        String operation = firstWord(tokens);
        if (part instanceof StatementEffects.Unreadable unreadable) {
            return new StatementEffects.Unreadable(operation, unreadable.problem());
        }
        return part instanceof StatementEffects.Bounded bounded
                ? TokenBound.of(dialect, tokens, operation, bounded.problem())
                : bound(statement, statement.peek(), "a form of " + operation + " that is not understood");
    }

    private StatementEffects readDeltas(StatementTokens statement, H2DeltaTables deltas) {
        List<StatementEffects.Understood> parts = new ArrayList<>();
        for (List<Token> change : deltas.changes()) {
            if (read(new StatementTokens(statement.sql(), change)) instanceof StatementEffects.Understood part) {
                parts.add(part);
            }
        }
        StatementEffects rest = readWithoutDeltas(new StatementTokens(statement.sql(), deltas.rest()));
        return parts.size() == deltas.changes().size() && rest instanceof StatementEffects.Understood query
                ? Readings.nesting(query, parts)
                : bound(
                        statement,
                        statement.peek(),
                        "a form of " + firstWord(statement.rest()) + " that is not understood");
    }

    private StatementEffects readWithoutDeltas(StatementTokens whole) {
        StatementTokens statement = dialect == Dialect.H2
                ? new StatementTokens(whole.sql(), H2PlainStatements.withoutHead(whole.rest()))
                : whole;
        Optional<List<Token>> merge = dialect == Dialect.H2 ? H2MergeKey.asInsert(statement.rest()) : Optional.empty();
        if (merge.isPresent()) {
            StatementEffects insert = readPlain(new StatementTokens(statement.sql(), merge.get()));
            return insert instanceof StatementEffects.Understood
                    ? H2MergeKey.alsoUpdating(insert)
                    : bound(statement, statement.peek(), "a form of MERGE that is not understood");
        }
        Optional<IdleMerge> idle = dialect == Dialect.POSTGRESQL ? IdleMerge.in(statement.rest()) : Optional.empty();
        if (idle.isPresent()) {
            StatementEffects query =
                    readPlain(new StatementTokens(statement.sql(), idle.get().query()));
            if (query instanceof StatementEffects.Understood understood) {
                return idle.get().reading(understood);
            }
        }
        Optional<Integer> temporary = TemporaryWords.afterInto(dialect, statement.rest());
        if (temporary.isPresent()) {
            List<Token> tokens = statement.rest();
            List<Token> plain = TemporaryWords.without(tokens, temporary.get());
            return TemporaryWords.reading(
                    tokens, temporary.get(), readPlain(new StatementTokens(statement.sql(), plain)));
        }
        return readPlain(statement);
    }

    private StatementEffects readPlain(StatementTokens statement) {
        List<Token> tokens = statement.rest();
        String operation = firstWord(tokens);
        for (Token token : tokens) {
            if (token.isSymbol(";")) {
                Problem problem =
                        Places.problemAt(statement.sql(), token.start(), "a semicolon inside parentheses", "");
                return new StatementEffects.Unreadable(operation, problem);
            }
        }
        if (NameCollisions.areIn(dialect, statement.sql(), tokens)) {
            return bound(statement, tokens.get(0), "names that differ only in letter case");
        }
        CanonicalText canonical = CanonicalWriter.write(dialect, tokens);
        StatementEffects reading = readAs(statement, canonical, operation);
        if (dialect == Dialect.POSTGRESQL && !(reading instanceof StatementEffects.Understood)) {
            StatementEffects second = readAs(statement, CanonicalWriter.writeNames(tokens), operation);
            return second instanceof StatementEffects.Understood ? second : reading;
        }
        if (dialect == Dialect.H2 && !(reading instanceof StatementEffects.Understood)) {
            CanonicalText plain = CanonicalWriter.write(dialect, H2PlainStatements.of(tokens));
            StatementEffects second = readAs(statement, plain, operation);
            return second instanceof StatementEffects.Understood ? second : reading;
        }
        if (dialect.isOfMySqlFamily() && !(reading instanceof StatementEffects.Understood)) {
            CanonicalText merged = CanonicalWriter.write(MySqlPlainForm.withoutComparisons(tokens));
            StatementEffects second = readAs(statement, merged, operation);
            return second instanceof StatementEffects.Understood ? second : reading;
        }
        return reading;
    }

    private StatementEffects readAs(StatementTokens statement, CanonicalText canonical, String operation) {
        if (canonical.size() > StructureParser.MAX_TOKENS) {
            return bound(
                    statement,
                    statement.peek(),
                    "more than " + StructureParser.MAX_TOKENS + " words and signs in one statement");
        }
        Optional<Statement> tree = StructureParser.parse(canonical);
        return tree.isEmpty()
                ? bound(statement, statement.peek(), "a form of " + operation + " that is not understood")
                : readTree(statement, tree.get(), canonical);
    }

    private StatementEffects readTree(StatementTokens statement, Statement tree, Names names) {
        List<Token> tokens = statement.rest();
        TreeReading reading;
        try {
            reading = walker.read(tree, names);
        } catch (StackOverflowError | LinkageError tooDeep) {
            reading = new TreeReading.NotUnderstood("a tree that is too deep");
        }
        if (reading instanceof TreeReading.Read read) {
            Optional<Token> unexplained = TokenWitness.unexplained(dialect, tokens, read.effects());
            return unexplained.isPresent()
                    ? bound(
                            statement,
                            unexplained.get(),
                            "the word " + upper(unexplained.get()) + " that is not understood")
                    : understood(read, tokens);
        }
        String what = ((TreeReading.NotUnderstood) reading).what();
        return bound(statement, tokens.get(0), what + " that is not understood");
    }

    private StatementEffects understood(TreeReading.Read read, List<Token> tokens) {
        List<RoutineCall> routines = read.unknownRoutines();
        List<SessionChange> changes = List.of();
        Set<Effect> effects = new LinkedHashSet<>(read.effects());
        Optional<List<Effect>> set = MySqlSequences.set(dialect, tokens);
        if (set.isPresent()) {
            effects.addAll(set.get());
            routines = without(routines, MySqlSequences::isSetval);
        }
        if (dialect == Dialect.POSTGRESQL) {
            SetConfigCalls calls = SetConfigCalls.in(tokens);
            if (calls.areLiteral()) {
                changes = calls.changes();
                routines = without(routines, SetConfigCalls::isSetConfig);
            }
            Optional<List<Effect>> moved = SetvalCalls.in(tokens);
            if (moved.isPresent() && routines.stream().anyMatch(SetvalCalls::isSetval)) {
                effects.addAll(moved.get());
                routines = without(routines, SetvalCalls::isSetval);
            }
        }
        return new StatementEffects.Understood(
                read.operation(),
                List.copyOf(effects),
                routines,
                changes,
                Set.of(),
                nestsWrites(tokens),
                Optional.empty(),
                List.of());
    }

    /** Whether a change of rows may begin inside parentheses, as it does in WITH. */
    private static boolean nestsWrites(List<Token> tokens) {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean begins = i > 0
                    && (tokens.get(i - 1).isSymbol("(") || tokens.get(i - 1).isSymbol(")"));
            if (depth > 0 && begins && token.kind() == Token.Kind.WORD && ROW_CHANGES.contains(token.text())) {
                return true;
            }
        }
        return false;
    }

    private static List<RoutineCall> without(List<RoutineCall> routines, Predicate<RoutineCall> known) {
        return routines.stream().filter(known.negate()).toList();
    }

    /** The bound by tokens of a statement that is not understood. */
    private StatementEffects bound(StatementTokens statement, Token at, String what) {
        List<Token> tokens = statement.rest();
        Problem problem = Places.problemAt(statement.sql(), at.start(), what, HELP);
        return TokenBound.of(dialect, tokens, firstWord(tokens), problem);
    }

    static String firstWord(List<Token> tokens) {
        for (Token token : tokens) {
            if (token.kind() == Token.Kind.WORD) {
                return upper(token);
            }
        }
        return "SELECT";
    }

    private static String upper(Token token) {
        return token.text().toUpperCase(Locale.ROOT);
    }
}
