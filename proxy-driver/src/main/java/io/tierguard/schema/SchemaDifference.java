package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What two readings of one schema tell otherwise.
 *
 * @param isEverywhere whether it may concern any table, as a routine does that is called by nobody knows what
 * @param names the folded names of what it concerns
 */
public record SchemaDifference(boolean isEverywhere, Set<String> names) {
    /** They tell the same. */
    public static final SchemaDifference NONE = new SchemaDifference(false, Set.of());

    public SchemaDifference {
        names = Set.copyOf(names);
    }

    static SchemaDifference between(SchemaContent one, SchemaContent other) {
        Set<String> names = new HashSet<>();
        names.addAll(named(unshared(one.tables(), other.tables())));
        names.addAll(named(unshared(one.foreign(), other.foreign())));
        unshared(one.foreignKeys(), other.foreignKeys())
                .forEach(key ->
                        names.addAll(List.of(key.parent().name(), key.child().name())));
        unshared(one.triggers(), other.triggers())
                .forEach(trigger -> names.add(trigger.table().name()));
        for (TableName parent : changedKeys(one.children(), other.children())) {
            names.add(parent.name());
            names.addAll(named(unshared(
                    one.children().getOrDefault(parent, Set.of()),
                    other.children().getOrDefault(parent, Set.of()))));
        }
        names.addAll(named(changedKeys(one.keys(), other.keys())));
        for (TableName sequence : changedKeys(one.sequences(), other.sequences())) {
            names.add(sequence.name());
            names.addAll(named(one.sequences().getOrDefault(sequence, Set.of())));
            names.addAll(named(other.sequences().getOrDefault(sequence, Set.of())));
        }
        names.addAll(named(
                changedKeys(asSets(one.code().ofTables()), asSets(other.code().ofTables()))));
        names.addAll(named(changedKeys(
                one.traits().partitionKeys().columns(),
                other.traits().partitionKeys().columns())));
        names.addAll(one.dependencies().namesOtherwiseIn(other.dependencies()));
        names.addAll(changedViews(one.views(), other.views()));
        return new SchemaDifference(!isCodeAlike(one.code(), other.code()), names);
    }

    /** Whether they tell the same. */
    public boolean isNone() {
        return !isEverywhere && names.isEmpty();
    }

    /** Whether it concerns anything of these names. */
    public boolean concerns(Set<String> others) {
        return isEverywhere || !Collections.disjoint(names, others);
    }

    /** The views that stand for something else, and those that read them. */
    private static Set<String> changedViews(List<View> one, List<View> other) {
        Map<TableName, View> before = byName(one);
        Map<TableName, View> after = byName(other);
        Set<TableName> changed = new HashSet<>(unshared(before.keySet(), after.keySet()));
        before.forEach((name, view) -> {
            View now = after.get(name);
            if (now != null && !isAlike(view, now)) {
                changed.add(name);
            }
        });
        boolean isFound = !changed.isEmpty();
        while (isFound) {
            isFound = false;
            for (List<View> views : List.of(one, other)) {
                for (View view : views) {
                    isFound |= !Collections.disjoint(view.listedBases(), changed) && changed.add(view.name());
                }
            }
        }
        return named(changed);
    }

    private static Map<TableName, View> byName(List<View> views) {
        return views.stream().collect(Collectors.toMap(View::name, Function.identity(), (first, second) -> first));
    }

    /** A query is withheld while a session changes the view, which keeps all others from doing so; its tables are told. */
    private static boolean isAlike(View one, View other) {
        boolean isWithheld = one.definition().isEmpty() || other.definition().isEmpty();
        return one.kind() == other.kind()
                && one.listedBases().equals(other.listedBases())
                && one.columns().equals(other.columns())
                && one.defaulted().equals(other.defaulted())
                && (isWithheld || unqualified(one.definition()).equals(unqualified(other.definition())));
    }

    private static boolean isCodeAlike(UserCode one, UserCode other) {
        return routines(one).equals(routines(other))
                && asSets(one.parts()).equals(asSets(other.parts()))
                && asSets(one.ofOperators()).equals(asSets(other.ofOperators()))
                && asSets(one.ofTypes()).equals(asSets(other.ofTypes()))
                && Set.copyOf(one.ofCasts()).equals(Set.copyOf(other.ofCasts()))
                && Set.copyOf(one.ofDefinitions()).equals(Set.copyOf(other.ofDefinitions()))
                && one.ofServer().equals(other.ofServer());
    }

    /** The catalog tells what it has in any order. */
    static <K, V> Map<K, Set<V>> asSets(Map<K, List<V>> lists) {
        Map<K, Set<V>> sets = new HashMap<>();
        lists.forEach((key, values) -> sets.put(key, Set.copyOf(values)));
        return sets;
    }

    private static Set<Routine> routines(UserCode code) {
        return code.routines().stream().map(SchemaDifference::plain).collect(Collectors.toSet());
    }

    /** The same for two readings, whichever session's path they went by. */
    static Routine plain(Routine routine) {
        return routine.isParsed() ? routine.with(unqualified(routine.body())) : routine;
    }

    /** A text as the server makes it, without the schemas and tables before names: which of them it writes, a session's path says. */
    private static String unqualified(String made) {
        StringBuilder left = new StringBuilder();
        int word = 0;
        boolean isQuoted = false;
        for (int at = 0; at < made.length(); at++) {
            char c = made.charAt(at);
            if (c == '.' && !isQuoted) {
                left.setLength(word);
                continue;
            }
            boolean isInWord = isQuoted || c == '"' || c == '_' || c == '$' || Character.isLetterOrDigit(c);
            isQuoted ^= c == '"';
            left.append(c);
            if (!isInWord) {
                word = left.length();
            }
        }
        return left.toString();
    }

    private static Set<String> named(Set<TableName> tables) {
        return tables.stream().map(TableName::name).collect(Collectors.toSet());
    }

    private static <T> Set<T> unshared(Collection<T> one, Collection<T> other) {
        Set<T> all = new HashSet<>(one);
        all.addAll(other);
        Set<T> shared = new HashSet<>(one);
        shared.retainAll(new HashSet<>(other));
        all.removeAll(shared);
        return all;
    }

    private static <V> Set<TableName> changedKeys(Map<TableName, V> one, Map<TableName, V> other) {
        Set<TableName> all = new HashSet<>(one.keySet());
        all.addAll(other.keySet());
        all.removeIf(key -> Objects.equals(one.get(key), other.get(key)));
        return all;
    }
}
