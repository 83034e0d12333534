package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.List;

/** What a statement changes in its session, beyond rows and structure. */
public sealed interface SessionChange {

    /**
     * The schemas in which unqualified names are looked for become these.
     *
     * @param schemas in order of search
     */
    record SchemaPath(List<String> schemas) implements SessionChange {
        public SchemaPath {
            schemas = List.copyOf(schemas);
        }
    }

    /** The schema path, or the role that it depends on, changes to something the text does not tell. */
    record SchemaPathUnknown() implements SessionChange {}

    /**
     * A table is made that only this session has.
     *
     * @param table its name as the statement gives it
     * @param isFilled whether the statement also adds its rows
     * @param isCertain whether it is there for certain once the statement has succeeded, for what follows in the same text
     */
    record TemporaryTable(TableName table, boolean isFilled, boolean isCertain) implements SessionChange {}

    /** A transaction begins, so what follows can be undone together. */
    record TransactionStart() implements SessionChange {}

    /** A transaction or savepoint ends, so what it changed in the session may be undone. */
    record TransactionEnd() implements SessionChange {}

    /**
     * A setting that takes the guard's or the database's own protection away, or changes how text is cut.
     *
     * @param setting its name
     */
    record Restricted(String setting) implements SessionChange {}
}
