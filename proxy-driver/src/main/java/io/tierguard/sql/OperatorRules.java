package io.tierguard.sql;

import java.util.List;
import net.sf.jsqlparser.expression.AnyComparisonExpression;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.CaseExpression;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.CollateExpression;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.OverlapsCondition;
import net.sf.jsqlparser.expression.RowGetExpression;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.TimezoneExpression;
import net.sf.jsqlparser.expression.WhenClause;
import net.sf.jsqlparser.expression.operators.arithmetic.Addition;
import net.sf.jsqlparser.expression.operators.arithmetic.BitwiseAnd;
import net.sf.jsqlparser.expression.operators.arithmetic.BitwiseLeftShift;
import net.sf.jsqlparser.expression.operators.arithmetic.BitwiseOr;
import net.sf.jsqlparser.expression.operators.arithmetic.BitwiseRightShift;
import net.sf.jsqlparser.expression.operators.arithmetic.BitwiseXor;
import net.sf.jsqlparser.expression.operators.arithmetic.Concat;
import net.sf.jsqlparser.expression.operators.arithmetic.Division;
import net.sf.jsqlparser.expression.operators.arithmetic.IntegerDivision;
import net.sf.jsqlparser.expression.operators.arithmetic.Modulo;
import net.sf.jsqlparser.expression.operators.arithmetic.Multiplication;
import net.sf.jsqlparser.expression.operators.arithmetic.Subtraction;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.conditional.XorExpression;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.ContainedBy;
import net.sf.jsqlparser.expression.operators.relational.Contains;
import net.sf.jsqlparser.expression.operators.relational.CosineSimilarity;
import net.sf.jsqlparser.expression.operators.relational.DoubleAnd;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ExistsExpression;
import net.sf.jsqlparser.expression.operators.relational.GeometryDistance;
import net.sf.jsqlparser.expression.operators.relational.GreaterThan;
import net.sf.jsqlparser.expression.operators.relational.GreaterThanEquals;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsBooleanExpression;
import net.sf.jsqlparser.expression.operators.relational.IsDistinctExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.IsUnknownExpression;
import net.sf.jsqlparser.expression.operators.relational.JsonOperator;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.Matches;
import net.sf.jsqlparser.expression.operators.relational.MinorThan;
import net.sf.jsqlparser.expression.operators.relational.MinorThanEquals;
import net.sf.jsqlparser.expression.operators.relational.NotEqualsTo;
import net.sf.jsqlparser.expression.operators.relational.RegExpMatchOperator;
import net.sf.jsqlparser.expression.operators.relational.SimilarToExpression;

/**
 * Rules for operators, conditions and casts.
 *
 * <p>An operator is harmless by its sign, and a cast whatever its type: {@code ?::order_status} is everyday SQL, and an
 * operator, cast or domain of a user's own that runs code exists only where a schema snapshot shows it.
 */
final class OperatorRules {

    private static final List<Class<? extends BinaryExpression>> BINARY = List.of(
            Addition.class,
            AndExpression.class,
            BitwiseAnd.class,
            BitwiseLeftShift.class,
            BitwiseOr.class,
            BitwiseRightShift.class,
            BitwiseXor.class,
            Concat.class,
            ContainedBy.class,
            Contains.class,
            CosineSimilarity.class,
            Division.class,
            DoubleAnd.class,
            EqualsTo.class,
            GeometryDistance.class,
            GreaterThan.class,
            GreaterThanEquals.class,
            IntegerDivision.class,
            IsDistinctExpression.class,
            JsonOperator.class,
            Matches.class,
            MinorThan.class,
            MinorThanEquals.class,
            Modulo.class,
            Multiplication.class,
            NotEqualsTo.class,
            OrExpression.class,
            RegExpMatchOperator.class,
            SimilarToExpression.class,
            Subtraction.class,
            XorExpression.class);

    private OperatorRules() {}

    static void addTo(NodeRules rules) {
        for (Class<? extends BinaryExpression> operator : BINARY) {
            rules.on(operator, OperatorRules::binary);
        }
        rules.on(LikeExpression.class, (node, visit) -> {
            binary(node, visit);
            visit.parts(node.getEscape());
        });
        rules.on(NotExpression.class, (node, visit) -> operand(node.getExpression(), visit));
        rules.on(SignedExpression.class, (node, visit) -> operand(node.getExpression(), visit));
        rules.on(CollateExpression.class, (node, visit) -> operand(node.getLeftExpression(), visit));
        rules.on(RowGetExpression.class, (node, visit) -> operand(node.getExpression(), visit));
        rules.on(IsNullExpression.class, (node, visit) -> operand(node.getLeftExpression(), visit));
        rules.on(IsBooleanExpression.class, (node, visit) -> operand(node.getLeftExpression(), visit));
        rules.on(IsUnknownExpression.class, (node, visit) -> operand(node.getLeftExpression(), visit));
        rules.on(ExistsExpression.class, (node, visit) -> operand(node.getRightExpression(), visit));
        rules.on(AnyComparisonExpression.class, (node, visit) -> operand(node.getSelect(), visit));
        rules.on(InExpression.class, (node, visit) -> {
            operand(node.getLeftExpression(), visit);
            operand(node.getRightExpression(), visit);
        });
        rules.on(Between.class, (node, visit) -> {
            operand(node.getLeftExpression(), visit);
            operand(node.getBetweenExpressionStart(), visit);
            operand(node.getBetweenExpressionEnd(), visit);
        });
        rules.on(OverlapsCondition.class, (node, visit) -> {
            operand(node.getLeft(), visit);
            operand(node.getRight(), visit);
        });
        rules.on(TimezoneExpression.class, (node, visit) -> {
            operand(node.getLeftExpression(), visit);
            visit.each(node.getTimezoneExpressions());
        });
        rules.on(CastExpression.class, (node, visit) -> {
            operand(node.getLeftExpression(), visit);
            visit.absent(node.getColumnDefinitions(), "a cast to a row type");
        });
        rules.on(CaseExpression.class, (node, visit) -> {
            visit.parts(node.getSwitchExpression());
            visit.each(node.getWhenClauses());
            visit.parts(node.getElseExpression());
        });
        rules.on(WhenClause.class, (node, visit) -> {
            operand(node.getWhenExpression(), visit);
            operand(node.getThenExpression(), visit);
        });
    }

    private static void binary(BinaryExpression node, TreeVisit visit) {
        operand(node.getLeftExpression(), visit);
        operand(node.getRightExpression(), visit);
    }

    private static void operand(Object operand, TreeVisit visit) {
        visit.required(operand, "an operand");
    }
}
