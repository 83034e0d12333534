package io.tierguard.guard;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.SchemaConsequences;
import io.tierguard.sql.SessionChange;
import io.tierguard.sql.StatementEffects;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the statements of a text have changed of the schema, so that the schema as it was read no longer tells what a later
 * statement of the same text reaches.
 *
 * <p>INVARIANT: a statement that meets none of these names, itself or through what runs because of it, does what it did before
 * the changes: whatever a change adds begins at a name that it changes. Used by one thread, for one text.
 */
final class ChangedNames {
    /** What changes no more than the names that it has effects on; of any other, nobody says how far it goes. */
    private static final Set<String> CHANGE_WHAT_THEY_NAME = Set.of(
            "CREATE TABLE",
            "CREATE VIEW",
            "CREATE MATERIALIZED VIEW",
            "ALTER TABLE",
            "RENAME TABLE",
            "DROP TABLE",
            "DROP VIEW",
            "DROP MATERIALIZED VIEW");

    /** What makes or drops views alone. */
    private static final Set<String> OF_VIEWS = Set.of("CREATE VIEW", "DROP VIEW");

    /** Code that runs only where it is called, or where rows are changed. */
    private static final Set<String> RUNS_BY_NAME = Set.of(
            "CREATE FUNCTION",
            "CREATE PROCEDURE",
            "CREATE AGGREGATE",
            "CREATE TRIGGER",
            "CREATE CONSTRAINT",
            "ALTER FUNCTION",
            "ALTER PROCEDURE",
            "ALTER ROUTINE",
            "ALTER AGGREGATE");

    /** What runs no code but that which it defines. */
    private static final Set<String> CONTROLS =
            Set.of("BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE", "SET", "RESET");

    /** Names behind which rows that are changed may be others. */
    private final Set<String> names = new HashSet<>();

    /** Names behind which even a row that is added may go elsewhere. */
    private final Set<String> filled = new HashSet<>();

    /** Names behind which there may be a view now, whose query runs when it is read. */
    private final Set<String> read = new HashSet<>();

    /** Names to which code was given that is run through them, and that this text alone knows of. */
    private final Set<String> coded = new HashSet<>();

    /** Whether code was defined that what is known of the schema may run already. */
    private boolean anyCode;

    /** Whether code was defined that runs although nobody names it: of operators, casts, policies, rules on reading. */
    private boolean anyImplied;

    /** Whether code was defined that runs with definitions. */
    private boolean anyOfDefinitions;

    /** Views that were there and are others now, or gone: code that is known may have been followed through them as they were. */
    private final Set<String> views = new HashSet<>();

    /** Names under which something was made. */
    private final Set<String> made = new HashSet<>();

    private boolean anyName;
    private boolean anyFilled;
    private boolean willChangeAnyName;
    private boolean willChangeAnyFilled;

    /** The statement that is judged changes something of which nobody says how far that goes. */
    void willChangeAny() {
        willChangeAnyName = true;
        willChangeAnyFilled = true;
    }

    /** It leaves open which rows are changed from then on, but not where a row that is added goes. */
    void willChangeAnyName() {
        willChangeAnyName = true;
    }

    /** The statement that is judged does something, with all that happens because of it. */
    void make(Collection<Effect> met) {
        made.addAll(names(met.stream().filter(effect -> effect.verb() == Verb.CREATE)));
    }

    /** Whether what was known before the text may lack something of a name. */
    boolean mayHaveMade(String name) {
        return anyName || made.contains(name);
    }

    /** Whatever it was, the statement has been judged. */
    void settle() {
        anyName |= willChangeAnyName;
        anyFilled |= willChangeAnyFilled;
        willChangeAnyName = false;
        willChangeAnyFilled = false;
    }

    /**
     * A statement changes the schema, if it does.
     *
     * @param met what it does, with all that happens because of it
     * @param copiesCode whether it makes a table that runs code when it is filled
     * @param runsCode whether it calls code of a user's own, as a view's query or a column's default does later
     * @param context what names meant before it
     */
    void change(
            StatementEffects.Understood statement,
            Collection<Effect> met,
            boolean copiesCode,
            boolean runsCode,
            ResolutionContext context) {
        noteCode(statement, context.modes().dialect());
        Set<String> own = names(SchemaConsequences.effects(statement).stream().filter(ChangedNames::changesSchema));
        if (runsCode || met.stream().anyMatch(effect -> isOfCode(effect, own))) {
            coded.addAll(own);
        }
        boolean redirects = SchemaConsequences.redirects(statement);
        // A column of a view may be given a default by the words for that of a table.
        boolean isOfView =
                statement.operation().equals("ALTER TABLE") && own.stream().anyMatch(name -> isView(name, context));
        boolean redirectsInserts = copiesCode || isOfView || SchemaConsequences.redirectsInserts(statement);
        if (!redirects && !redirectsInserts) {
            return;
        }
        Set<String> changed = names(met.stream().filter(ChangedNames::changesSchema));
        boolean isNamed = CHANGE_WHAT_THEY_NAME.contains(statement.operation())
                && statement.sweeps().isEmpty()
                && statement.sessionChanges().stream().noneMatch(SessionChange.TemporaryView.class::isInstance)
                && !context.schema().isUnknown()
                && own.stream().noneMatch(name -> isView(name, context));
        boolean replacesViews = OF_VIEWS.contains(statement.operation())
                && context.modes().dialect() == Dialect.POSTGRESQL
                && statement.sweeps().isEmpty()
                && statement.sessionChanges().isEmpty()
                && !context.schema().isUnknown();
        if (!isNamed && replacesViews) {
            views.addAll(own);
            names.addAll(changed);
            filled.addAll(changed);
            return;
        }
        if (!isNamed) {
            anyName |= redirects;
            anyFilled |= redirectsInserts;
            if (statement.operation().startsWith("ALTER ")
                    || statement.operation().startsWith("RENAME ")) {
                read.addAll(own);
            }
            return;
        }
        if (redirects) {
            names.addAll(changed);
            // It may have a key enforced, by which a change of the table that is referred to reaches it from then on.
            changed.forEach(name -> names.addAll(context.schema().referredWithoutEffect(name)));
        }
        if (redirectsInserts) {
            filled.addAll(names(met.stream()
                    .filter(ChangedNames::changesSchema)
                    .filter(effect -> effect.reach() != Reach.REFERRING_ROWS)));
        }
    }

    private void noteCode(StatementEffects.Understood statement, Dialect dialect) {
        if (!definesCode(statement)) {
            return;
        }
        anyCode = true;
        switch (dialect) {
            case POSTGRESQL -> {
                anyImplied |= !RUNS_BY_NAME.contains(statement.operation()) || isUnreadRoutine(statement);
                anyOfDefinitions |= statement.operation().endsWith(" EVENT");
            }
            case H2 -> anyImplied |= statement.operation().equals("CREATE TRIGGER"); // which may run on reading
            case MYSQL, MARIADB, SQLITE, ANSI, ORACLE, SQLSERVER -> {
                // Triggers there run when rows are changed.
            }
        }
    }

    /** Whether it makes a routine that nobody has read, which may share its name with one of the server's that is harmless. */
    private static boolean isUnreadRoutine(StatementEffects.Understood statement) {
        return statement.code().isEmpty() && !statement.operation().endsWith(" TRIGGER");
    }

    /**
     * Whether the next statement runs code of which only the text knows.
     *
     * @param followsCode whether it names code that another statement may change, or would run it without naming it
     */
    boolean couldHide(StatementEffects statement, boolean followsCode) {
        String operation = statement.operation();
        int space = operation.indexOf(' ');
        if (CONTROLS.contains(space < 0 ? operation : operation.substring(0, space))) {
            return false;
        }
        if (definesCode(statement)) {
            return anyOfDefinitions;
        }
        return anyImplied || (anyCode && followsCode && !onlyDefines(statement));
    }

    /** Whether the code in it runs later, when what it makes is used, or never again. */
    private static boolean onlyDefines(StatementEffects statement) {
        if (statement.operation().startsWith("DROP ")) {
            return true;
        }
        return switch (statement.operation()) {
            case "CREATE VIEW" -> true;
            case "CREATE TABLE" ->
                SchemaConsequences.effects(statement).stream().noneMatch(effect -> effect.verb() == Verb.INSERT);
            default -> false;
        };
    }

    /**
     * Whether the next statement may reach other rows than the schema as it was read tells.
     *
     * @param met what it does by that schema, with all that happens because of it
     * @param runsCode whether it runs code of a user's own
     * @param followsCode whether it names or sets off code that another statement may change
     * @param context what names meant before it
     */
    boolean couldMislead(
            StatementEffects statement,
            Collection<Effect> met,
            boolean runsCode,
            boolean followsCode,
            ResolutionContext context) {
        if (definesCode(statement)) {
            return false; // what it would run is not run yet
        }
        if ((anyName || !names.isEmpty()) && isAmong(coded, met.stream())) {
            return true; // by the names that hold now its code may do something else
        }
        boolean changesRows = met.stream().anyMatch(SchemaConsequences::changesRows);
        boolean changesAny = runsCode || changesRows || addsRows(met);
        if (!views.isEmpty() && changesAny && (runsCode || followsCode || !isPlain(met, context))) {
            return true;
        }
        if (runsCode && (anyName || isAmong(names, met.stream()))) {
            return true;
        }
        if (changesRows && (anyName || isAmong(names, met.stream().filter(ChangedNames::writes)))) {
            return true;
        }
        if (addsRows(met) && (anyFilled || isAmong(filled, met.stream().filter(ChangedNames::writes)))) {
            return true;
        }
        return isAmong(read, met.stream().filter(effect -> effect.verb().reads()));
    }

    /** Whether rows are added to a table that the statement does not make. */
    private static boolean addsRows(Collection<Effect> met) {
        Set<String> made = names(met.stream().filter(effect -> effect.verb() == Verb.CREATE));
        return met.stream()
                .anyMatch(effect -> effect.verb() == Verb.INSERT
                        && !made.contains(effect.table().name()));
    }

    /** Whether a statement asks no view and does nothing but what it says, to tables that it names. */
    private static boolean isPlain(Collection<Effect> met, ResolutionContext context) {
        return met.stream()
                .allMatch(effect ->
                        effect.via().isEmpty() && !isView(effect.table().name(), context));
    }

    private static boolean definesCode(StatementEffects statement) {
        return statement instanceof StatementEffects.Understood understood
                && understood.powers().contains(Power.DEFINE)
                && (understood.operation().startsWith("CREATE ")
                        || understood.operation().startsWith("ALTER "));
    }

    /** A view of any schema by the name could stand between a name that is met and the tables that are told. */
    private static boolean isView(String name, ResolutionContext context) {
        SchemaSnapshot schema = context.schema();
        return schema.hasViewNamed(name) || context.temporary().views().contains(name);
    }

    private static boolean isOfCode(Effect effect, Set<String> own) {
        return writes(effect)
                && !changesSchema(effect)
                && !own.contains(effect.table().name());
    }

    private static boolean changesSchema(Effect effect) {
        return SchemaConsequences.changesSchema(effect.verb());
    }

    private static boolean writes(Effect effect) {
        return !effect.verb().reads();
    }

    private static boolean isAmong(Set<String> changed, Stream<Effect> met) {
        return !changed.isEmpty() && met.map(Effect::table).map(TableName::name).anyMatch(changed::contains);
    }

    private static Set<String> names(Stream<Effect> effects) {
        Set<String> names = new HashSet<>();
        effects.forEach(effect -> names.add(effect.table().name()));
        return names;
    }
}
