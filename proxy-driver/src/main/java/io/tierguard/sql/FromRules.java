package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.Collections;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.ParenthesedFromItem;

/** Rules for the places in which a name is a table that is read. */
final class FromRules {

    /** Why a name that a common table expression has is read as a table too. */
    static final String SHADOWING_TABLE = "a table hides the common table expression of its name";

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
                && visit.queries().contains(visit.queryName(table.getNameParts().get(0)));
        if (!isQuery) {
            visit.effect(Verb.SELECT, table);
            return;
        }
        TableName name = TableNames.of(table, visit);
        if ((visit.dialect() == Dialect.H2 || visit.dialect() == Dialect.ANSI) && name != null) {
            // Where there is a table of that name, H2 reads it and not the common table expression.
            visit.effect(new Effect(Verb.SELECT, name, Collections.emptySortedSet(), true, SHADOWING_TABLE));
        }
    }
}
