package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is lost with an object that is dropped, beyond foreign keys, views' tables and partitions, which are known by
 * themselves.
 *
 * <p>A table that loses a column passes the loss on as if it were dropped; one that loses a default or a check does not.
 */
final class Dependencies {
    /** Nothing depends on anything. */
    static final Dependencies NONE = new Dependencies(Set.of());

    /** What a table or other object loses. */
    enum Loss {
        /** It goes away itself. */
        WHOLE,
        /** One of its columns, with what is in it. */
        COLUMN,
        /** A default, a check, a trigger, a policy of rows. */
        PART
    }

    /**
     * An object of the database.
     *
     * @param kind {@code table}, {@code sequence}, {@code type}, {@code routine}, {@code extension} or another word
     * @param schema its schema, folded; empty for what is in none
     * @param name its name, folded
     */
    record Item(String kind, String schema, String name) {
        static final String TABLE = "table";

        static Item of(TableName table) {
            return new Item(TABLE, table.schema(), table.name());
        }

        boolean isTable() {
            return kind.equals(TABLE);
        }

        TableName table() {
            return TableName.of(schema, name);
        }

        @Override
        public String toString() {
            return kind + " " + (schema.isEmpty() ? name : schema + "." + name);
        }
    }

    /** That one object uses another. */
    record Use(Item used, Item user, Loss loss) {}

    /** A table that loses something, and of what it is the consequence. */
    record Lost(TableName table, Loss loss, Item used) {}

    private final Set<Use> uses;
    private final Map<Item, List<Use>> byUsed = new HashMap<>();

    Dependencies(Set<Use> uses) {
        this.uses = Set.copyOf(uses);
        this.uses.forEach(use ->
                byUsed.computeIfAbsent(use.used(), first -> new ArrayList<>(1)).add(use));
    }

    /** What uses what, each as it is told. */
    Set<Use> uses() {
        return uses;
    }

    /** What tables lose when an object is dropped, by way of whatever other objects. */
    List<Lost> lostWith(Item dropped) {
        List<Lost> lost = new ArrayList<>();
        Set<Item> visited = new HashSet<>(Set.of(dropped));
        ArrayDeque<Item> open = new ArrayDeque<>(visited);
        while (!open.isEmpty()) {
            for (Use use : byUsed.getOrDefault(open.remove(), List.of())) {
                Item user = use.user();
                if (user.isTable()) {
                    lost.add(new Lost(user.table(), use.loss(), use.used()));
                }
                boolean passesOn = !user.isTable() || use.loss() != Loss.PART;
                if (passesOn && visited.add(user)) {
                    open.add(user);
                }
            }
        }
        return lost;
    }

    /** The names of what uses something, or is used, as only one of two readings tells. */
    Set<String> namesOtherwiseIn(Dependencies other) {
        Set<String> names = new HashSet<>();
        Stream.concat(
                        uses.stream().filter(use -> !other.uses.contains(use)),
                        other.uses.stream().filter(use -> !uses.contains(use)))
                .forEach(use -> {
                    names.add(use.used().name());
                    names.add(use.user().name());
                });
        return names;
    }

    /** The objects of a kind that a name could mean, as far as anything uses them. */
    List<Item> named(String kind, TableName name) {
        return byUsed.keySet().stream()
                .filter(item -> item.kind().equals(kind)
                        && item.name().equals(name.name())
                        && (name.schema().isEmpty() || item.schema().equals(name.schema())))
                .toList();
    }

    /** The objects of a schema that anything uses, its tables apart. */
    List<Item> inSchema(String schema) {
        return byUsed.keySet().stream()
                .filter(item -> !item.isTable() && item.schema().equals(schema))
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dependencies dependencies && uses.equals(dependencies.uses);
    }

    @Override
    public int hashCode() {
        return uses.hashCode();
    }
}
