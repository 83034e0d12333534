package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A schema and a name as the catalog of H2 spells them; both null for none. */
record H2Name(@Nullable String schema, @Nullable String name) {

    /** What a row tells in a column and the next. */
    static H2Name of(ResultSet row, int column) throws SQLException {
        return new H2Name(row.getString(column), row.getString(column + 1));
    }

    TableName folded() {
        return TableName.of(String.valueOf(schema), String.valueOf(name));
    }
}
