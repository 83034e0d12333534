package io.tierguard.policy.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A set of routines or triggers: one glob for each part of what names them.
 *
 * @param parts the globs, as many as every pattern of the same sort has
 */
public record CodePattern(List<NameGlob> parts) {

    public CodePattern {
        parts = List.copyOf(parts);
    }

    /** The routines of some schemas. */
    public static CodePattern ofRoutine(NameGlob schema, NameGlob name) {
        return new CodePattern(List.of(schema, name));
    }

    /** The triggers on some tables. */
    public static CodePattern ofTrigger(TablePattern table, NameGlob name) {
        return new CodePattern(List.of(table.catalog(), table.schema(), table.name(), name));
    }

    /** Whether everything in the other pattern is in this one. */
    public boolean covers(CodePattern other) {
        for (int at = 0; at < parts.size(); at++) {
            if (!parts.get(at).covers(other.parts.get(at))) {
                return false;
            }
        }
        return true;
    }

    /** Whether some, and not all, of the other pattern is in this one: then this one wins what both match. */
    public boolean isNarrowerThan(CodePattern other) {
        return other.covers(this) && !covers(other);
    }

    /** The parts of a name that both patterns match, if there is one; a part that may be anything is empty. */
    public Optional<List<String>> common(CodePattern other) {
        List<String> shared = new ArrayList<>();
        for (int at = 0; at < parts.size(); at++) {
            parts.get(at).common(other.parts.get(at)).ifPresent(shared::add);
        }
        return shared.size() == parts.size() ? Optional.of(List.copyOf(shared)) : Optional.empty();
    }

    /** Whether a folded name could be in the set; a part of it that is not known is empty and counts as matching. */
    public boolean couldMatch(List<String> name) {
        for (int at = 0; at < parts.size(); at++) {
            if (!name.get(at).isEmpty() && !parts.get(at).matches(name.get(at))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a folded name is in the set whatever its unknown parts may be. */
    boolean matchesWherever(List<String> name) {
        for (int at = 0; at < parts.size(); at++) {
            if (!matchesPart(at, name.get(at), NameGlob.ANY)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a folded name is in the set wherever another pattern matches it. */
    boolean matchesWherever(List<String> name, CodePattern other) {
        for (int at = 0; at < parts.size(); at++) {
            if (!matchesPart(at, name.get(at), other.parts.get(at))) {
                return false;
            }
        }
        return true;
    }

    private boolean matchesPart(int at, String name, NameGlob whereUnknown) {
        return name.isEmpty()
                ? parts.get(at).covers(whereUnknown)
                : parts.get(at).matches(name);
    }
}
