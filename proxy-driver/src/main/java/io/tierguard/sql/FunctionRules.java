package io.tierguard.sql;

import java.util.List;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.ExtractExpression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.MySQLGroupConcat;
import net.sf.jsqlparser.expression.OracleNamedFunctionParameter;
import net.sf.jsqlparser.expression.PostgresNamedFunctionParameter;
import net.sf.jsqlparser.expression.TranscodingFunction;
import net.sf.jsqlparser.expression.TrimFunction;
import net.sf.jsqlparser.statement.select.FunctionAllColumns;
import net.sf.jsqlparser.statement.select.TableFunction;

/** Rules for calls, and for functions that have a syntax of their own. */
final class FunctionRules {

    private FunctionRules() {}

    static void addTo(NodeRules rules) {
        rules.on(Function.class, FunctionRules::call);
        rules.on(Function.HavingClause.class, (node, visit) -> visit.parts(node.getExpression()));
        rules.on(Function.KeywordArgument.class, (node, visit) -> visit.parts(node.getExpression()));
        rules.on(PostgresNamedFunctionParameter.class, (node, visit) -> visit.parts(node.getExpression()));
        rules.on(OracleNamedFunctionParameter.class, (node, visit) -> visit.parts(node.getExpression()));
        rules.on(ExtractExpression.class, (node, visit) -> visit.parts(node.getExpression()));
        rules.on(TranscodingFunction.class, (node, visit) -> visit.parts(node.getExpression()));
        rules.on(TrimFunction.class, (node, visit) -> visit.parts(node.getExpression(), node.getFromExpression()));
        rules.on(MySQLGroupConcat.class, (node, visit) -> {
            visit.each(node.getExpressionList());
            visit.each(node.getOrderByElements());
        });
        rules.on(FunctionAllColumns.class, (node, visit) -> {
            visit.required(node.getFunction(), "a function");
            SelectRules.allColumns(node, visit);
        });
        rules.on(TableFunction.class, FunctionRules::tableFunction);
    }

    /** Reads a call and everything it is given. */
    static void call(Function node, TreeVisit visit) {
        List<String> name = node.getMultipartName();
        if (name == null) {
            visit.refuse("a call without a name");
        } else {
            visit.call(name);
        }
        arguments(node, visit);
    }

    private static void arguments(Function node, TreeVisit visit) {
        visit.each(node.getParameters());
        visit.each(node.getChainedParameters());
        visit.each(node.getNamedParameters());
        visit.each(node.getKeywordArguments());
        visit.each(node.getOrderByElements());
        visit.parts(node.getLimit(), node.getHavingClause());
        visit.absent(node.getKeep(), "KEEP");
        if (node.getAttribute() instanceof Expression attribute) {
            visit.parts(attribute);
        } else {
            visit.absent(node.getAttribute(), "an attribute of a call");
        }
    }

    private static void tableFunction(TableFunction node, TreeVisit visit) {
        visit.absent(node.getPivot(), "PIVOT");
        visit.absent(node.getUnPivot(), "UNPIVOT");
        visit.absent(node.getSampleClause(), "TABLESAMPLE");
        if (node.getFunction() == null && node.getRowsFromFunctions() == null) {
            visit.refuse("a table function that is missing");
        }
        visit.parts(node.getFunction());
        visit.each(node.getRowsFromFunctions());
        if (node.getMultipartName() != null && !node.getMultipartName().isEmpty()) {
            call(node, visit);
        } else {
            arguments(node, visit);
        }
    }
}
