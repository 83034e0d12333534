package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.List;

/** What a statement changes in its session, beyond rows and structure. */
public sealed interface SessionChange {

    /**
     * The schemas in which unqualified names are looked for become these.
     *
     * @param schemas in order of search
     * @param lasting until when
     */
    record SchemaPath(List<String> schemas, Lasting lasting) implements SessionChange {
        public SchemaPath {
            schemas = List.copyOf(schemas);
        }

        /** A path that lasts as long as the session. */
        public SchemaPath(List<String> schemas) {
            this(schemas, Lasting.SESSION);
        }
    }

    /** How long a setting lasts that nothing else changes. */
    enum Lasting {
        /** As long as the session. */
        SESSION,
        /** Until the end of the transaction; not at all where none is open. */
        TRANSACTION,
        /** It may not have been set at all. */
        UNCERTAIN
    }

    /** What setting the path to one schema changes, which may be none that can be told. */
    static SessionChange pathTo(Dialect dialect, String schema) {
        return schema.isEmpty()
                ? new SchemaPathUnknown()
                : switch (dialect) {
                    case H2, MYSQL, MARIADB, SQLITE -> new SchemaPath(List.of(TableName.fold(schema)));
                    case ANSI, ORACLE, SQLSERVER -> new SchemaPathUnknown();
                    case POSTGRESQL -> PostgreSqlSettings.schemaPath(List.of(schema));
                };
    }

    /** The schema path, or the user that it depends on, changes to something the text does not tell. */
    record SchemaPathUnknown() implements SessionChange {}

    /**
     * The session's user becomes another, whose schema the path may name by {@code "$user"}.
     *
     * @param user the new one, folded
     */
    record UserChange(String user) implements SessionChange {}

    /**
     * A table is made that only this session has.
     *
     * @param table its name as the statement gives it
     * @param isFilled whether the statement also adds its rows
     * @param isCertain whether it is there for certain once the statement has succeeded, for what follows in the same text
     */
    record TemporaryTable(TableName table, boolean isFilled, boolean isCertain) implements SessionChange {}

    /**
     * A view is made that only this session has.
     *
     * @param view its name as the statement gives it
     */
    record TemporaryView(TableName view) implements SessionChange {}

    /**
     * A statement is kept under a name, whatever becomes of the transaction.
     *
     * @param name as the server keeps it
     * @param statement what it does when it runs
     * @param mentions what it names
     */
    record Prepared(String name, StatementEffects statement, Mentions mentions) implements SessionChange {}

    /**
     * The statement of a name is forgotten.
     *
     * @param name as the server keeps it
     */
    record Deallocated(String name) implements SessionChange {}

    /** The statements of all names are forgotten. */
    record AllDeallocated() implements SessionChange {}

    /** The session's temporary tables are dropped. */
    record TemporaryDiscarded() implements SessionChange {}

    /** A transaction begins, so what follows can be undone together. */
    record TransactionStart() implements SessionChange {}

    /**
     * A transaction or savepoint ends, so what it changed in the session may be undone.
     *
     * @param ending what becomes of what was done in it
     */
    record TransactionEnd(Ending ending) implements SessionChange {
        /** An end with which what was done is kept. */
        public TransactionEnd() {
            this(Ending.KEPT);
        }
    }

    /** What becomes of what was done in a transaction. */
    enum Ending {
        /** It is kept, or nobody can tell that it is not. */
        KEPT,
        /** All of it is undone. */
        UNDONE,
        /** What was done since a savepoint is undone; the transaction goes on. */
        UNDONE_TO_SAVEPOINT
    }

    /**
     * Backslashes in plain strings mean this from here on.
     *
     * @param meaning what; {@link Backslashes#UNKNOWN} where the text does not tell
     */
    record StringSyntax(Backslashes meaning) implements SessionChange {}

    /**
     * Double quotes enclose this from here on.
     *
     * @param meaning what; {@link DoubleQuotes#UNKNOWN} where the text does not tell
     */
    record QuoteSyntax(DoubleQuotes meaning) implements SessionChange {}

    /**
     * A blank may stand between a built-in function's name and its parenthesis from here on, or may not.
     *
     * @param isIgnored whether it may for certain; else what stands so may be a function of a user's own
     */
    record BlankSyntax(boolean isIgnored) implements SessionChange {}

    /**
     * A value that a column cannot hold is an error from here on, or may be cut to one that it can.
     *
     * @param isStrict whether it is for certain
     */
    record Strictness(boolean isStrict) implements SessionChange {}

    /** The client's character set is another from here on, and the text does not tell which. */
    record CharacterSet() implements SessionChange {}

    /**
     * A setting that takes the database's own protection away, or that belongs to the whole database.
     *
     * @param setting its name
     */
    record Restricted(String setting) implements SessionChange {}

    /** LIKE tells other texts apart from here on, also where constraints, indexes and triggers say it. */
    record LikeMeaning() implements SessionChange {
        /** How the setting is called. */
        public static final String SETTING = "case_sensitive_like";
    }

    /**
     * A setting after which nobody could say what a text does, so that it is left as it is.
     *
     * @param setting its name
     */
    record Unfollowed(String setting) implements SessionChange {}
}
