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

/** Reads ALTER. */
final class AlterStatements {

    private static final Set<String> RELATIONS = Set.of("table", "view", "index", "sequence");
    private static final Set<String> ACTIONS = Set.of(
            "add", "drop", "alter", "rename", "set", "reset", "validate", "owner", "restart", "increment", "cluster");
    private static final Set<String> SEQUENCE_OPTIONS =
            Set.of("as", "start", "minvalue", "maxvalue", "no", "cache", "cycle", "owned");
    private static final Set<String> CONSTRAINT =
            Set.of("constraint", "check", "unique", "primary", "foreign", "exclude");
    private static final Set<String> OTHER_THAN_A_COLUMN = Set.of("key", "index", "fulltext");
    private static final Set<String> OTHER_THAN_A_COLUMN_IS_DROPPED = Set.of("constraint", "primary");
    private static final Set<String> REACHES_OUT = Set.of(
            "inherit",
            "inherits",
            "attach",
            "detach",
            "partition",
            "of",
            "exchange",
            "trigger",
            "rule",
            "security",
            "replica",
            "referential_integrity");

    private final Dialect dialect;

    AlterStatements(Dialect dialect) {
        this.dialect = dialect;
    }

    StatementEffects read(StatementTokens statement, int depth) {
        statement.next();
        statement.accept("materialized");
        statement.accept("foreign");
        String operation = "ALTER " + statement.peek().text().toUpperCase(Locale.ROOT);
        if (statement.peek().kind() != Token.Kind.WORD) {
            return notKnown(operation, statement);
        }
        if (statement.is("schema")) {
            return WholesaleStatements.readAlterSchema(statement);
        }
        if (statement.is("extension")) {
            return readExtension(operation, statement);
        }
        if (statement.isAny(DropStatements.CODE)) {
            List<Effect> ofTable = DropStatements.tableOfTrigger(statement);
            if (AlteredCode.runsAsBefore(dialect, statement)) {
                return Readings.code(operation, ofTable, Optional.of(DefinedCode.NONE));
            }
            return statement.is("policy")
                    ? Readings.code(operation, ofTable, CodeDefinitions.read(dialect, statement))
                    : Readings.power(operation, Power.DEFINE, ofTable);
        }
        if (statement.is("domain")) {
            return Definitions.ofDatabase(dialect, statement, operation);
        }
        if (statement.is("type") && Enumerations.areLengthened(dialect, statement)) {
            return Readings.harmless(operation);
        }
        boolean isSequence = statement.is("sequence");
        if (dialect == Dialect.POSTGRESQL && statement.peek(1).is("all") && isMoveOfTablespace(statement.rest())) {
            return Readings.sweeping(operation, List.of(), List.of(new Sweep.Everywhere(Verb.ALTER)), Set.of());
        }
        return statement.acceptAny(RELATIONS)
                ? readRelation(operation, statement, isSequence)
                : Readings.power(operation, Power.ADMINISTER, List.of());
    }

    /** A table that belongs to an extension is dropped with it. */
    private static StatementEffects readExtension(String operation, StatementTokens statement) {
        statement.next();
        statement.acceptTable();
        List<Effect> effects = new ArrayList<>();
        if (statement.accept("add") || statement.accept("drop")) {
            statement.accept("materialized");
            statement.accept("foreign");
            if (statement.acceptAny(RELATIONS)) {
                Optional<TableName> member = statement.acceptTable();
                if (member.isEmpty()) {
                    return notKnown(operation, statement);
                }
                effects.add(Effect.of(Verb.ALTER, member.get()));
            } else if (statement.is("schema")) {
                return notKnown(operation, statement);
            }
        }
        return Readings.power(operation, Power.ADMINISTER, effects);
    }

    private StatementEffects readRelation(String operation, StatementTokens statement, boolean isSequence) {
        statement.acceptIfExists();
        boolean isAlone = statement.accept("only");
        Optional<TableName> table = statement.acceptTable();
        statement.acceptSymbol("*");
        if (table.isEmpty() || statement.atEnd()) {
            return notKnown(operation, statement);
        }
        List<Effect> effects = new ArrayList<>();
        List<Sweep> losses = new ArrayList<>();
        boolean additive = true;
        boolean addsColumn = false;
        boolean isTable = operation.equals("ALTER TABLE");
        boolean ofColumns = true;
        boolean ofSequences = false;
        List<List<Token>> actions = actions(statement.rest());
        for (List<Token> action : actions) {
            if (action.isEmpty()) {
                return notKnown(operation, statement);
            }
            if (H2AlteredTables.dropsColumn(dialect, action, actions.get(0))) {
                continue;
            }
            Optional<List<Effect>> relatives = AlteredRelatives.in(dialect, action);
            boolean isKnown = relatives.isPresent()
                    || H2AlteredTables.isAction(dialect, action)
                    || (isAction(action.get(0), isSequence) && !reachesOut(action));
            if (!isKnown) {
                return notKnown(operation, statement);
            }
            relatives.ifPresent(effects::addAll);
            additive &= isAdditive(action);
            addsColumn |= isAdditive(action) && !isOfConstraint(action);
            ofColumns &= AlteredColumns.changesOwner(action)
                    || (isTable && (isAdditive(action) || AlteredColumns.isAction(action)));
            ofSequences |= isTable && dialect == Dialect.POSTGRESQL && AlteredSequences.isAction(action);
            addOtherTables(effects, action, table.get());
            lossBy(action, actions.size() == 1, table.get()).ifPresent(losses::add);
        }
        boolean rebuilds = dialect == Dialect.H2 && addsColumn;
        boolean reachesParts = dialect == Dialect.POSTGRESQL && !isAlone;
        Reach reach = rebuilds ? Reach.REBUILT : reachesParts ? Reach.PARTS : Reach.TABLE;
        boolean ofMembers = isTable && AlteredRelatives.ofMembers(dialect, actions);
        Reach altered = ofMembers ? Reach.MEMBERS : ofColumns ? Reach.COLUMNS : Reach.TABLE;
        effects.add(
                0,
                additive
                        ? Effect.of(Verb.EXTEND, table.get()).reaching(reach)
                        : Effect.of(Verb.ALTER, table.get()).reaching(altered));
        if (ofSequences) {
            effects.add(1, Effect.of(Verb.ALTER, table.get()).reaching(Reach.NUMBERS));
        }
        return isSequence && !SequenceOptions.arePlain(statement.rest())
                ? notKnown(operation, statement)
                : Readings.sweeping(Definitions.read(dialect, statement, operation, effects, statement.rest()), losses);
    }

    /**
     * What rests on a column or constraint goes with it where CASCADE says so; on H2 the foreign keys that refer to a column
     * go with it in any case, and those that refer to a table are no longer held where its integrity is switched off.
     */
    private Optional<Sweep> lossBy(List<Token> action, boolean isOnly, TableName table) {
        boolean switchesKeys =
                action.size() > 1 && action.get(0).is("set") && action.get(1).is("referential_integrity");
        if (switchesKeys) {
            return Optional.of(new Sweep.Cut(table, Set.of()));
        }
        boolean cascades = action.get(action.size() - 1).is("cascade");
        boolean takesAlong = cascades || dialect == Dialect.H2 || dialect == Dialect.ANSI;
        if (!action.get(0).is("drop") || action.size() < 2 || !takesAlong) {
            return Optional.empty();
        }
        int at = 1;
        boolean ofColumn = at < action.size()
                && !OTHER_THAN_A_COLUMN_IS_DROPPED.contains(action.get(at).text());
        at += action.get(at).is("column") ? 1 : 0;
        at += at + 1 < action.size()
                        && action.get(at).is("if")
                        && action.get(at + 1).is("exists")
                ? 2
                : 0;
        boolean isOne = isOnly && ofColumn && at + 1 == action.size() - (cascades ? 1 : 0);
        return Optional.of(new Sweep.Cut(
                table, isOne ? Set.of(TableName.fold(action.get(at).text())) : Set.of()));
    }

    /** {@code ALL IN TABLESPACE a SET TABLESPACE b}: files move, no row and no structure changes. */
    private static boolean isMoveOfTablespace(List<Token> tokens) {
        return tokens.size() > 7
                && tokens.get(2).is("in")
                && tokens.get(3).is("tablespace")
                && tokens.stream().anyMatch(token -> token.is("set"));
    }

    private static boolean isAction(Token token, boolean isSequence) {
        return token.kind() == Token.Kind.WORD
                && (ACTIONS.contains(token.text()) || (isSequence && SEQUENCE_OPTIONS.contains(token.text())));
    }

    private static boolean reachesOut(List<Token> action) {
        return action.size() > 1
                && action.get(1).kind() == Token.Kind.WORD
                && REACHES_OUT.contains(action.get(1).text());
    }

    /** Whether it adds a column, a constraint or an index, or has one hold for what is there, by which no row can ever be changed. */
    private boolean isAdditive(List<Token> action) {
        if (dialect == Dialect.POSTGRESQL && action.size() > 1 && action.get(0).is("validate")) {
            return action.get(1).is("constraint");
        }
        if (!action.get(0).is("add") || action.size() == 1 || ForeignKeys.act(action)) {
            return false;
        }
        if (dialect == Dialect.ANSI && action.stream().anyMatch(token -> token.is("primary"))) {
            return false; // somewhere it makes values of NULL
        }
        Token added = action.get(1);
        return added.kind() != Token.Kind.WORD
                || isOfConstraint(action)
                || dialect == Dialect.H2 // of its modes MySQL's makes an index so
                || !OTHER_THAN_A_COLUMN.contains(added.text());
    }

    private static boolean isOfConstraint(List<Token> addition) {
        Token added = addition.get(1);
        return added.kind() == Token.Kind.WORD && CONSTRAINT.contains(added.text());
    }

    /** The new name of a renamed or moved table, the tables that a foreign key refers to, and a sequence's owner. */
    private void addOtherTables(List<Effect> effects, List<Token> action, TableName table) {
        if (action.get(0).is("rename") && action.size() > 2 && action.get(1).is("to")) {
            TableName renamed = DottedName.at(action, 2).table();
            effects.add(Effect.of(Verb.CREATE, renamed.isQualified() ? renamed : renamed.in(table.schema())));
        }
        if (action.get(0).is("set") && action.size() > 2 && action.get(1).is("schema")) {
            effects.add(Effect.of(Verb.CREATE, table.in(action.get(2).text())));
        }
        effects.addAll(ForeignKeys.in(dialect, action));
        effects.addAll(SequenceOptions.owners(action));
    }

    private static List<List<Token>> actions(List<Token> tokens) {
        List<List<Token>> actions = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0 && token.isSymbol(",")) {
                actions.add(tokens.subList(start, i));
                start = i + 1;
            }
        }
        actions.add(tokens.subList(start, tokens.size()));
        return actions;
    }

    private static StatementEffects notKnown(String operation, StatementTokens statement) {
        return Readings.unreadable(
                operation,
                statement,
                operation + " in a form that may reach other tables",
                "alter one table at a time");
    }
}
