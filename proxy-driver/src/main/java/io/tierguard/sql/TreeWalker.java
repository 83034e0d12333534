package io.tierguard.sql;

import net.sf.jsqlparser.statement.Statement;

/**
 * Reads a statement's effects from its tree.
 *
 * <p>The walk is an allow-list: {@link NodeRules} knows a rule for each class of node, and a class without a rule, or a
 * part that its rule does not expect, makes the statement not understood. The walk keeps its own queue of nodes and does
 * not recurse, so the length and depth of a tree cost memory only.
 *
 * <p>Thread-safe; each reading has its own findings.
 */
final class TreeWalker {

    private final Dialect dialect;

    TreeWalker(Dialect dialect) {
        this.dialect = dialect;
    }

    /** What the statement does; never throws. */
    TreeReading read(Statement statement, Names names) {
        TreeFindings findings = new TreeFindings(dialect, names);
        try {
            String operation = StatementNames.operationOf(statement);
            if (operation.isEmpty()) {
                return new TreeReading.NotUnderstood(StatementNames.inWords(statement));
            }
            return findings.readAll(statement, operation);
        } catch (RuntimeException unexpectedShape) {
            // A tree that breaks its own contract is not one we understand.
            return new TreeReading.NotUnderstood(
                    "a statement whose tree is broken (" + StatementNames.inWords(unexpectedShape) + ")");
        }
    }
}
