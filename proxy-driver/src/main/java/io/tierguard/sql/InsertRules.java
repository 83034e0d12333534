package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.create.table.Index;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.insert.InsertConflictAction;
import net.sf.jsqlparser.statement.insert.InsertConflictTarget;
import net.sf.jsqlparser.statement.insert.InsertDuplicateAction;
import net.sf.jsqlparser.statement.update.UpdateSet;
import net.sf.jsqlparser.statement.upsert.Upsert;
import org.jspecify.annotations.Nullable;

/** Rules for INSERT, REPLACE and their upserts. */
final class InsertRules {

    private InsertRules() {}

    static void addTo(NodeRules rules) {
        rules.on(Insert.class, InsertRules::insert);
        rules.on(Upsert.class, InsertRules::upsert);
        rules.on(InsertConflictTarget.class, (node, visit) -> {
            visit.each(node.getIndexElements());
            visit.parts(node.getIndexExpression(), node.getWhereExpression());
        });
        rules.on(InsertConflictAction.class, (node, visit) -> {
            visit.each(node.getUpdateSets());
            visit.parts(node.getWhereExpression());
        });
        rules.on(InsertDuplicateAction.class, (node, visit) -> {
            visit.each(node.getUpdateSets());
            visit.parts(node.getWhereExpression());
        });
        rules.on(Index.ColumnParams.class, (node, visit) -> visit.parts(node.getExpression()));
    }

    static void insert(Insert node, TreeVisit outer) {
        TreeVisit visit = QueryScope.enter(node.getWithItemsList(), outer);
        visit.each(node.getColumns());
        visit.parts(
                node.getSelect(),
                node.getReturningClause(),
                node.getConflictTarget(),
                node.getConflictAction(),
                node.getDuplicateAction());
        visit.each(node.getSetUpdateSets());
        visit.each(node.getDuplicateUpdateSets());
        visit.absent(node.getOutputClause(), "OUTPUT");
        visit.absent(node.getOracleHint(), "an optimizer hint");
        visit.absent(node.getPartitions(), "PARTITION");
        visit.absent(node.isOverwrite(), "OVERWRITE");
        visit.absent(node.isOracleMultiInsert(), "INSERT ALL");
        visit.absent(node.getOracleMultiInsertBranches(), "INSERT ALL");

        visit.effect(Verb.INSERT, node.getTable(), columns(node.getColumns(), node.getSetUpdateSets(), visit), true);
        InsertConflictAction conflict = node.getConflictAction();
        if (conflict != null && conflict.getConflictActionType() == null) {
            visit.refuse("ON CONFLICT without an action");
        } else if (conflict != null) {
            switch (conflict.getConflictActionType()) {
                case DO_UPDATE -> updates(node, conflict.getUpdateSets(), visit);
                case DO_NOTHING, NOTHING -> visit.absent(conflict.getUpdateSets(), "DO NOTHING that sets columns");
            }
        }
        InsertDuplicateAction duplicate = node.getDuplicateAction();
        if (duplicate != null && duplicate.getConflictActionType() == null) {
            visit.refuse("ON DUPLICATE KEY without an action");
        } else if (duplicate != null) {
            switch (duplicate.getConflictActionType()) {
                case DO_UPDATE -> updatesDuplicate(node, duplicate.getUpdateSets(), visit);
                case DO_NOTHING, NOTHING -> visit.absent(duplicate.getUpdateSets(), "DO NOTHING that sets columns");
            }
        }
    }

    private static void updates(Insert node, @Nullable Collection<UpdateSet> assignments, TreeVisit visit) {
        visit.effect(Verb.UPDATE, node.getTable(), WriteRules.assigned(assignments, visit), true);
    }

    /** MySQL and MariaDB leave a row as it is whose columns are set to themselves, its {@code ON UPDATE} columns too. */
    private static void updatesDuplicate(Insert node, @Nullable Collection<UpdateSet> assignments, TreeVisit visit) {
        TableName table = TableNames.of(node.getTable(), visit);
        WriteRules.assigned(assignments, visit);
        if (table == null || assignments == null) {
            return;
        }
        Map<Reach, List<String>> columns = new EnumMap<>(Reach.class);
        for (UpdateSet assignment : assignments) {
            Reach reach = visit.dialect().isOfMySqlFamily() ? reach(assignment, table, visit) : Reach.TABLE;
            columns.computeIfAbsent(reach, first -> new ArrayList<>())
                    .addAll(WriteRules.assigned(List.of(assignment), visit));
        }
        columns.forEach((reach, set) ->
                visit.effect(Effect.of(Verb.UPDATE, table, set, true).reaching(reach)));
    }

    /** How far an assignment goes: the server takes what {@code LAST_INSERT_ID} is given for a number without a sign. */
    private static Reach reach(UpdateSet assignment, TableName table, TreeVisit visit) {
        if (assignment.getColumns().size() != 1 || assignment.getValues().size() != 1) {
            return Reach.TABLE;
        }
        Column column = assignment.getColumns().get(0);
        Expression value = assignment.getValues().get(0);
        if (value instanceof Column own && isOfItself(column, own, table, visit)) {
            return Reach.SAME_VALUES;
        }
        boolean isNumber = value instanceof Function call
                && call.getName().equalsIgnoreCase(MySqlInserts.TELLING)
                && call.getParameters() != null
                && call.getParameters().size() == 1
                && call.getParameters().get(0) instanceof Column counted
                && isOfItself(column, counted, table, visit);
        return isNumber ? Reach.SAME_NUMBER : Reach.TABLE;
    }

    private static boolean isOfItself(Column column, Column value, TableName table, TreeVisit visit) {
        TableName owner = value.getTable() == null ? null : TableNames.of(value.getTable(), visit);
        boolean isOwn = owner != null
                && owner.name().equals(table.name())
                && (owner.schema().isEmpty() || owner.schema().equals(table.schema()));
        return isOwn && TableNames.assigned(column, visit).equals(TableNames.assigned(value, visit));
    }

    private static void upsert(Upsert node, TreeVisit visit) {
        visit.each(node.getColumns());
        visit.parts(node.getSelect(), node.getDuplicateAction());
        visit.each(node.getUpdateSets());
        visit.each(node.getDuplicateUpdateSets());
        visit.each(node.getExpressions());
        visit.each(node.getSetExpressions());
        visit.absent(node.getDuplicateAction(), "ON DUPLICATE KEY after REPLACE");

        List<String> columns = columns(node.getColumns(), node.getUpdateSets(), visit);
        visit.effect(Verb.INSERT, node.getTable(), columns, true);
        switch (node.getUpsertType()) {
            case REPLACE, REPLACE_SET, INSERT_OR_REPLACE -> {
                visit.effect(Verb.DELETE, node.getTable());
                if (visit.dialect() == Dialect.H2) {
                    // H2 updates the row where MySQL deletes and inserts it.
                    visit.effect(Verb.UPDATE, node.getTable(), columns, true);
                }
            }
            case UPSERT -> visit.effect(Verb.UPDATE, node.getTable(), columns, true);
            case INSERT_OR_ABORT, INSERT_OR_FAIL, INSERT_OR_IGNORE, INSERT_OR_ROLLBACK -> {}
        }
    }

    /** The columns a list names or assignments set; none, which means all, where there is neither. */
    private static List<String> columns(
            @Nullable Collection<Column> listed, @Nullable Collection<UpdateSet> assignments, TreeVisit visit) {
        List<String> columns = new ArrayList<>();
        if (listed != null) {
            listed.forEach(column -> columns.add(TableNames.assigned(column, visit)));
        }
        if (assignments != null && !assignments.isEmpty()) {
            columns.addAll(WriteRules.assigned(assignments, visit));
        }
        return columns;
    }
}
