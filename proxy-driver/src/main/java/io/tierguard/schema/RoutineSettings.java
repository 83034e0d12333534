package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import io.tierguard.sql.BodySettings;
import io.tierguard.sql.Dialect;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings under which a routine runs, as far as the meaning of its body rests on them.
 *
 * @param searched the schemas that it searches; empty where it could be any
 * @param areHarmless whether no other setting gives its body another meaning
 */
record RoutineSettings(List<String> searched, boolean areHarmless) {
    private static final String PATH = "search_path=";

    RoutineSettings {
        searched = List.copyOf(searched);
    }

    /** Reads the settings of a routine, each {@code name=value}. */
    static RoutineSettings of(String joined, Dialect dialect) {
        List<String> searched = List.of();
        boolean areHarmless = true;
        for (String setting : joined.split(String.valueOf(SchemaReader.SEPARATOR), -1)) {
            String folded = TableName.fold(setting);
            if (folded.startsWith(PATH) && dialect == Dialect.POSTGRESQL) {
                searched = schemas(setting.substring(PATH.length()));
            } else if (BodySettings.changeMeaning(setting.substring(0, Math.max(0, setting.indexOf('='))))) {
                areHarmless = false;
            }
        }
        return new RoutineSettings(searched, areHarmless);
    }

    /** The schemas of a path; empty where one is that of the user, whoever that is. */
    private static List<String> schemas(String path) {
        List<String> schemas = new ArrayList<>();
        schemas.add("pg_catalog");
        StringBuilder name = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i <= path.length(); i++) {
            char c = i < path.length() ? path.charAt(i) : ',';
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && (!quoted || i == path.length())) {
                schemas.add(TableName.fold(name.toString().strip()));
                name.setLength(0);
            } else {
                name.append(c);
            }
        }
        schemas.removeIf(String::isEmpty);
        return schemas.contains("$user") ? List.of() : schemas;
    }
}
