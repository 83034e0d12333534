package io.tierguard.guard;

import io.tierguard.sql.Mentions;
import io.tierguard.sql.SessionChange;
import io.tierguard.sql.StatementEffects;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a session's prepared names may stand for; a name that it does not know may stand for anything.
 *
 * @param meanings every statement that a name may stand for, by name
 */
record PreparedNames(Map<String, Set<Meaning>> meanings) {
    /** More names than this are not remembered, so that what they stand for is refused. */
    private static final int MOST_NAMES = 1_000;

    /** More meanings of one name than this come from nowhere but confusion. */
    private static final int MOST_MEANINGS = 8;

    static final PreparedNames NONE = new PreparedNames(Map.of());

    /**
     * A statement and where its names were looked for when it was prepared.
     *
     * @param searched the schemas; empty for everywhere
     */
    record Meaning(StatementEffects statement, Mentions mentions, List<String> searched) {}

    PreparedNames {
        meanings = Map.copyOf(meanings);
    }

    /** What a name may stand for; empty where nothing is known of it. */
    List<Meaning> of(String name) {
        return List.copyOf(meanings.getOrDefault(name, Set.of()));
    }

    /** The names while it is not certain whether a change has happened. */
    PreparedNames during(SessionChange change, ResolutionContext context) {
        if (!(change instanceof SessionChange.Prepared prepared)) {
            return this;
        }
        Set<Meaning> all = new LinkedHashSet<>(meanings.getOrDefault(prepared.name(), Set.of()));
        all.add(new Meaning(prepared.statement(), prepared.mentions(), context.searched()));
        return with(prepared.name(), all);
    }

    /** The names once a change has certainly succeeded; a name is prepared only where it stood for nothing. */
    PreparedNames after(SessionChange change, ResolutionContext context) {
        if (change instanceof SessionChange.Prepared prepared) {
            return with(
                    prepared.name(),
                    Set.of(new Meaning(prepared.statement(), prepared.mentions(), context.searched())));
        }
        if (change instanceof SessionChange.Deallocated forgotten) {
            return with(forgotten.name(), Set.of());
        }
        return change instanceof SessionChange.AllDeallocated ? NONE : this;
    }

    private PreparedNames with(String name, Set<Meaning> all) {
        Map<String, Set<Meaning>> changed = new HashMap<>(meanings);
        boolean isTooMuch = all.size() > MOST_MEANINGS || (changed.size() >= MOST_NAMES && !changed.containsKey(name));
        if (all.isEmpty() || isTooMuch) {
            changed.remove(name);
        } else {
            changed.put(name, Set.copyOf(all));
        }
        return new PreparedNames(changed);
    }

    /** Where the server may look for the names of a statement that was prepared there and runs here. */
    static ResolutionContext contextOf(Meaning meaning, ResolutionContext context) {
        return meaning.searched().isEmpty()
                ? context.withUnknownSchemas()
                : context.schemasKnown() ? context.widenedBy(meaning.searched()) : context;
    }
}
