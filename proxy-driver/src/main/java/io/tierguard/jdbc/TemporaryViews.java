package io.tierguard.jdbc;

import io.tierguard.policy.model.TableName;
import io.tierguard.sql.TemporaryNames;
import io.tierguard.sql.TemporaryView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes apart what a session tells of its temporary views in one column. */
final class TemporaryViews {
    private static final String BETWEEN_VIEWS = "\u001f";
    private static final String BETWEEN_PARTS = "\u001e";
    private static final String BETWEEN_BASES = "\u001d";
    private static final char AFTER_SCHEMA = '\u001c';

    private TemporaryViews() {}

    /**
     * The temporary names of a session.
     *
     * @param joined each view by its name, then its query where that may be looked at, then what it reads, then a
     *     part more where it has defaults of its own; null for none
     */
    static TemporaryNames with(Set<String> tables, @Nullable String joined) {
        Set<String> views = new HashSet<>();
        Map<String, TemporaryView> seen = new HashMap<>();
        for (String view : joined == null ? new String[0] : joined.split(BETWEEN_VIEWS, -1)) {
            String[] parts = view.split(BETWEEN_PARTS, -1);
            String name = TableName.fold(parts[0]);
            boolean isAlone = views.add(name);
            seen.remove(name);
            // One that reads no table has a part less, as one has whose query is not told.
            boolean isTold = parts.length >= 3 && parts[2].indexOf(AFTER_SCHEMA) >= 0;
            if (isAlone && isTold) {
                seen.put(name, new TemporaryView(bases(parts[2]), parts[1], parts.length > 3));
            }
        }
        return new TemporaryNames(tables, views, seen);
    }

    private static Set<TableName> bases(String joined) {
        Set<TableName> bases = new HashSet<>();
        for (String base : joined.split(BETWEEN_BASES, -1)) {
            int end = base.indexOf(AFTER_SCHEMA);
            bases.add(TableName.of(base.substring(0, end), base.substring(end + 1)));
        }
        return bases;
    }
}
