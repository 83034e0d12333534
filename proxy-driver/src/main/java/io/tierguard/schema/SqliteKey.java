package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A foreign key of SQLite while its columns are read; for one thread. */
final class SqliteKey {
    private final TableName child;
    private final TableName parent;
    private final ReferentialAction onUpdate;
    private final ReferentialAction onDelete;
    private final Set<String> ofChild = new HashSet<>();
    private final Set<String> ofParent = new HashSet<>();
    private boolean refersToPrimaryKey;

    SqliteKey(TableName child, TableName parent, String onUpdate, String onDelete) {
        this.child = child;
        this.parent = parent;
        this.onUpdate = SchemaReader.action(onUpdate);
        this.onDelete = SchemaReader.action(onDelete);
    }

    TableName parent() {
        return parent;
    }

    /** Adds a pair of columns; that of the parent is null where the key names none. */
    void add(String column, @Nullable String referred) {
        ofChild.add(TableName.fold(column));
        if (referred == null) {
            refersToPrimaryKey = true;
        } else {
            ofParent.add(TableName.fold(referred));
        }
    }

    boolean refersToPrimaryKey() {
        return refersToPrimaryKey;
    }

    void refer(Set<String> primaryKey) {
        ofParent.addAll(primaryKey);
    }

    ForeignKey named(String name) {
        return new ForeignKey(name, child, ofChild, parent, ofParent, onDelete, onUpdate);
    }
}
