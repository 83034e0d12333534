package io.tierguard.sql;

import io.tierguard.policy.model.Verb;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.ParenthesedFromItem;

/** Rules for the places in which a name is a table that is read. */
final class FromRules {

    private FromRules() {}

    static void addTo(NodeRules rules) {
        rules.on(Table.class, FromRules::table);
        rules.on(Join.class, (node, visit) -> {
            visit.required(node.getFromItem(), "a joined table");
            visit.each(node.getOnExpressions());
            visit.each(node.getUsingColumns());
            visit.absent(node.getJoinWindow(), "a join over a stream window");
        });
        rules.on(ParenthesedFromItem.class, (node, visit) -> {
            visit.required(node.getFromItem(), "a table");
            visit.each(node.getJoins());
            visit.absent(node.getPivot(), "PIVOT");
            visit.absent(node.getUnPivot(), "UNPIVOT");
            visit.absent(node.getSampleClause(), "TABLESAMPLE");
        });
    }

    private static void table(Table table, TreeVisit visit) {
        boolean isQuery = TableNames.isUnqualified(table)
                && visit.queries().contains(table.getNameParts().get(0));
        if (isQuery) {
            TableNames.of(table, visit);
        } else {
            visit.effect(Verb.SELECT, table);
        }
    }
}
