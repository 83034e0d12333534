package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads PostgreSQL's CREATE SCHEMA with the statements that fill it.
 *
 * <p>The schema is new and stands first in the path while they run, and the server sorts them by kind: a name without a
 * schema means what one of them makes, or else what it would mean anywhere.
 */
final class SchemaElements {

    /** The words with which an element begins. */
    static final Set<String> FIRST = Set.of("create", "grant");

    private static final Set<String> OF_CURRENT_ROLE =
            Set.of("current_role", "current_user", "session_user", "authorization");

    private SchemaElements() {}

    /** The reading of the statement from SCHEMA on; {@code inner} reads one element. */
    static StatementEffects read(StatementTokens statement, Function<StatementTokens, StatementEffects> inner) {
        statement.next();
        Optional<String> schema = name(statement);
        if (schema.isEmpty()) {
            return notKnown(statement);
        }
        List<StatementEffects.Understood> elements = new ArrayList<>();
        for (List<Token> element : split(statement.rest())) {
            StatementEffects reading = inner.apply(new StatementTokens(statement.sql(), element));
            if (!(reading instanceof StatementEffects.Understood understood)) {
                Problem problem = reading instanceof StatementEffects.Unreadable unreadable
                        ? unreadable.problem()
                        : ((StatementEffects.Bounded) reading).problem();
                return new StatementEffects.Unreadable("CREATE SCHEMA", problem);
            }
            if (!understood.sessionChanges().isEmpty()) {
                return notKnown(statement);
            }
            elements.add(understood);
        }
        return joined(schema.get(), elements);
    }

    private static StatementEffects joined(String schema, List<StatementEffects.Understood> elements) {
        Set<String> made = new HashSet<>();
        for (StatementEffects.Understood element : elements) {
            for (Effect effect : element.effects()) {
                if (effect.verb() == Verb.CREATE) {
                    made.add(effect.table().name());
                }
            }
        }
        Set<Effect> effects = new LinkedHashSet<>();
        List<RoutineCall> routines = new ArrayList<>();
        Set<Power> powers = EnumSet.of(Power.ADMINISTER);
        for (StatementEffects.Understood element : elements) {
            for (Effect effect : element.effects()) {
                TableName table = effect.table();
                boolean isMade = table.schema().isEmpty() && made.contains(table.name());
                effects.add(isMade ? effect.on(table.in(schema)) : effect);
            }
            routines.addAll(element.unknownRoutines());
            powers.addAll(element.powers());
        }
        return new StatementEffects.Understood("CREATE SCHEMA", List.copyOf(effects), routines, List.of(), powers);
    }

    /** The schema's name, or its owner's where it has none of its own. */
    private static Optional<String> name(StatementTokens statement) {
        Optional<String> name = Optional.empty();
        if (!statement.is("authorization")) {
            name = identifier(statement);
        }
        if (statement.accept("authorization")) {
            boolean isCurrent = statement.isAny(OF_CURRENT_ROLE);
            Optional<String> owner = identifier(statement);
            name = name.isPresent() || isCurrent ? name : owner;
        }
        return name;
    }

    private static Optional<String> identifier(StatementTokens statement) {
        return statement.peek().isIdentifier() ? Optional.of(statement.next().text()) : Optional.empty();
    }

    private static List<List<Token>> split(List<Token> tokens) {
        List<List<Token>> elements = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean begins = depth == 0 && token.kind() == Token.Kind.WORD && FIRST.contains(token.text());
            if (begins && i > start) {
                elements.add(tokens.subList(start, i));
                start = i;
            }
        }
        elements.add(tokens.subList(start, tokens.size()));
        return elements;
    }

    private static StatementEffects notKnown(StatementTokens statement) {
        return Readings.unreadable(
                "CREATE SCHEMA",
                statement,
                "a form of CREATE SCHEMA that is not known",
                "create the schema first, and then what is in it, with qualified names");
    }
}
