package io.tierguard.sql;

import java.util.List;
import net.sf.jsqlparser.statement.ParenthesedStatement;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.WithCycleClause;
import net.sf.jsqlparser.statement.select.WithItem;
import org.jspecify.annotations.Nullable;

/**
 * Who sees a common table expression.
 *
 * <p>Each one is seen by those after it in its list and by the statement the list stands before. Itself it sees only
 * under RECURSIVE, in the terms of its set operation after the first: everywhere else the databases either look for a
 * table of that name or refuse, so we say a table of that name is read. (H2 prefers the table everywhere; see
 * {@link FromRules}.)
 */
final class QueryScope {

    private QueryScope() {}

    /** Looks at the list's bodies and gives the visit for the statement behind it. */
    static TreeVisit enter(@Nullable List<WithItem<?>> items, TreeVisit visit) {
        if (items == null) {
            return visit;
        }
        boolean isRecursive = false;
        TreeVisit inner = visit;
        for (WithItem<?> item : items) {
            if (item == null) {
                visit.refuse("an empty part");
                continue;
            }
            isRecursive |= item.isRecursive();
            inner = read(item, isRecursive, inner);
        }
        return inner;
    }

    private static TreeVisit read(WithItem<?> item, boolean isRecursive, TreeVisit visit) {
        visit.absent(item.getWithFunctionDeclaration(), "a function declared in WITH");
        visit.each(item.getWithItemList());
        WithCycleClause cycle = item.getCycleClause();
        if (cycle != null) {
            visit.parts(cycle.getMarkValue(), cycle.getMarkDefault());
        }
        String name = item.getAliasName();
        if (name == null || name.isEmpty()) {
            visit.refuse("a common table expression without a name");
            return visit;
        }
        TreeVisit inner = visit.seeing(visit.queries().and(visit.queryName(name)));
        ParenthesedStatement body = item.getParenthesedStatement();
        if (isRecursive
                && body instanceof ParenthesedSelect select
                && select.getSelect() instanceof SetOperationList terms) {
            SelectRules.tail(select, visit);
            SelectRules.setOperation(terms, visit, inner);
        } else {
            visit.required(body, "the body of a common table expression");
        }
        return inner;
    }
}
