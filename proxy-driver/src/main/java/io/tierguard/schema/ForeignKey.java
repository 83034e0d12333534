package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.util.Set;

/**
 * A foreign key.
 *
 * @param name the constraint's name
 * @param child the referencing table
 * @param childColumns its referencing columns, folded
 * @param parent the referenced table
 * @param parentColumns the referenced columns, folded; none where a change of any column may change them
 * @param onDelete what a deleted parent row does to its children
 * @param onUpdate what a changed parent key does to its children
 */
record ForeignKey(
        String name,
        TableName child,
        Set<String> childColumns,
        TableName parent,
        Set<String> parentColumns,
        ReferentialAction onDelete,
        ReferentialAction onUpdate) {

    ForeignKey {
        childColumns = Set.copyOf(childColumns);
        parentColumns = Set.copyOf(parentColumns);
    }

    /** The same, whose referenced columns may change with any other. */
    ForeignKey toAnyColumn() {
        return new ForeignKey(name, child, childColumns, parent, Set.of(), onDelete, onUpdate);
    }

    /** Whether a change of these columns may be one of the referenced ones; of all where none are named. */
    boolean restsOn(Set<String> columns) {
        return columns.isEmpty() || parentColumns.isEmpty() || columns.stream().anyMatch(parentColumns::contains);
    }
}
