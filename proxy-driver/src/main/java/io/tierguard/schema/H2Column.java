package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A column of H2 that is of a domain, or for which the database computes something.
 *
 * @param standard its default as an expression; empty where there is none
 * @param generation what it is computed by; empty where it is not
 * @param onUpdate what a change of its row gives it; empty for nothing
 * @param isConverted whether the server may store another value in a row that it copies: its default in the place of NULL, or what the
 *     present mode makes of a type that the column was given in another
 * @param domain the domain that it is of; of nulls where it is of none
 */
record H2Column(
        H2Name table,
        String name,
        String standard,
        String generation,
        String onUpdate,
        boolean isConverted,
        H2Name domain) {
    // One look for all, because it takes longest; a plain number or text as the default computes nothing.
    private static final String COLUMNS = """
            SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, COLUMN_DEFAULT, GENERATION_EXPRESSION, COLUMN_ON_UPDATE,
              CONVERTED, DOMAIN_SCHEMA, DOMAIN_NAME
            FROM INFORMATION_SCHEMA.COLUMNS
            WHERE TABLE_SCHEMA <> 'INFORMATION_SCHEMA'
              AND (DOMAIN_NAME IS NOT NULL OR GENERATION_EXPRESSION IS NOT NULL OR COLUMN_ON_UPDATE IS NOT NULL OR CONVERTED
                OR COLUMN_DEFAULT LIKE '%(%' OR COLUMN_DEFAULT LIKE '%VALUE FOR%')""";

    private static final String MODE =
            "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'MODE'";

    static List<H2Column> read(Statement statement) throws SQLException {
        List<H2Column> columns = new ArrayList<>();
        String query = COLUMNS.replace(
                "CONVERTED", "(DEFAULT_ON_NULL AND IS_NULLABLE = 'YES'" + convertedIn(mode(statement)) + ")");
        try (ResultSet rows = statement.executeQuery(H2Query.fresh(query))) {
            while (rows.next()) {
                columns.add(new H2Column(
                        H2Name.of(rows, 1),
                        rows.getString(3),
                        text(rows.getString(4)),
                        text(rows.getString(5)),
                        text(rows.getString(6)),
                        rows.getBoolean(7),
                        H2Name.of(rows, 8)));
            }
        }
        return columns;
    }

    private static String mode(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(H2Query.fresh(MODE))) {
            return row.next() ? text(row.getString(1)) : "";
        }
    }

    /** A copy is made by the text of the table, which means another type in some modes, or values that end otherwise. */
    private static String convertedIn(String mode) {
        return switch (mode) {
            case "Oracle" -> " OR DATA_TYPE = 'DATE'";
            case "MySQL", "MariaDB" -> " OR DATA_TYPE = 'CHARACTER'";
            default -> "";
        };
    }

    /**
     * The columns of each table, folded, that are computed from others or set in each row that is changed.
     *
     * @param domainsOnUpdate the domains whose columns are set so
     */
    static Map<TableName, Set<String>> computed(List<H2Column> columns, Set<H2Name> domainsOnUpdate) {
        Map<TableName, Set<String>> computed = new HashMap<>();
        for (H2Column column : columns) {
            boolean isSetOnUpdate = !column.onUpdate.isEmpty() || domainsOnUpdate.contains(column.domain);
            if (isSetOnUpdate || !column.generation.isEmpty()) {
                computed.computeIfAbsent(column.table.folded(), first -> new HashSet<>())
                        .add(TableName.fold(column.name));
            }
        }
        return computed;
    }

    /** The tables of which a copy that the server makes may have other values. */
    static Set<TableName> computing(List<H2Column> columns) {
        return columns.stream()
                .filter(column -> column.isConverted || !column.generation.isEmpty())
                .map(column -> column.table.folded())
                .collect(Collectors.toSet());
    }

    /** All that the database computes for it; empty where nothing of it could call anything. */
    String computes() {
        String all = Stream.of(standard, generation, onUpdate)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" , "));
        return all.indexOf('(') < 0 ? "" : all;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
