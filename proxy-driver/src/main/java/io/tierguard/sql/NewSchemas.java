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
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads CREATE SCHEMA.
 *
 * <p>A new schema is empty, so it needs no right and hides nothing; but the session's path may have named it already. The elements
 * that PostgreSQL makes with it are run while it stands first in the path, and the server sorts them by kind: a name
 * without a schema means what one of them makes, or else what it would mean anywhere.
 */
final class NewSchemas {

    /** The words with which an element begins. */
    static final Set<String> FIRST_OF_ELEMENTS = Set.of("create", "grant");

    static final String OPERATION = "CREATE SCHEMA";

    private static final Set<String> OF_CURRENT_ROLE =
            Set.of("current_role", "current_user", "session_user", "authorization");

    private NewSchemas() {}

    /** The reading of the statement from SCHEMA on where it has no elements. */
    static StatementEffects read(Dialect dialect, StatementTokens statement) {
        statement.next();
        statement.acceptIfExists();
        Optional<String> schema = name(statement);
        return statement.atEnd()
                ? Readings.change(OPERATION, pathWith(dialect, schema))
                : Readings.power(
                        OPERATION, Power.ADMINISTER, List.of()); // H2's parameters for the engines of its tables
    }

    private static SessionChange pathWith(Dialect dialect, Optional<String> schema) {
        return schema.<SessionChange>map(name ->
                        new SessionChange.SchemaPath(List.of(kept(dialect, name)), SessionChange.Lasting.UNCERTAIN))
                .orElseGet(SessionChange.SchemaPathUnknown::new);
    }

    /** A name as the server keeps it and the policy compares it. */
    private static String kept(Dialect dialect, String name) {
        OptionalInt longest = dialect.longestName();
        return TableName.fold(longest.isPresent() ? TableName.cut(name, longest.getAsInt()) : name);
    }

    /** The reading of the statement from SCHEMA on; {@code inner} reads one element. */
    static StatementEffects readWithElements(
            StatementTokens statement, Function<StatementTokens, StatementEffects> inner) {
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
                return new StatementEffects.Unreadable(OPERATION, problem);
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
        Set<Power> powers = EnumSet.noneOf(Power.class);
        for (StatementEffects.Understood element : elements) {
            for (Effect effect : element.effects()) {
                TableName table = effect.table();
                boolean isMade = table.schema().isEmpty() && made.contains(table.name());
                effects.add(isMade ? effect.on(table.in(schema)) : effect);
            }
            routines.addAll(element.unknownRoutines());
            powers.addAll(element.powers());
        }
        return new StatementEffects.Understood(
                OPERATION,
                List.copyOf(effects),
                routines,
                List.of(pathWith(Dialect.POSTGRESQL, Optional.of(schema))),
                powers);
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
            boolean begins = depth == 0 && token.kind() == Token.Kind.WORD && FIRST_OF_ELEMENTS.contains(token.text());
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
                OPERATION,
                statement,
                "a form of CREATE SCHEMA that is not known",
                "create the schema first, and then what is in it, with qualified names");
    }
}
