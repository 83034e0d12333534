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

/** Reads DROP. */
final class DropStatements {

    private static final Set<String> RELATIONS = Set.of("table", "view", "index", "sequence");

    /** Objects that hold code. */
    static final Set<String> CODE = Set.of(
            "function",
            "procedure",
            "routine",
            "aggregate",
            "trigger",
            "rule",
            "event",
            "alias",
            "operator",
            "cast",
            "transform",
            "policy");

    private DropStatements() {}

    static StatementEffects read(Dialect dialect, StatementTokens statement) {
        statement.next();
        boolean prefixed =
                statement.accept("materialized") || statement.accept("foreign") || statement.accept("global");
        String kind = statement.peek().text();
        String operation = "DROP " + kind.toUpperCase(Locale.ROOT);
        if ((prefixed && !statement.is("table") && !statement.is("view"))
                || statement.peek().kind() != Token.Kind.WORD) {
            return Readings.power("DROP", Power.ADMINISTER, List.of());
        }
        if (WholesaleStatements.drops(statement)) {
            return WholesaleStatements.readDrop(operation, statement);
        }
        if (statement.acceptAny(RELATIONS)) {
            return readRelations(dialect, operation, statement);
        }
        // Columns of a domain that H2 drops become columns of its type, with its default and constraints.
        boolean keepsColumns = dialect == Dialect.H2 && statement.is("domain");
        List<Sweep> losses = keepsColumns ? List.of() : DroppedObjects.losses(statement);
        StatementEffects reading = statement.isAny(CODE)
                ? readCode(dialect, operation, statement)
                : Readings.power(operation, Power.ADMINISTER, List.of());
        return Readings.sweeping(reading, losses);
    }

    private static StatementEffects readCode(Dialect dialect, String operation, StatementTokens statement) {
        List<Effect> ofTable = dialect == Dialect.H2 ? trigger(statement) : tableOfTrigger(statement);
        boolean isKnown = !ofTable.isEmpty() || !statement.is("trigger");
        return Readings.code(operation, ofTable, isKnown ? Optional.of(DefinedCode.NONE) : Optional.empty());
    }

    /** A change of a trigger that does not say which table it is of: the schema leads from its name to the table. */
    static List<Effect> trigger(StatementTokens statement) {
        StatementTokens rest = new StatementTokens(statement.sql(), statement.rest());
        if (!rest.accept("trigger")) {
            return List.of();
        }
        boolean ifThere = rest.accept("if", "exists");
        Optional<TableName> trigger = rest.acceptTable();
        return trigger.isPresent() && rest.atEnd()
                ? List.of(Effect.of(Verb.ALTER, trigger.get()).reaching(ifThere ? Reach.IF_THERE : Reach.TABLE))
                : List.of();
    }

    private static StatementEffects readRelations(Dialect dialect, String operation, StatementTokens statement) {
        statement.accept("concurrently");
        boolean ifThere = statement.accept("if", "exists");
        List<TableName> tables = statement.acceptTables();
        ifThere |= statement.accept("if", "exists");
        boolean cascades = statement.accept("cascade", "constraints") || statement.accept("cascade");
        if (!cascades) {
            statement.accept("restrict");
        }
        if (dialect == Dialect.H2 && operation.equals("DROP INDEX") && statement.accept("on")) {
            statement.acceptTable(); // which it takes no heed of
        }
        if (tables.isEmpty() || !statement.atEnd()) {
            return Readings.unreadable(operation, statement, "a form of " + operation + " that is not known", "");
        }
        Reach reach = ifThere ? Reach.IF_THERE : Reach.TABLE;
        List<Effect> effects = tables.stream()
                .map(table -> Effect.of(Verb.DROP, table).reaching(reach))
                .toList();
        StatementEffects reading = Readings.effects(operation, effects, List.of());
        List<Sweep> losses = new ArrayList<>();
        if (cascades && operation.equals("DROP INDEX")) {
            // What goes with a table or view the schema tells of by itself.
            tables.forEach(table -> losses.add(new Sweep.Cut(table, Set.of())));
        }
        return Readings.sweeping(reading, losses);
    }

    /** A trigger, rule or policy belongs to a table, which it changes. */
    static List<Effect> tableOfTrigger(StatementTokens statement) {
        List<Token> tokens = statement.rest();
        boolean ofTable = statement.is("trigger")
                || statement.is("rule")
                || statement.is("policy")
                || statement.is("constraint", "trigger");
        String word = statement.is("rule") && hasWord(tokens, "to") ? "to" : "on";
        for (int i = 0; ofTable && i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is(word) && tokens.get(i + 1).isIdentifier()) {
                return List.of(
                        Effect.of(Verb.ALTER, DottedName.at(tokens, i + 1).table()));
            }
        }
        return List.of();
    }

    private static boolean hasWord(List<Token> tokens, String word) {
        for (Token token : tokens) {
            if (token.is(word)) {
                return true;
            }
        }
        return false;
    }
}
