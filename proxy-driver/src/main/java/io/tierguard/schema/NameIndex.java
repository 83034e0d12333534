package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a database has under names with a schema, found by a name that may have none. */
final class NameIndex {
    private final Map<String, List<TableName>> byName = new HashMap<>();

    NameIndex(Collection<TableName> all) {
        all.forEach(each ->
                byName.computeIfAbsent(each.name(), first -> new ArrayList<>()).add(each));
    }

    /**
     * All that a name could mean.
     *
     * @param schemas the schemas that the session searches; empty when they are not known
     */
    List<TableName> named(TableName name, List<String> schemas) {
        List<TableName> found = new ArrayList<>();
        for (TableName candidate : byName.getOrDefault(name.name(), List.of())) {
            boolean matches = name.isQualified()
                    ? candidate.schema().equals(name.schema())
                    : schemas.isEmpty() || schemas.contains(candidate.schema());
            if (matches) {
                found.add(candidate);
            }
        }
        return found;
    }
}
