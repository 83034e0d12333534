package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.util.Optional;

/** What code that a statement runs may find under the names of temporary tables, its own and those of its session. */
public interface OwnTables {
    /** Code that runs for nobody who could answer for such a table. */
    OwnTables NONE = new OwnTables() {
        @Override
        public Optional<String> otherMeaning(TableName table) {
            return Optional.of("a table of whoever sets it off");
        }

        @Override
        public boolean isThere(TableName table) {
            return false;
        }
    };

    /**
     * What else the name of one, without a schema, could find, now or later, as a phrase; empty where it could find no other that
     * matters.
     */
    Optional<String> otherMeaning(TableName table);

    /** Whether the session has a temporary table of that name, made before the statement. */
    boolean isThere(TableName table);
}
