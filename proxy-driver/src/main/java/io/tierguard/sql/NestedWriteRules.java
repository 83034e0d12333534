package io.tierguard.sql;

import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.delete.ParenthesedDelete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.insert.ParenthesedInsert;
import net.sf.jsqlparser.statement.update.ParenthesedUpdate;
import net.sf.jsqlparser.statement.update.Update;

/**
 * Rules for the writes inside WITH.
 *
 * <p>Their parentheses are nodes that inherit every part of a write and have none of their own. Should one have any, it
 * is read as the write it would be.
 */
final class NestedWriteRules {

    private NestedWriteRules() {}

    static void addTo(NodeRules rules) {
        rules.on(ParenthesedInsert.class, (node, visit) -> {
            visit.required(node.getInsert(), "a statement in WITH");
            if (isMoreThanParentheses(node)) {
                InsertRules.insert(node, visit);
            }
        });
        rules.on(ParenthesedUpdate.class, (node, visit) -> {
            visit.required(node.getUpdate(), "a statement in WITH");
            if (isMoreThanParentheses(node)) {
                WriteRules.update(node, visit);
            }
        });
        rules.on(ParenthesedDelete.class, (node, visit) -> {
            visit.required(node.getDelete(), "a statement in WITH");
            if (isMoreThanParentheses(node)) {
                WriteRules.delete(node, visit);
            }
        });
    }

    private static boolean isMoreThanParentheses(Insert node) {
        return node.getTable() != null
                || node.getSelect() != null
                || node.getWithItemsList() != null
                || node.getReturningClause() != null;
    }

    private static boolean isMoreThanParentheses(Update node) {
        return node.getTable() != null
                || node.getWhere() != null
                || node.getWithItemsList() != null
                || node.getReturningClause() != null;
    }

    private static boolean isMoreThanParentheses(Delete node) {
        return node.getTable() != null
                || node.getWhere() != null
                || node.getWithItemsList() != null
                || node.getReturningClause() != null;
    }
}
