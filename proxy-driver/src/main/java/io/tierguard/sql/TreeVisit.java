package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import net.sf.jsqlparser.schema.Table;
import org.jspecify.annotations.Nullable;

/** What a rule may do with a node it is shown: look further, name an effect, or refuse. */
record TreeVisit(TreeFindings findings, QueryNames queries) {

    /** The same visit where these common table expressions are seen. */
    TreeVisit seeing(QueryNames others) {
        return new TreeVisit(findings, others);
    }

    Dialect dialect() {
        return findings.dialect;
    }

    /** Looks at parts of the node; a part that is not there is passed over. */
    void parts(@Nullable Object... nodes) {
        for (Object node : nodes) {
            if (node != null) {
                findings.later(node, this);
            }
        }
    }

    /** Looks at every element of a part. */
    void each(@Nullable Collection<?> nodes) {
        if (nodes != null) {
            for (Object node : nodes) {
                required(node, "an empty part");
            }
        }
    }

    /** Looks at a part without which the node has no meaning. */
    void required(@Nullable Object node, String what) {
        if (node == null) {
            refuse(what + " that is missing");
        } else {
            findings.later(node, this);
        }
    }

    /** Refuses the statement if it has this part. */
    void absent(@Nullable Object part, String what) {
        boolean isAbsent = part == null
                || part.equals(Boolean.FALSE)
                || (part instanceof Collection<?> collection && collection.isEmpty());
        if (!isAbsent) {
            refuse(what);
        }
    }

    /** Makes the statement not understood. */
    void refuse(String what) {
        findings.refuse(what);
    }

    /** The statement does this. */
    void effect(Effect effect) {
        findings.effect(effect);
    }

    /** The statement does something to every column of a table, or to whole rows of it. */
    void effect(Verb verb, @Nullable Table table) {
        effect(verb, table, List.of(), true);
    }

    /** The statement does something to a table. */
    void effect(Verb verb, @Nullable Table table, Collection<String> columns, boolean hasWhere) {
        TableName name = TableNames.of(table, this);
        if (name != null) {
            effect(Effect.of(verb, name, columns, hasWhere));
        }
    }

    /** The real name for one part of a name in the tree. */
    String original(String treeName) {
        return TableName.fold(findings.names.original(treeName));
    }

    /** One part of a name by which queries are compared: on PostgreSQL quotes around a name in lower case mean nothing. */
    String queryName(String treeName) {
        return dialect() == Dialect.POSTGRESQL && findings.names.isFolded(treeName) ? original(treeName) : treeName;
    }

    /** The statement calls a routine by a name with these parts, from the outermost. */
    void call(List<String> treeNames) {
        List<String> originals = new ArrayList<>();
        // Of MySQL's family a quoted name is never a built-in one's, but where it has a schema quotes make no
        // difference.
        boolean isQualified = treeNames.size() > 1 && dialect().isOfMySqlFamily();
        boolean isPlain = true;
        for (String treeName : treeNames) {
            String original = original(treeName);
            originals.add(original);
            // A quoted name may differ from a built-in one by its case alone; PostgreSQL has built-in ones in lower
            // case.
            isPlain &= original.equals(TableName.fold(treeName))
                    || isQualified
                    || (dialect() == Dialect.POSTGRESQL && findings.names.isFolded(treeName));
        }
        if (originals.isEmpty()) {
            refuse("a call without a name");
            return;
        }
        int last = originals.size() - 1;
        RoutineCall call = new RoutineCall(String.join(".", originals.subList(0, last)), originals.get(last));
        if (!isPlain || !HarmlessRoutines.isHarmless(dialect(), call)) {
            findings.unknownRoutine(call);
        }
    }
}
