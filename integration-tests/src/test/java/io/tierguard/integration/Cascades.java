package io.tierguard.integration;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a database's foreign keys write in other tables, as the real driver's metadata tells. */
final class Cascades {
    private final Map<String, Set<String>> reached = new TreeMap<>();

    private final Map<String, Set<String>> referred = new TreeMap<>();

    private Cascades() {}

    static Cascades of(Connection connection, Collection<String> tables) throws SQLException {
        Cascades cascades = new Cascades();
        DatabaseMetaData metadata = connection.getMetaData();
        for (String table : tables) {
            for (String spelling : Set.of(table, table.toUpperCase(Locale.ROOT))) {
                try (ResultSet keys = metadata.getImportedKeys(null, null, spelling)) {
                    while (keys.next()) {
                        cascades.add(keys, table);
                    }
                }
            }
        }
        return cascades;
    }

    private void add(ResultSet key, String table) throws SQLException {
        boolean acts = acts(key.getInt("DELETE_RULE")) || acts(key.getInt("UPDATE_RULE"));
        String parent = key.getString("PKTABLE_NAME").toLowerCase(Locale.ROOT);
        referred.computeIfAbsent(table, none -> new TreeSet<>()).add(parent);
        if (acts) {
            reached.computeIfAbsent(parent, none -> new TreeSet<>()).add(table);
        }
    }

    private static boolean acts(int rule) {
        return rule == DatabaseMetaData.importedKeyCascade
                || rule == DatabaseMetaData.importedKeySetNull
                || rule == DatabaseMetaData.importedKeySetDefault;
    }

    /** Whether a text names a table to which another refers, so that dropping it can take that one's key along. */
    boolean reachFrom(String sql, String table) {
        String text = sql.toLowerCase(Locale.ROOT);
        return referred.getOrDefault(table, Set.of()).stream().anyMatch(text::contains);
    }

    /** Whether a change of rows of one of the tables can reach another. */
    boolean reach(Collection<String> changed, String table) {
        Set<String> all = new TreeSet<>(changed);
        for (int size = -1; size < all.size(); ) {
            size = all.size();
            for (String each : Set.copyOf(all)) {
                all.addAll(reached.getOrDefault(each, Set.of()));
            }
        }
        return !changed.contains(table) && all.contains(table);
    }
}
