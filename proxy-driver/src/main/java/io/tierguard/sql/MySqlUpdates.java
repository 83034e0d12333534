package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.update.UpdateSet;

/**
 * Tells which tables an UPDATE of MySQL or MariaDB writes, where all tables that it joins can be written.
 *
 * <p>A column that names its table is of that table; one that does not is of the one that has it.
 */
final class MySqlUpdates {

    private final TreeVisit visit;
    private final WriteTargets joined;
    private final Map<Table, List<String>> columns = new LinkedHashMap<>();
    private final List<String> ofAny = new ArrayList<>();

    private MySqlUpdates(TreeVisit visit, WriteTargets joined) {
        this.visit = visit;
        this.joined = joined;
    }

    @SuppressWarnings("ReferenceEquality") // the same table may be joined twice
    static void read(Update node, TreeVisit visit) {
        WriteTargets joined = new WriteTargets()
                .from(node.getTable())
                .joined(node.getStartJoins())
                .from(node.getFromItem())
                .joined(node.getJoins());
        MySqlUpdates updates = new MySqlUpdates(visit, joined);
        WriteRules.assigned(node.getUpdateSets(), visit);
        if (node.getUpdateSets() != null) {
            node.getUpdateSets().forEach(updates::assign);
        }
        boolean hasWhere = node.getWhere() != null;
        for (Table table : joined.all()) {
            List<String> set = updates.columns.get(table);
            if (set != null) {
                visit.effect(Verb.UPDATE, table, set, hasWhere);
            } else if (table == node.getTable()) {
                visit.effect(Verb.SELECT, table);
            }
            updates.setAny(table, hasWhere);
        }
    }

    private void setAny(Table table, boolean hasWhere) {
        TableName name = ofAny.isEmpty() ? null : TableNames.of(table, visit);
        if (name != null) {
            visit.effect(Effect.of(Verb.UPDATE, name, ofAny, hasWhere).reaching(Reach.COLUMNS_IF_THERE));
        }
    }

    private void assign(UpdateSet assignment) {
        for (Column column : assignment.getColumns()) {
            Table qualifier = column.getTable();
            boolean isQualified = qualifier != null && !qualifier.getNameParts().isEmpty();
            List<Table> named = isQualified ? joined.qualifiedBy(qualifier, visit) : List.of();
            String name = visit.original(column.getColumnName());
            boolean isOfOne = joined.all().size() == 1;
            if (named.isEmpty() && !isOfOne) {
                ofAny.add(name);
            }
            for (Table table : isOfOne ? joined.all() : named) {
                columns.computeIfAbsent(table, first -> new ArrayList<>()).add(name);
            }
        }
    }
}
