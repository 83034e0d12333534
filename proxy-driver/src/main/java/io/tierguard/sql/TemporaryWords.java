package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells from the words of a statement that makes a table whether only its session has it. */
final class TemporaryWords {
    private static final String SCHEMA = "pg_temp";
    private static final String SQLITE_SCHEMA = "temp";
    private static final Set<String> BEFORE_TABLE = Set.of("temporary", "temp", "local", "global", "unlogged", "table");

    private TemporaryWords() {}

    /**
     * Whether CREATE TABLE makes a table of the session alone. H2 shares its temporary tables but for LOCAL ones.
     *
     * @param modifiers the words between CREATE and TABLE
     */
    static boolean areOfSession(Dialect dialect, Set<String> modifiers, TableName table) {
        boolean temporary = modifiers.contains("temp") || modifiers.contains("temporary");
        return switch (dialect) {
            case ANSI, ORACLE, SQLSERVER -> false;
            case H2 -> temporary && modifiers.contains("local") && !table.isQualified();
            case POSTGRESQL -> table.isQualified() ? table.schema().equals(SCHEMA) : temporary;
            case MYSQL, MARIADB -> temporary && !table.isQualified();
            case SQLITE -> temporary || isOfSqliteSession(table);
        };
    }

    /** Whether a name says that it is one of the database that each session of SQLite has for itself. */
    static boolean isOfSqliteSession(TableName table) {
        return table.schema().equals(SQLITE_SCHEMA);
    }

    /** The place of {@code TEMP} behind the INTO of PostgreSQL's SELECT INTO; empty where none stands there. */
    static Optional<Integer> afterInto(Dialect dialect, List<Token> tokens) {
        int depth = 0;
        for (int i = 0; dialect == Dialect.POSTGRESQL && i + 2 < tokens.size(); i++) {
            depth += tokens.get(i).isSymbol("(") ? 1 : tokens.get(i).isSymbol(")") ? -1 : 0;
            boolean isInto = depth == 0
                    && tokens.get(i).is("into")
                    && (i == 0
                            || !(tokens.get(i - 1).is("insert")
                                    || tokens.get(i - 1).is("merge")))
                    && isWordBeforeTable(tokens, i + 1);
            if (isInto) {
                return Optional.of(i + 1);
            }
        }
        return Optional.empty();
    }

    /** The tokens without the words between INTO and the table's name. */
    static List<Token> without(List<Token> tokens, int start) {
        List<Token> plain = new ArrayList<>(tokens.subList(0, start));
        plain.addAll(tokens.subList(end(tokens, start), tokens.size()));
        return plain;
    }

    /** The reading of a SELECT INTO whose words before the table's name were left out. */
    static StatementEffects reading(List<Token> tokens, int start, StatementEffects plain) {
        boolean temporary = tokens.subList(start, end(tokens, start)).stream()
                .anyMatch(token -> token.is("temporary") || token.is("temp"));
        TableName table = DottedName.at(tokens, end(tokens, start)).table();
        boolean isOfSession =
                temporary && (!table.isQualified() || table.schema().equals(SCHEMA));
        if (!isOfSession || !(plain instanceof StatementEffects.Understood understood)) {
            return plain;
        }
        Effect creates = Effect.of(Verb.CREATE, table);
        Effect fills = Effect.of(Verb.INSERT, table);
        List<Effect> others = understood.effects().stream()
                .filter(effect -> !effect.equals(creates) && !effect.equals(fills))
                .toList();
        if (others.size() + 2 != understood.effects().size()) {
            return plain;
        }
        return Readings.changing(
                new StatementEffects.Understood(
                        understood.operation(),
                        others,
                        understood.unknownRoutines(),
                        understood.sessionChanges(),
                        understood.powers()),
                new SessionChange.TemporaryTable(table, true, true));
    }

    private static int end(List<Token> tokens, int start) {
        int end = start;
        while (isWordBeforeTable(tokens, end)) {
            end++;
        }
        return end;
    }

    /** Whether the word stands before a table's name and is not itself the name. */
    private static boolean isWordBeforeTable(List<Token> tokens, int index) {
        return index + 1 < tokens.size()
                && tokens.get(index).kind() == Token.Kind.WORD
                && BEFORE_TABLE.contains(tokens.get(index).text())
                && tokens.get(index + 1).isIdentifier()
                && !tokens.get(index + 1).is("from");
    }
}
