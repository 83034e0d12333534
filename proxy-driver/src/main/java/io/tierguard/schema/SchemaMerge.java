package io.tierguard.schema;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * What statements of a transaction find that reads the catalog as it was when it began: what all others see now, with what the transaction
 * itself has made, and without what it has taken away.
 *
 * <p>Where both have changed the same, what the others have made of it counts; what the transaction has, its own reading tells.
 */
final class SchemaMerge {
    private final SchemaContent before;
    private final SchemaContent after;

    /**
     * A merge of what a transaction has changed.
     *
     * @param before what there was when it began
     * @param after what it reads now
     */
    SchemaMerge(SchemaContent before, SchemaContent after) {
        this.before = before;
        this.after = after;
    }

    /** The schema of the others with these changes. */
    SchemaContent into(SchemaContent others) {
        return new SchemaContent(
                set(others, SchemaContent::tables),
                set(others, SchemaContent::foreign),
                List.copyOf(keyed(others, content -> byKey(content.views(), View::name), SchemaMerge::isSame)
                        .values()),
                list(others, SchemaContent::foreignKeys),
                list(others, SchemaContent::triggers),
                sets(others, SchemaContent::children),
                sets(others, SchemaContent::keys),
                sets(others, SchemaContent::sequences),
                code(others),
                new Dependencies(set(others, content -> content.dependencies().uses())),
                others.traits()
                        .placing(new PartitionKeys(keyed(
                                others,
                                content -> content.traits().partitionKeys().columns(),
                                Set::equals))));
    }

    private UserCode code(SchemaContent others) {
        return new UserCode(
                List.copyOf(keyed(others, content -> byKey(content.code().routines(), Routine::id), SchemaMerge::isSame)
                        .values()),
                lists(others, content -> content.code().parts()),
                lists(others, content -> content.code().ofTables()),
                lists(others, content -> content.code().ofOperators()),
                lists(others, content -> content.code().ofTypes()),
                list(others, content -> content.code().ofCasts()),
                list(others, content -> content.code().ofDefinitions()),
                others.code().ofServer(),
                others.code().events());
    }

    /** The catalog writes the query of a view as the session that asks finds its tables, which its version does not depend on. */
    private static boolean isSame(View one, View other) {
        return one.version().isEmpty()
                ? one.equals(other)
                : one.version().equals(other.version()) && one.name().equals(other.name());
    }

    private static boolean isSame(Routine one, Routine other) {
        return SchemaDifference.plain(one).equals(SchemaDifference.plain(other));
    }

    private static <K, V> Map<K, V> byKey(Collection<V> values, Function<V, K> key) {
        Map<K, V> all = new LinkedHashMap<>();
        values.forEach(value -> all.put(key.apply(value), value));
        return all;
    }

    private <T> List<T> list(SchemaContent others, Function<SchemaContent, List<T>> part) {
        return List.copyOf(set(others, part.andThen(Set::copyOf)));
    }

    private <T> Set<T> set(SchemaContent others, Function<SchemaContent, Set<T>> part) {
        return merged(part.apply(before), part.apply(after), part.apply(others));
    }

    private static <T> Set<T> merged(Set<T> before, Set<T> after, Set<T> others) {
        Set<T> all = new HashSet<>(others);
        before.stream().filter(one -> !after.contains(one)).forEach(all::remove);
        after.stream().filter(one -> !before.contains(one)).forEach(all::add);
        return all;
    }

    private <K, V> Map<K, List<V>> lists(SchemaContent others, Function<SchemaContent, Map<K, List<V>>> part) {
        Map<K, List<V>> all = new HashMap<>();
        sets(others, part.andThen(SchemaDifference::asSets))
                .forEach((key, values) -> all.put(key, List.copyOf(values)));
        return all;
    }

    private <K, V> Map<K, Set<V>> sets(SchemaContent others, Function<SchemaContent, Map<K, Set<V>>> part) {
        Map<K, Set<V>> then = part.apply(before);
        Map<K, Set<V>> now = part.apply(after);
        Map<K, Set<V>> all = new HashMap<>(part.apply(others));
        Set<K> keys = new HashSet<>(now.keySet());
        keys.addAll(then.keySet());
        for (K key : keys) {
            Set<V> values = merged(
                    then.getOrDefault(key, Set.of()), now.getOrDefault(key, Set.of()), all.getOrDefault(key, Set.of()));
            // A sequence that no table owns has an empty set, and is there all the same.
            if (values.isEmpty() && !now.containsKey(key) && then.containsKey(key)) {
                all.remove(key);
            } else if (now.containsKey(key) || all.containsKey(key)) {
                all.put(key, values);
            }
        }
        return all;
    }

    private <K, V> Map<K, V> keyed(
            SchemaContent others, Function<SchemaContent, Map<K, V>> part, BiPredicate<V, V> isSame) {
        Map<K, V> then = part.apply(before);
        Map<K, V> now = part.apply(after);
        Map<K, V> all = new LinkedHashMap<>(part.apply(others));
        then.forEach((key, value) -> {
            V ofOthers = all.get(key);
            if (!now.containsKey(key) && ofOthers != null && isSame.test(value, ofOthers)) {
                all.remove(key);
            }
        });
        now.forEach((key, value) -> {
            V old = then.get(key);
            V ofOthers = all.get(key);
            boolean isOwn = old == null || !isSame.test(old, value);
            boolean isOfOthers = ofOthers != null && (old == null || !isSame.test(old, ofOthers));
            if (isOwn && !isOfOthers) {
                all.put(key, value);
            }
        });
        return all;
    }
}
