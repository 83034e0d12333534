package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a driver tells of the catalog of a database that nobody knows: tables, what is no plain table, foreign keys and indexes.
 *
 * <p>What stands behind a view, and what a routine does, it does not tell.
 */
final class JdbcCatalog {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcCatalog.class);

    /** Types whose rows are their own; whatever else has a name may stand for other tables. */
    private static final Set<String> PLAIN =
            Set.of("table", "base table", "global temporary", "local temporary", "temporary");

    /** A table by the names that the driver takes. */
    private record Named(@Nullable String catalog, @Nullable String schema, String name) {
        TableName folded() {
            return TableName.of(schema == null || schema.isEmpty() ? text(catalog) : schema, name);
        }
    }

    private final DatabaseMetaData metaData;
    private final Dialect dialect;
    private final Set<TableName> tables = new HashSet<>();
    private final Set<TableName> foreign = new HashSet<>();
    private final List<View> views = new ArrayList<>();
    private final List<ForeignKey> keys = new ArrayList<>();
    private final Map<TableName, Set<TableName>> indexes = new HashMap<>();

    private JdbcCatalog(DatabaseMetaData metaData, Dialect dialect) {
        this.metaData = metaData;
        this.dialect = dialect;
    }

    /** The snapshot of the database behind a connection. */
    static SchemaSnapshot read(Connection connection, Dialect dialect) throws SQLException {
        JdbcCatalog catalog = new JdbcCatalog(connection.getMetaData(), dialect);
        for (Named table : catalog.tables()) {
            catalog.readKeys(table);
            catalog.readIndexes(table);
        }
        catalog.readUnlistedSynonyms(connection);
        return new SchemaSnapshot(
                dialect,
                new SchemaContent(
                        catalog.tables,
                        catalog.foreign,
                        catalog.views,
                        catalog.keys,
                        ListedTriggers.read(connection),
                        Map.of(),
                        Map.of(),
                        catalog.indexes,
                        ListedRoutines.read(connection, dialect),
                        Dependencies.NONE,
                        TableTraits.NONE));
    }

    private List<Named> tables() throws SQLException {
        List<Named> plain = new ArrayList<>();
        try (ResultSet rows = metaData.getTables(null, null, "%", null)) {
            while (rows.next()) {
                Named table = new Named(
                        rows.getString("TABLE_CAT"), rows.getString("TABLE_SCHEM"), text(rows.getString("TABLE_NAME")));
                String type = TableName.fold(text(rows.getString("TABLE_TYPE")));
                if (isOfServer(table.folded())) {
                    continue;
                }
                if (PLAIN.contains(type)) {
                    tables.add(table.folded());
                    plain.add(table);
                } else {
                    (type.equals("view") ? tables : foreign).add(table.folded());
                    views.add(new View(View.Kind.UNTOLD, table.folded(), Set.of(), ""));
                }
            }
        }
        return plain;
    }

    /** Oracle's own tables and the public synonyms of them are thousands, and no name of a policy may mean one. */
    private boolean isOfServer(TableName table) {
        boolean isPublic = dialect == Dialect.ORACLE && table.schema().equals("public");
        return dialect.isDocumented()
                && (dialect.isSystemTable(table) || (isPublic && dialect.isSystemTable(TableName.of(table.name()))));
    }

    /** HSQLDB lists its synonyms nowhere but in a view of its own. */
    private void readUnlistedSynonyms(Connection connection) throws SQLException {
        String product = text(metaData.getDatabaseProductName());
        if (!TableName.fold(product).startsWith("hsql")) {
            return;
        }
        try (Statement statement = OwnStatement.of(connection);
                ResultSet rows = statement.executeQuery(
                        "SELECT SYNONYM_SCHEMA, SYNONYM_NAME FROM INFORMATION_SCHEMA.SYSTEM_SYNONYMS")) {
            while (rows.next()) {
                TableName synonym = TableName.of(rows.getString(1), rows.getString(2));
                foreign.add(synonym);
                views.add(new View(View.Kind.UNTOLD, synonym, Set.of(), ""));
            }
        } catch (SQLException olderVersion) {
            LOG.debug("the database has no synonyms", olderVersion);
        }
    }

    /** Each pair of columns is taken for a key of its own, which comes to the same. */
    private void readKeys(Named table) throws SQLException {
        try (ResultSet rows = metaData.getExportedKeys(table.catalog(), table.schema(), table.name())) {
            while (rows.next()) {
                Named child = new Named(
                        rows.getString("FKTABLE_CAT"),
                        rows.getString("FKTABLE_SCHEM"),
                        text(rows.getString("FKTABLE_NAME")));
                keys.add(new ForeignKey(
                        TableName.fold(text(rows.getString("FK_NAME"))),
                        child.folded(),
                        Set.of(TableName.fold(text(rows.getString("FKCOLUMN_NAME")))),
                        table.folded(),
                        Set.of(TableName.fold(text(rows.getString("PKCOLUMN_NAME")))),
                        action(rows.getShort("DELETE_RULE")),
                        action(rows.getShort("UPDATE_RULE"))));
            }
        }
    }

    /** A rule that is none of the known ones is taken for the worst. */
    private static ReferentialAction action(short rule) {
        return switch (rule) {
            case DatabaseMetaData.importedKeyNoAction, DatabaseMetaData.importedKeyRestrict -> ReferentialAction.NONE;
            case DatabaseMetaData.importedKeySetNull -> ReferentialAction.SET_NULL;
            case DatabaseMetaData.importedKeySetDefault -> ReferentialAction.SET_DEFAULT;
            default -> ReferentialAction.CASCADE;
        };
    }

    /** By them the table is found that an index belongs to; nothing else rests on it. */
    private void readIndexes(Named table) {
        try (ResultSet rows = metaData.getIndexInfo(table.catalog(), table.schema(), table.name(), false, true)) {
            while (rows.next()) {
                String index = text(rows.getString("INDEX_NAME"));
                if (!index.isEmpty()) {
                    indexes.computeIfAbsent(
                                    new Named(table.catalog(), table.schema(), index).folded(),
                                    unknown -> new HashSet<>())
                            .add(table.folded());
                }
            }
        } catch (SQLException untold) {
            LOG.debug("the driver does not tell the indexes of {}", table.folded(), untold);
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
