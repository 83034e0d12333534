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
 * @param isEnforced whether it acts at all; one that is not is a statement away from it
 * @param unset the columns that a deleted parent row has set in its children, folded, where the key names some of its own for that
 */
record ForeignKey(
        String name,
        TableName child,
        Set<String> childColumns,
        TableName parent,
        Set<String> parentColumns,
        ReferentialAction onDelete,
        ReferentialAction onUpdate,
        boolean isEnforced,
        Set<String> unset) {

    /** One that is enforced, and sets all of its columns. */
    ForeignKey(
            String name,
            TableName child,
            Set<String> childColumns,
            TableName parent,
            Set<String> parentColumns,
            ReferentialAction onDelete,
            ReferentialAction onUpdate) {
        this(name, child, childColumns, parent, parentColumns, onDelete, onUpdate, true, Set.of());
    }

    ForeignKey {
        childColumns = Set.copyOf(childColumns);
        parentColumns = Set.copyOf(parentColumns);
        unset = Set.copyOf(unset);
    }

    /** The columns that the children of a parent row that is deleted, or else changed, may have set. */
    Set<String> columnsSet(boolean isDeleted) {
        return isDeleted && !unset.isEmpty() ? unset : childColumns;
    }

    /** The same, whose referenced columns may change with any other. */
    ForeignKey toAnyColumn() {
        return toColumns(Set.of());
    }

    /** The same, whose referenced columns may change with these. */
    ForeignKey toColumns(Set<String> columns) {
        return new ForeignKey(name, child, childColumns, parent, columns, onDelete, onUpdate, isEnforced, unset);
    }

    /** Whether a change of these columns may be one of the referenced ones; of all where none are named. */
    boolean restsOn(Set<String> columns) {
        return columns.isEmpty() || parentColumns.isEmpty() || columns.stream().anyMatch(parentColumns::contains);
    }
}
