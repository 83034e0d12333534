package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.sql.EventTags;
import io.tierguard.sql.Mentions;
import io.tierguard.sql.RoutineCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows code through the routines that it calls, to everything that they do.
 *
 * <p>It ends because each routine is followed once, and one after the other, however long the chains of calls are. Used by one
 * thread.
 */
public final class CodeRun {
    /** A name may be looked for anywhere. */
    private static final List<String> EVERYWHERE = List.of();

    private static final String OF_SESSION = "pg_temp";

    private static final String OTHER_BODY = "it has another body than the policy describes";

    private static final String OTHER_NAME = "the server may take its name for that of another routine";

    private final SchemaSnapshot schema;
    private final StatedCode facts;
    private final Set<Long> followed = new HashSet<>();
    private final Set<RoutineCall> called = new HashSet<>();
    private final OwnTables ownTables;
    private final Set<TableName> own = new LinkedHashSet<>();
    private final List<Found> effects = new ArrayList<>();

    /** Those that are on a temporary table if there is one, by its name without a schema. */
    private final Map<Found, TableName> perhapsOwn = new HashMap<>();

    private final List<Unknown> unknown = new ArrayList<>();
    private final Deque<Reached> reached = new ArrayDeque<>();
    private boolean isFollowing;
    private boolean followsCode;

    /** A routine that is still to be followed, and what called it. */
    private record Reached(Routine routine, String chain) {}

    /** A run in a database, of which something may be said elsewhere. */
    public CodeRun(SchemaSnapshot schema, StatedCode facts) {
        this(schema, facts, OwnTables.NONE);
    }

    /** The same where code may make temporary tables, and use those of the session. */
    public CodeRun(SchemaSnapshot schema, StatedCode facts, OwnTables ownTables) {
        this.schema = schema;
        this.facts = facts;
        this.ownTables = ownTables;
    }

    /**
     * Something that the code does.
     *
     * @param effect what it does; its table with its schema wherever that can be told
     * @param chain the code that does it, and before it what called that
     * @param isCertain whether the name means a table, and not perhaps a column or a variable
     */
    public record Found(Effect effect, String chain, boolean isCertain) {}

    /**
     * A routine of which nobody can tell what it does.
     *
     * @param routine its name
     * @param chain what called it, and the routine itself
     * @param obstacle why it cannot be told; empty where the database has no such routine beside its own
     */
    public record Unknown(RoutineCall routine, String chain, String obstacle) {}

    /** What the code does, but for what it does to temporary tables alone. */
    public List<Found> effects() {
        return effects.stream().filter(each -> !isOwn(each)).toList();
    }

    /** Whether some of what it does is on temporary tables alone. */
    public boolean usesOwn() {
        return effects.stream().anyMatch(this::isOwn);
    }

    /** Whether it finds a temporary table that this code or the session has made, or nothing. */
    private boolean isOwn(Found found) {
        TableName table = perhapsOwn.get(found);
        return table != null
                && (own.contains(table) || ownTables.isThere(table))
                && ownTables.otherMeaning(table).isEmpty();
    }

    /** The temporary tables that it makes or drops, without a schema. */
    public Set<TableName> own() {
        return Set.copyOf(own);
    }

    /** Whether it comes to code that another statement may change: neither the server's nor told by the policy. */
    public boolean followsCode() {
        return followsCode;
    }

    /** What of it cannot be told. */
    public List<Unknown> unknown() {
        return List.copyOf(unknown);
    }

    /**
     * Follows a call that is not known to be harmless.
     *
     * @param searched the schemas in which a name without one is looked for; empty for all
     */
    public void call(RoutineCall call, List<String> searched) {
        call(call, searched, "");
    }

    /** Follows whatever a text names that is code of a user's own, where the text does not look like calling it. */
    public void mentions(Mentions mentions, List<String> searched) {
        mentions(mentions, searched, "");
    }

    private void call(RoutineCall call, List<String> searched, String chain) {
        if (!called.add(call)) {
            return;
        }
        schema.routines().packagesOf(call, searched).forEach(routine -> follow(routine, chain));
        if (schema.routines().mayMeanAnother(call)) {
            unknown.add(new Unknown(call, link(chain, call), OTHER_NAME));
            return;
        }
        Optional<List<Effect>> stated = facts.of(call);
        if (stated.isPresent()) {
            stated.get().forEach(effect -> effects.add(new Found(effect, link(chain, call), true)));
            return;
        }
        if (facts.isAbout(call)) {
            unknown.add(new Unknown(call, link(chain, call), OTHER_BODY));
            return;
        }
        List<Routine> overloads = schema.routines().named(call, searched);
        if (overloads.isEmpty() && schema.isHarmlessUndefined(call)) {
            return;
        }
        followsCode |= overloads.isEmpty();
        boolean couldBeOfServer =
                overloads.isEmpty() || (overloads.stream().anyMatch(Routine::sharesName) && isLookedForInServer(call));
        if (couldBeOfServer) {
            String obstacle = overloads.isEmpty() ? "" : "the server has one of that name";
            unknown.add(new Unknown(call, link(chain, call), obstacle));
        }
        overloads.forEach(routine -> follow(routine, chain));
    }

    private static boolean isLookedForInServer(RoutineCall call) {
        return call.schema().isEmpty() || call.schema().equals("pg_catalog");
    }

    void follow(long id, String chain) {
        Routine routine = schema.routines().byId(id);
        if (routine != null) {
            follow(routine, chain);
        } else {
            RoutineCall unseen = new RoutineCall("", "that the catalog does not list");
            unknown.add(new Unknown(unseen, link(chain, unseen), ""));
        }
    }

    /** Follows what runs without being called. */
    void implied(ImplicitCode code) {
        implied(code, "");
    }

    private void implied(ImplicitCode code, String chain) {
        code.routines().forEach(id -> follow(id, chain));
        code.calls().forEach(call -> call(call, EVERYWHERE, chain));
        code.effects().forEach(effect -> add(effect, EVERYWHERE, chain, true));
    }

    private void follow(Routine routine, String chain) {
        if (followed.add(routine.id())) {
            reached.add(new Reached(routine, chain));
        }
        if (isFollowing) {
            return;
        }
        isFollowing = true;
        while (!reached.isEmpty()) {
            Reached next = reached.remove();
            run(next.routine(), next.chain());
        }
        isFollowing = false;
    }

    private void run(Routine routine, String chain) {
        String link = link(chain, routine.name());
        if (routine.isTrusted()) {
            schema.routines().partsOf(routine).forEach(part -> implied(part, link)); // what its types bring with them
            return;
        }
        Optional<List<Effect>> stated = facts.of(routine.name());
        if (stated.isPresent()) {
            stated.get().forEach(effect -> effects.add(new Found(effect, link, true)));
            return;
        }
        followsCode = true;
        RoutineReading reading = schema.routines().read(routine);
        String unread = reading.obstacle().isEmpty() ? obstacleToOwn(routine, reading) : reading.obstacle();
        String obstacle = facts.isAbout(routine.name()) ? OTHER_BODY : unread;
        if (!obstacle.isEmpty()) {
            unknown.add(new Unknown(routine.name(), link, obstacle));
            return;
        }
        own.addAll(reading.own());
        schema.routines().partsOf(routine).forEach(part -> implied(part, link));
        // What the server keeps parsed is told as the reader of the catalog sees it, whose path is another.
        List<String> searched = routine.isParsed() ? EVERYWHERE : routine.searched();
        reading.effects().forEach(effect -> add(effect, searched, link, true));
        reading.possible().forEach(effect -> add(effect, searched, link, false));
        reading.calls().forEach(call -> call(call, searched, link));
        for (Mentions mentions : reading.mentions()) {
            mentions(mentions, searched, link);
            schema.code().namedIn(mentions).forEach(code -> implied(code, link + " → " + code.label()));
            SettingDefaults.askedIn(schema, mentions, facts)
                    .forEach(code -> implied(code, link + " → " + code.label()));
            if (EventTags.couldBeIn(mentions)) {
                schema.code().ofDefinitions().forEach(code -> implied(code, link + " → " + code.label()));
            }
        }
    }

    /** What is against a temporary table of a body; empty where it makes none, or nothing is. */
    private String obstacleToOwn(Routine routine, RoutineReading reading) {
        for (TableName table : reading.own()) {
            Optional<String> other = routine.searched().contains(OF_SESSION)
                    ? Optional.of("its path names " + OF_SESSION)
                    : ownTables.otherMeaning(table);
            if (other.isPresent()) {
                return "it makes the temporary table " + table + ", whose name could mean another table: "
                        + other.get();
            }
        }
        // Whoever fills the table later would run it unseen.
        return !reading.own().isEmpty() && couldBindCode(routine, reading)
                ? "it makes a temporary table, and names code that could be bound to that"
                : "";
    }

    /** Whether it names types or operators that run code, or calls by the name of a harmless built-in what could be a user's own. */
    private boolean couldBindCode(Routine routine, RoutineReading reading) {
        Mentions bound = reading.bound();
        return !schema.code().namedIn(bound).stream().allMatch(this::isOfExtensions)
                || bound.calls().stream()
                        .flatMap(call -> schema.routines().named(call, routine.searched()).stream())
                        .anyMatch(named -> !named.isTrusted());
    }

    private boolean isOfExtensions(ImplicitCode code) {
        return code.calls().isEmpty()
                && code.routines().stream()
                        .map(schema.routines()::byId)
                        .allMatch(routine -> routine != null
                                && routine.isTrusted()
                                && schema.routines().partsOf(routine).isEmpty());
    }

    private void add(Effect effect, List<String> searched, String chain, boolean isCertain) {
        List<TableName> tables = schema.tablesNamed(effect.table(), searched);
        if (schema.columnsOf(effect.table(), searched).keep(effect)) {
            return;
        }
        if (tables.isEmpty()) {
            boolean isInOne = searched.size() == 1 && !effect.table().isQualified();
            Effect placed = isInOne ? effect.on(effect.table().in(searched.get(0))) : effect;
            Found found = new Found(placed, chain, isCertain);
            effects.add(found);
            if (isOfRows(effect) && couldBeOwn(effect.table(), searched)) {
                perhapsOwn.put(found, TableName.of(effect.table().name()));
            }
        }
        tables.forEach(table -> effects.add(new Found(effect.on(table), chain, true)));
        if (!tables.isEmpty() && schema.isOfCatalogFirst(effect)) {
            effects.add(new Found(effect, chain, isCertain));
        }
    }

    private static boolean isOfRows(Effect effect) {
        return switch (effect.verb()) {
            case SELECT -> effect.reach() != Reach.SHAPE;
            case INSERT, UPDATE, DELETE, TRUNCATE -> true;
            case CREATE, EXTEND, ALTER, DROP -> false;
        };
    }

    /** PostgreSQL looks among the temporary tables first, unless a path names their schema. */
    private static boolean couldBeOwn(TableName table, List<String> searched) {
        return table.schema().isEmpty()
                ? !searched.contains(OF_SESSION)
                : table.schema().equals(OF_SESSION);
    }

    private void mentions(Mentions mentions, List<String> searched, String chain) {
        ArgumentCalls.in(mentions, schema, searched)
                .ifPresent(shadowed ->
                        unknown.add(new Unknown(shadowed.call(), link(chain, shadowed.call()), shadowed.obstacle())));
        for (RoutineCall call : mentions.calls()) {
            schema.routines().packagesOf(call, searched).forEach(routine -> follow(routine, chain));
            schema.routines().named(call, searched).forEach(routine -> follow(routine, chain));
        }
        if (schema.callsByNameAlone()) {
            for (String word : mentions.words()) {
                schema.routines().functional(word, searched).forEach(routine -> follow(routine, chain));
            }
        }
        for (String field : mentions.fields()) {
            schema.routines().functional(field, searched).forEach(routine -> follow(routine, chain));
            schema.calledAsField(field).ifPresent(routine -> call(routine, searched, chain));
        }
    }

    private static String link(String chain, RoutineCall routine) {
        String link = "routine " + routine;
        return chain.isEmpty() ? link : chain + " → " + link;
    }
}
