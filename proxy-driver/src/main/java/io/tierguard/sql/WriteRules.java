package io.tierguard.sql;

import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.ReturningClause;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.update.UpdateSet;
import org.jspecify.annotations.Nullable;

/** Rules for UPDATE and DELETE. */
final class WriteRules {

    private WriteRules() {}

    static void addTo(NodeRules rules) {
        rules.on(Update.class, WriteRules::update);
        rules.on(Delete.class, WriteRules::delete);
        rules.on(UpdateSet.class, (node, visit) -> {
            visit.each(node.getColumns());
            visit.each(node.getValues());
        });
        rules.on(ReturningClause.class, (node, visit) -> {
            visit.each(node);
            visit.absent(node.getDataItems(), "RETURNING INTO");
        });
    }

    static void update(Update node, TreeVisit outer) {
        TreeVisit visit = QueryScope.enter(node.getWithItemsList(), outer);
        visit.each(node.getUpdateSets());
        visit.parts(node.getFromItem());
        visit.each(node.getJoins());
        visit.each(node.getStartJoins());
        visit.parts(node.getWhere(), node.getLimit(), node.getReturningClause());
        visit.each(node.getOrderByElements());
        visit.absent(node.getOutputClause(), "OUTPUT");
        visit.absent(node.getForPortionClause(), "FOR PORTION OF");
        visit.absent(node.getPreferringClause(), "PREFERRING");
        visit.absent(node.getOracleHint(), "an optimizer hint");
        visit.absent(node.getOption(), "OPTION");

        if (visit.dialect().isOfMySqlFamily()) {
            MySqlUpdates.read(node, visit);
            return;
        }
        List<String> columns = assigned(node.getUpdateSets(), visit);
        boolean hasWhere = node.getWhere() != null;
        Table target = node.getTable();
        visit.effect(Verb.UPDATE, target, columns, hasWhere);
        WriteTargets joined = new WriteTargets().joined(node.getStartJoins());
        List<Table> also = new ArrayList<>(joined.all());
        if (target != null) {
            also.addAll(new WriteTargets()
                    .from(node.getFromItem())
                    .joined(node.getJoins())
                    .joined(node.getStartJoins())
                    .behindAlias(target, visit));
        }
        for (Table table : also) {
            visit.effect(Verb.UPDATE, table, columns, hasWhere);
        }
    }

    static void delete(Delete node, TreeVisit outer) {
        TreeVisit visit = QueryScope.enter(node.getWithItemsList(), outer);
        visit.each(node.getUsingFromItemList());
        visit.each(node.getJoins());
        visit.parts(node.getWhere(), node.getLimit(), node.getReturningClause());
        visit.each(node.getOrderByElements());
        visit.absent(node.getOutputClause(), "OUTPUT");
        visit.absent(node.getForPortionClause(), "FOR PORTION OF");
        visit.absent(node.getPreferringClause(), "PREFERRING");
        visit.absent(node.getOracleHint(), "an optimizer hint");
        visit.absent(node.getOption(), "OPTION");

        WriteTargets sources = new WriteTargets().joined(node.getJoins());
        if (node.getUsingFromItemList() != null) {
            node.getUsingFromItemList().forEach(sources::from);
        }
        List<Table> named = node.getTables();
        boolean hasWhere = node.getWhere() != null;
        if (named == null || named.isEmpty()) {
            List<Table> also = node.getTable() == null ? List.of() : sources.behindAlias(node.getTable(), visit);
            visit.effect(Verb.DELETE, node.getTable(), List.of(), hasWhere);
            also.forEach(table -> visit.effect(Verb.DELETE, table, List.of(), hasWhere));
            // A join without a list of targets may delete from each of its tables.
            new WriteTargets()
                    .joined(node.getJoins())
                    .all()
                    .forEach(table -> visit.effect(Verb.DELETE, table, List.of(), hasWhere));
            return;
        }
        sources.from(node.getTable());
        boolean readsFirst = node.getTable() != null;
        for (Table target : named) {
            if (target == null) {
                visit.refuse("a table that is missing");
                continue;
            }
            List<Table> behind = sources.behindAlias(target, visit);
            readsFirst &= !behind.contains(node.getTable());
            Set<Table> written = new LinkedHashSet<>(behind.isEmpty() ? List.of(target) : behind);
            if (!behind.isEmpty()) {
                written.addAll(
                        sources.qualifiedBy(target, visit)); // the server may tell an alias from a table by letter case
            }
            written.forEach(table -> visit.effect(Verb.DELETE, table, List.of(), hasWhere));
        }
        if (readsFirst) {
            visit.parts(node.getTable());
        }
    }

    /** The columns that assignments set. */
    static List<String> assigned(@Nullable Collection<UpdateSet> assignments, TreeVisit visit) {
        List<String> columns = new ArrayList<>();
        if (assignments != null) {
            for (UpdateSet assignment : assignments) {
                for (Column column : assignment.getColumns()) {
                    columns.add(TableNames.assigned(column, visit));
                }
            }
        }
        if (columns.isEmpty()) {
            visit.refuse("an assignment that is missing");
        }
        return columns;
    }
}
