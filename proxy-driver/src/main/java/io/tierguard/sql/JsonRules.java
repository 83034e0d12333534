package io.tierguard.sql;

import java.util.Map;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.JsonAggregateFunction;
import net.sf.jsqlparser.expression.JsonExpression;
import net.sf.jsqlparser.expression.JsonFunction;
import net.sf.jsqlparser.expression.JsonFunctionExpression;
import net.sf.jsqlparser.expression.JsonKeyValuePair;
import net.sf.jsqlparser.expression.JsonTableFunction;

/** Rules for the SQL standard's JSON functions and PostgreSQL's JSON operators. */
final class JsonRules {

    private JsonRules() {}

    static void addTo(NodeRules rules) {
        rules.on(JsonExpression.class, (node, visit) -> {
            visit.required(node.getExpression(), "an operand");
            for (Map.Entry<Expression, String> step : node.getIdentList()) {
                visit.required(step.getKey(), "an operand");
            }
        });
        rules.on(JsonFunction.class, JsonRules::function);
        rules.on(JsonFunctionExpression.class, (node, visit) -> visit.parts(node.getExpression()));
        rules.on(JsonFunction.JsonOnResponseBehavior.class, (node, visit) -> visit.parts(node.getExpression()));
        rules.on(JsonKeyValuePair.class, (node, visit) -> {
            keyOrValue(node.getKey(), visit);
            keyOrValue(node.getValue(), visit);
        });
        rules.on(JsonAggregateFunction.class, (node, visit) -> {
            visit.parts(node.getExpression(), node.getFilterExpression(), node.getWindowElement());
            visit.each(node.getPartitionExpressionList());
            visit.each(node.getOrderByElements());
            visit.each(node.getExpressionOrderByElements());
            keyOrValue(node.getKey(), visit);
            keyOrValue(node.getValue(), visit);
        });
        rules.on(JsonTableFunction.class, JsonRules::table);
        rules.on(
                JsonTableFunction.JsonTablePassingClause.class,
                (node, visit) -> visit.parts(node.getValueExpression()));
        rules.on(
                JsonTableFunction.JsonTableColumnsClause.class,
                (node, visit) -> visit.each(node.getColumnDefinitions()));
        rules.on(
                JsonTableFunction.JsonTableNestedColumnDefinition.class,
                (node, visit) -> visit.parts(node.getPathExpression(), node.getColumnsClause()));
        rules.on(
                JsonTableFunction.JsonTableValueColumnDefinition.class,
                (node, visit) ->
                        visit.parts(node.getPathExpression(), node.getOnEmptyBehavior(), node.getOnErrorBehavior()));
    }

    private static void function(JsonFunction node, TreeVisit visit) {
        visit.each(node.getKeyValuePairs());
        visit.each(node.getExpressions());
        visit.each(node.getPassingExpressions());
        visit.parts(
                node.getInputExpression(),
                node.getJsonPathExpression(),
                node.getOnEmptyBehavior(),
                node.getOnErrorBehavior());
        visit.absent(node.getAdditionalQueryPathArguments(), "arguments of a JSON path");
    }

    private static void table(JsonTableFunction node, TreeVisit visit) {
        FunctionRules.call(node, visit);
        visit.parts(node.getJsonInputExpression(), node.getJsonPathExpression(), node.getColumnsClause());
        visit.each(node.getPassingClauses());
        visit.absent(node.getPlanClause(), "PLAN of JSON_TABLE");
    }

    /** A key or value is a tree, or the text of a name or literal. */
    private static void keyOrValue(Object part, TreeVisit visit) {
        if (part instanceof String text) {
            if (text.indexOf('(') >= 0 && text.charAt(0) != '\'') {
                visit.refuse("a JSON key that is an expression");
            }
        } else {
            visit.parts(part);
        }
    }
}
