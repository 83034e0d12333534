package io.tierguard.sql;

import java.util.Arrays;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.OrderByClause;
import net.sf.jsqlparser.expression.WindowDefinition;
import net.sf.jsqlparser.expression.WindowElement;
import net.sf.jsqlparser.expression.WindowOffset;
import net.sf.jsqlparser.expression.WindowRange;

/** Rules for window and ordered-set functions and the windows they look at. */
final class WindowRules {

    private WindowRules() {}

    static void addTo(NodeRules rules) {
        rules.on(AnalyticExpression.class, WindowRules::call);
        rules.on(WindowDefinition.class, (node, visit) -> {
            visit.parts(node.getPartitionBy(), node.getOrderBy(), node.getWindowElement());
            visit.each(node.getOrderByElements());
            visit.each(node.getPartitionExpressionList());
        });
        rules.on(OrderByClause.class, (node, visit) -> visit.each(node.getOrderByElements()));
        rules.on(WindowElement.class, (node, visit) -> visit.parts(node.getOffset(), node.getRange()));
        rules.on(WindowRange.class, (node, visit) -> visit.parts(node.getStart(), node.getEnd()));
        rules.on(WindowOffset.class, (node, visit) -> visit.parts(node.getExpression()));
    }

    private static void call(AnalyticExpression node, TreeVisit visit) {
        if (node.getName() == null) {
            visit.refuse("a call without a name");
        } else {
            visit.call(Arrays.asList(node.getName().split("\\.", -1)));
        }
        visit.parts(
                node.getExpression(),
                node.getOffset(),
                node.getDefaultValue(),
                node.getFilterExpression(),
                node.getWindowDefinition(),
                node.getWindowElement(),
                node.getHavingClause(),
                node.getLimit());
        visit.each(node.getOrderByElements());
        visit.each(node.getFuncOrderBy());
        visit.each(node.getPartitionExpressionList());
        visit.each(node.getKeywordArguments());
        visit.absent(node.getKeep(), "KEEP");
    }
}
