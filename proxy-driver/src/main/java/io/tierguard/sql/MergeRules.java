package io.tierguard.sql;

import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.merge.MergeDelete;
import net.sf.jsqlparser.statement.merge.MergeInsert;
import net.sf.jsqlparser.statement.merge.MergeOperation;
import net.sf.jsqlparser.statement.merge.MergeUpdate;

/** Rules for MERGE, which does what its branches do. */
final class MergeRules {

    private MergeRules() {}

    static void addTo(NodeRules rules) {
        rules.on(Merge.class, MergeRules::merge);
        rules.on(MergeInsert.class, (node, visit) -> {
            visit.each(node.getColumns());
            visit.each(node.getValues());
            visit.parts(node.getAndPredicate(), node.getWhereCondition());
        });
        rules.on(MergeUpdate.class, (node, visit) -> {
            visit.each(node.getUpdateSets());
            visit.parts(node.getAndPredicate(), node.getWhereCondition(), node.getDeleteWhereCondition());
        });
        rules.on(MergeDelete.class, (node, visit) -> visit.parts(node.getAndPredicate()));
    }

    private static void merge(Merge node, TreeVisit outer) {
        TreeVisit visit = QueryScope.enter(node.getWithItemsList(), outer);
        visit.required(node.getFromItem(), "the source of MERGE");
        visit.parts(node.getOnCondition(), node.getReturningClause());
        visit.absent(node.getOracleHint(), "an optimizer hint");
        visit.absent(node.getOutputClause(), "OUTPUT");
        visit.absent(node.getOption(), "OPTION");

        List<MergeOperation> branches = new ArrayList<>();
        if (node.getOperations() != null) {
            branches.addAll(node.getOperations());
        }
        if (node.getMergeInsert() != null && !branches.contains(node.getMergeInsert())) {
            branches.add(node.getMergeInsert());
        }
        if (node.getMergeUpdate() != null && !branches.contains(node.getMergeUpdate())) {
            branches.add(node.getMergeUpdate());
        }
        if (branches.isEmpty()) {
            visit.refuse("MERGE without a branch");
        }
        visit.each(branches);
        for (MergeOperation branch : branches) {
            branch(branch, node, visit);
        }
    }

    private static void branch(MergeOperation branch, Merge node, TreeVisit visit) {
        if (branch instanceof MergeInsert insert) {
            List<String> columns = new ArrayList<>();
            if (insert.getColumns() != null) {
                for (Column column : insert.getColumns()) {
                    columns.add(TableNames.assigned(column, visit));
                }
            }
            visit.effect(Verb.INSERT, node.getTable(), columns, true);
        } else if (branch instanceof MergeUpdate update) {
            visit.effect(Verb.UPDATE, node.getTable(), WriteRules.assigned(update.getUpdateSets(), visit), true);
            if (update.getDeleteWhereCondition() != null) {
                visit.effect(Verb.DELETE, node.getTable());
            }
        } else if (branch instanceof MergeDelete) {
            visit.effect(Verb.DELETE, node.getTable());
        } else {
            visit.refuse("a branch of MERGE");
        }
    }
}
