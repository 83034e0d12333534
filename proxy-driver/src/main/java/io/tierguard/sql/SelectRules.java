package io.tierguard.sql;

import io.tierguard.policy.model.Verb;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.Distinct;
import net.sf.jsqlparser.statement.select.Fetch;
import net.sf.jsqlparser.statement.select.GroupByElement;
import net.sf.jsqlparser.statement.select.LateralSubSelect;
import net.sf.jsqlparser.statement.select.Limit;
import net.sf.jsqlparser.statement.select.Offset;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.TableStatement;
import net.sf.jsqlparser.statement.select.Top;
import net.sf.jsqlparser.statement.select.Values;

/** Rules for queries and their clauses. */
final class SelectRules {

    private SelectRules() {}

    static void addTo(NodeRules rules) {
        rules.on(PlainSelect.class, SelectRules::plain);
        rules.on(SetOperationList.class, (node, visit) -> setOperation(node, visit, visit));
        rules.on(Values.class, (node, visit) -> {
            tail(node, visit).each(node.getExpressions());
            visit.absent(node.getSampleClause(), "TABLESAMPLE");
        });
        rules.on(TableStatement.class, (node, visit) -> {
            tail(node, visit).required(node.getTable(), "a table");
            visit.absent(node.getSampleClause(), "TABLESAMPLE");
        });
        rules.on(ParenthesedSelect.class, SelectRules::parenthesed);
        rules.on(LateralSubSelect.class, SelectRules::parenthesed);

        rules.on(SelectItem.class, (node, visit) -> visit.required(node.getExpression(), "a selected expression"));
        rules.on(AllColumns.class, SelectRules::allColumns);
        rules.on(AllTableColumns.class, SelectRules::allColumns);
        rules.on(Distinct.class, (node, visit) -> visit.each(node.getOnSelectItems()));
        rules.on(Top.class, (node, visit) -> visit.parts(node.getExpression()));
        rules.on(GroupByElement.class, (node, visit) -> {
            visit.each(node.getGroupByExpressionList());
            visit.each(node.getGroupingSets());
        });
        rules.on(OrderByElement.class, (node, visit) -> {
            visit.required(node.getExpression(), "a sort key");
            visit.absent(node.getWithFill(), "WITH FILL");
        });
        rules.on(Limit.class, (node, visit) -> {
            visit.parts(node.getOffset(), node.getRowCount());
            visit.each(node.getByExpressions());
        });
        rules.on(Offset.class, (node, visit) -> visit.parts(node.getOffset()));
        rules.on(Fetch.class, (node, visit) -> visit.parts(node.getExpression(), node.getFetchJdbcParameter()));
    }

    private static void plain(PlainSelect node, TreeVisit outer) {
        TreeVisit visit = tail(node, outer);
        visit.parts(node.getFromItem(), node.getDistinct(), node.getTop());
        visit.each(node.getSelectItems());
        visit.each(node.getJoins());
        visit.parts(node.getWhere(), node.getGroupBy(), node.getHaving(), node.getQualify());
        visit.each(node.getWindowDefinitions());
        if (node.getIntoTables() != null) {
            node.getIntoTables().forEach(table -> into(table, visit));
        }
        if (node.getIntoTempTable() != null) {
            into(node.getIntoTempTable(), visit);
        }
        visit.absent(node.getMySqlSelectIntoClause(), "INTO a file or variable");
        visit.absent(node.getPreWhere(), "PREWHERE");
        visit.absent(node.getLateralViews(), "LATERAL VIEW");
        visit.absent(node.getSettings(), "SETTINGS");
        visit.absent(node.getSampleClause(), "SAMPLE");
        visit.absent(node.getOptimizeFor(), "OPTIMIZE FOR");
        visit.absent(node.getSkip(), "SKIP");
        visit.absent(node.getFirst(), "FIRST");
        visit.absent(node.getBigQuerySelectQualifier(), "SELECT AS STRUCT");
        visit.absent(node.getOracleHierarchical(), "CONNECT BY");
        visit.absent(node.getPreferringClause(), "PREFERRING");
        visit.absent(node.getOracleHint(), "an optimizer hint");
        visit.absent(node.getForXmlPath(), "FOR XML");
        visit.absent(node.getKsqlWindow(), "a stream window");
        visit.absent(node.isUsingFinal(), "FINAL");
        visit.absent(node.isUsingOnly(), "ONLY");
    }

    private static void into(Table table, TreeVisit visit) {
        visit.effect(Verb.CREATE, table);
        visit.effect(Verb.INSERT, table);
    }

    private static void parenthesed(ParenthesedSelect node, TreeVisit outer) {
        TreeVisit visit = tail(node, outer);
        visit.absent(node.getSampleClause(), "TABLESAMPLE");
        visit.required(node.getSelect(), "a query");
    }

    /** Reads a set operation whose first term may see other common table expressions than the rest of it. */
    static void setOperation(SetOperationList node, TreeVisit outer, TreeVisit outerOfRest) {
        TreeVisit visit = outer == outerOfRest ? outer : QueryScope.enter(node.getWithItemsList(), outer);
        TreeVisit visitOfRest = tail(node, outerOfRest);
        visit = outer == outerOfRest ? visitOfRest : visit;
        visit.absent(node.getSampleClause(), "TABLESAMPLE");
        for (Select term : node.getSelects()) {
            visit.required(term, "a query");
            visit = visitOfRest;
        }
    }

    /** Reads what any query may carry, and gives the visit that sees its common table expressions. */
    static TreeVisit tail(Select node, TreeVisit outer) {
        TreeVisit visit = QueryScope.enter(node.getWithItemsList(), outer);
        visit.each(node.getOrderByElements());
        visit.parts(node.getLimit(), node.getLimitBy(), node.getOffset(), node.getFetch());
        visit.absent(node.getForClause(), "FOR XML or FOR JSON");
        visit.absent(node.getOption(), "OPTION");
        visit.absent(node.getInterpolate(), "INTERPOLATE");
        visit.absent(node.getIsolation(), "WITH an isolation");
        visit.absent(node.getMySqlProcedureAnalyse(), "PROCEDURE ANALYSE");
        visit.absent(node.getPivot(), "PIVOT");
        visit.absent(node.getUnPivot(), "UNPIVOT");
        return visit;
    }

    /** Reads {@code *} and what it leaves out or replaces. */
    static void allColumns(AllColumns node, TreeVisit visit) {
        visit.each(node.getExceptColumns());
        visit.each(node.getReplaceExpressions());
    }
}
