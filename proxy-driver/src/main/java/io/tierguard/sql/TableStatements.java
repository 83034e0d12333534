package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads statements that do one thing to the tables they list. */
final class TableStatements {

    private static final Set<String> OPTIONS =
            Set.of("full", "freeze", "verbose", "analyze", "analyse", "table", "index", "concurrently");

    /** What goes through every table where none is named, and does to each what it does to one that is. */
    private static final Set<String> OF_ALL = Set.of("ANALYZE", "ANALYSE", "VACUUM");

    /** What REINDEX goes through with all that is in it. */
    private static final Set<String> OF_MANY = Set.of("database", "schema", "system");

    /** What holds rows or numbers, or belongs to what does, and has a name as tables have. */
    private static final Set<String> COMMENTED_RELATIONS = Set.of("table", "view", "index", "sequence");

    /** What belongs to a table and has a name of its own. */
    private static final Set<String> COMMENTED_PARTS = Set.of("constraint", "trigger", "rule", "policy");

    private TableStatements() {}

    static StatementEffects readTruncate(StatementTokens statement, int depth) {
        statement.next();
        statement.accept("table");
        List<TableName> tables = statement.acceptTables();
        boolean restarts = statement.accept("restart", "identity");
        if (!restarts) {
            statement.accept("continue", "identity");
        }
        boolean cascades = statement.accept("cascade");
        if (!cascades) {
            statement.accept("restrict");
        }
        if (tables.isEmpty() || !statement.atEnd()) {
            return notKnown("TRUNCATE", statement);
        }
        List<Effect> effects = new ArrayList<>();
        List<Sweep> sweeps = new ArrayList<>();
        for (TableName table : tables) {
            effects.add(Effect.of(Verb.TRUNCATE, table));
            if (restarts) {
                effects.add(Effect.of(Verb.ALTER, table).reaching(Reach.NUMBERS));
            }
            if (cascades) {
                sweeps.add(new Sweep.Truncated(table, restarts));
            }
        }
        return Readings.sweeping("TRUNCATE", effects, sweeps, Set.of());
    }

    static StatementEffects readLock(StatementTokens statement, int depth) {
        statement.next();
        statement.accept("table");
        List<TableName> tables = statement.acceptTables();
        return tables.isEmpty() ? notKnown("LOCK", statement) : Readings.each("LOCK", Verb.SELECT, tables);
    }

    static StatementEffects readRefresh(StatementTokens statement, int depth) {
        statement.next();
        boolean view = statement.accept("materialized", "view");
        statement.accept("concurrently");
        Optional<TableName> table = statement.acceptTable();
        if (!view || table.isEmpty()) {
            return notKnown("REFRESH", statement);
        }
        List<Effect> effects = List.of(Effect.of(Verb.UPDATE, table.get(), List.of(), true));
        return Readings.effects("REFRESH MATERIALIZED VIEW", effects, List.of());
    }

    /**
     * VACUUM, ANALYZE and their like change no row, so any right on the table does, or on all tables where none is named; of other
     * upkeep the whole database needs a power.
     */
    static StatementEffects readMaintenance(StatementTokens statement, int depth) {
        String operation = statement.next().text().toUpperCase(Locale.ROOT);
        statement.acceptGroup();
        if (operation.equals("REINDEX") && statement.isAny(OF_MANY)) {
            return Readings.power(operation, Power.ADMINISTER, List.of());
        }
        boolean more = true;
        while (more) {
            more = statement.acceptAny(OPTIONS);
        }
        List<TableName> tables = new ArrayList<>();
        boolean isSize = statement.is("sample_size") && statement.peek(1).kind() == Token.Kind.NUMBER;
        do {
            Optional<TableName> table = isSize ? Optional.empty() : acceptKept(statement);
            table.ifPresent(tables::add);
            statement.acceptGroup();
        } while (statement.acceptSymbol(","));
        boolean understood = statement.atEnd() || statement.is("using") || statement.is("sample_size");
        if (tables.isEmpty() && understood && OF_ALL.contains(operation)) {
            return Readings.sweeping(operation, List.of(), List.of(new Sweep.Everywhere(Verb.SELECT)), Set.of());
        }
        return tables.isEmpty() || !understood
                ? Readings.power(operation, Power.ADMINISTER, List.of())
                : Readings.each(operation, Verb.SELECT, tables);
    }

    /** Reads the name of a table to keep up, of PostgreSQL alone or with its parts. */
    private static Optional<TableName> acceptKept(StatementTokens statement) {
        boolean inParentheses = statement.is("only") && statement.peek(1).isSymbol("(");
        if (inParentheses || (statement.is("only") && statement.peek(1).isIdentifier())) {
            statement.next();
        }
        if (inParentheses) {
            statement.next();
        }
        Optional<TableName> table = statement.acceptTable();
        if (inParentheses && !statement.acceptSymbol(")")) {
            return Optional.empty();
        }
        statement.acceptSymbol("*");
        return table;
    }

    static StatementEffects readComment(Dialect dialect, StatementTokens statement) {
        statement.next();
        if (!statement.accept("on") || !isOfLiteral(statement.rest())) {
            return notKnown("COMMENT", statement);
        }
        boolean isRelation = statement.accept("materialized", "view")
                || statement.accept("foreign", "table")
                || statement.acceptAny(COMMENTED_RELATIONS);
        if (isRelation) {
            return extend(statement.acceptTable(), statement);
        }
        if (statement.accept("column") && statement.peek().isIdentifier()) {
            List<String> parts = DottedName.at(statement.rest(), 0).parts();
            return parts.size() < 2
                    ? notKnown("COMMENT", statement)
                    : extend(Optional.of(new DottedName(parts.subList(0, parts.size() - 1), 0).table()), statement);
        }
        return statement.acceptAny(COMMENTED_PARTS) ? readCommentOnPart(dialect, statement) : harmlessComment();
    }

    /** A part of a table: PostgreSQL names the table too, H2 only the part, which the schema then leads to its table. */
    private static StatementEffects readCommentOnPart(Dialect dialect, StatementTokens statement) {
        Optional<TableName> part = statement.acceptTable();
        if (dialect == Dialect.H2) {
            return extend(part, statement);
        }
        if (part.isEmpty() || !statement.accept("on")) {
            return notKnown("COMMENT", statement);
        }
        boolean isOfDomain = statement.is("domain")
                && !statement.peek(1).is("is")
                && !statement.peek(1).isSymbol(".");
        return isOfDomain ? harmlessComment() : extend(statement.acceptTable(), statement);
    }

    private static StatementEffects harmlessComment() {
        return Readings.harmless("COMMENT");
    }

    /** Whether the comment is a literal or NULL: H2 evaluates any expression there. */
    private static boolean isOfLiteral(List<Token> tokens) {
        int is = 0;
        while (is < tokens.size() && !tokens.get(is).is("is")) {
            is++;
        }
        if (is + 2 == tokens.size() && tokens.get(is + 1).is("null")) {
            return true;
        }
        for (int i = is + 1; i < tokens.size(); i++) {
            Token.Kind kind = tokens.get(i).kind();
            if (kind != Token.Kind.STRING && kind != Token.Kind.ESCAPED_STRING) {
                return false;
            }
        }
        return is + 1 < tokens.size();
    }

    private static StatementEffects extend(Optional<TableName> table, StatementTokens statement) {
        return table.isEmpty()
                ? notKnown("COMMENT", statement)
                : Readings.each("COMMENT", Verb.EXTEND, List.of(table.get()));
    }

    private static StatementEffects notKnown(String operation, StatementTokens statement) {
        return Readings.unreadable(operation, statement, "a form of " + operation + " that is not known", "");
    }
}
