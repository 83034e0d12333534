package io.tierguard.sql;

import java.util.List;
import net.sf.jsqlparser.expression.AllValue;
import net.sf.jsqlparser.expression.ArrayConstructor;
import net.sf.jsqlparser.expression.ArrayExpression;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.DateTimeLiteralExpression;
import net.sf.jsqlparser.expression.DateUnitExpression;
import net.sf.jsqlparser.expression.DateValue;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.HexValue;
import net.sf.jsqlparser.expression.IntervalExpression;
import net.sf.jsqlparser.expression.JdbcNamedParameter;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NextValExpression;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.NumericBind;
import net.sf.jsqlparser.expression.Parenthesis;
import net.sf.jsqlparser.expression.PartitionByClause;
import net.sf.jsqlparser.expression.RowConstructor;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.TimeKeyExpression;
import net.sf.jsqlparser.expression.TimeValue;
import net.sf.jsqlparser.expression.TimestampValue;
import net.sf.jsqlparser.expression.UserVariable;
import net.sf.jsqlparser.expression.VariableAssignment;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.NamedExpressionList;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.schema.Column;

/** Rules for values and for lists of values: literals, placeholders, columns, rows, arrays. */
final class ValueRules {

    private ValueRules() {}

    static void addTo(NodeRules rules) {
        for (Class<?> leaf : List.of(
                AllValue.class,
                BooleanValue.class,
                DateTimeLiteralExpression.class,
                DateUnitExpression.class,
                DateValue.class,
                DoubleValue.class,
                HexValue.class,
                JdbcNamedParameter.class,
                JdbcParameter.class,
                LongValue.class,
                NextValExpression.class,
                NullValue.class,
                NumericBind.class,
                StringValue.class,
                TimeKeyExpression.class,
                TimeValue.class,
                TimestampValue.class,
                UserVariable.class)) {
            rules.on(leaf, (node, visit) -> {});
        }
        rules.on(Column.class, (node, visit) -> visit.parts(node.getArrayConstructor()));
        rules.on(ArrayConstructor.class, (node, visit) -> visit.each(node.getExpressions()));
        rules.on(
                ArrayExpression.class,
                (node, visit) -> visit.parts(
                        node.getObjExpression(),
                        node.getIndexExpression(),
                        node.getStartIndexExpression(),
                        node.getStopIndexExpression()));
        rules.on(IntervalExpression.class, ValueRules::interval);
        rules.on(VariableAssignment.class, (node, visit) -> visit.parts(node.getVariable(), node.getExpression()));

        rules.on(ExpressionList.class, (node, visit) -> visit.each(node));
        rules.on(ParenthesedExpressionList.class, (node, visit) -> visit.each(node));
        rules.on(NamedExpressionList.class, (node, visit) -> visit.each(node));
        rules.on(Parenthesis.class, (node, visit) -> visit.each(node));
        rules.on(PartitionByClause.class, (node, visit) -> visit.each(node));
        rules.on(RowConstructor.class, (node, visit) -> {
            visit.each(node);
            if (node.getName() != null && !node.getName().isEmpty()) {
                visit.call(List.of(node.getName()));
            }
        });
    }

    private static void interval(IntervalExpression interval, TreeVisit visit) {
        visit.parts(interval.getExpression());
        String parameter = interval.getParameter();
        if (parameter != null && parameter.indexOf('(') >= 0 && parameter.charAt(0) != '\'') {
            visit.refuse("an interval of an expression");
        }
    }
}
