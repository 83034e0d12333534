package io.tierguard.schema;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A domain of H2.
 *
 * @param standard its default as an expression; empty where there is none
 * @param onUpdate what a change of its row gives a column of it; empty for nothing
 * @param parent the domain that it is made of; of nulls where it is of none
 */
record H2Domain(H2Name name, String standard, String onUpdate, H2Name parent) {
    private static final String DOMAINS = """
            SELECT DOMAIN_SCHEMA, DOMAIN_NAME, DOMAIN_DEFAULT, DOMAIN_ON_UPDATE, PARENT_DOMAIN_SCHEMA, PARENT_DOMAIN_NAME
            FROM INFORMATION_SCHEMA.DOMAINS""";

    static List<H2Domain> read(Statement statement) throws SQLException {
        List<H2Domain> domains = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(H2Query.fresh(DOMAINS))) {
            while (rows.next()) {
                domains.add(new H2Domain(
                        H2Name.of(rows, 1), text(rows.getString(3)), text(rows.getString(4)), H2Name.of(rows, 5)));
            }
        }
        return domains;
    }

    /** The domains whose columns are set in each row that is changed, by themselves or by a domain that they are made of. */
    static Set<H2Name> setOnUpdate(List<H2Domain> domains) {
        Map<H2Name, H2Domain> byName = new HashMap<>();
        domains.forEach(domain -> byName.put(domain.name, domain));
        Set<H2Name> set = new HashSet<>();
        for (H2Domain domain : domains) {
            for (H2Domain part = domain; part != null; part = byName.get(part.parent)) {
                if (!part.onUpdate.isEmpty()) {
                    set.add(domain.name);
                }
            }
        }
        return set;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
