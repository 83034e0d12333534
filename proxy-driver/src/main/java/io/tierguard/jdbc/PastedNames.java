package io.tierguard.jdbc;

import io.tierguard.sql.Dialect;
import java.sql.SQLClientInfoException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Passes the names that a driver may paste into SQL of its own: plain ones, and nothing that could be more than a name. */
final class PastedNames {
    private final Gate gate;
    private final boolean driverQuotes;

    /**
     * For one connection.
     *
     * @param driverQuotes whether its driver quotes the names of savepoints and schemas
     */
    PastedNames(Gate gate, boolean driverQuotes) {
        this.gate = gate;
        this.driverQuotes = driverQuotes;
    }

    /** Passes a name; a null one goes on, for the driver to refuse. */
    void plain(String operation, @Nullable String name) throws DenialException {
        if (name != null && !Identifiers.isPlain(name)) {
            throw notPlain(operation);
        }
    }

    /** Passes the name of a savepoint or schema, which pgjdbc quotes; a null one goes on, for the driver to refuse. */
    void quoted(String operation, @Nullable String name) throws DenialException {
        if (!driverQuotes || name == null || !Identifiers.isQuotable(name)) {
            plain(operation, name);
        }
    }

    /** Passes the names of columns, as a copy that nobody can change between this and the driver. */
    String @Nullable [] columns(String operation, String @Nullable [] names) throws DenialException {
        if (names == null) {
            return null;
        }
        String[] copy = names.clone();
        for (String name : copy) {
            if (name != null && !Identifiers.isQuoted(name)) {
                plain(operation, name);
            }
            // PostgreSQL takes t.f for a call of f(t) where the table has no such column.
            if (name != null && gate.dialect() == Dialect.POSTGRESQL && name.indexOf('.') >= 0) {
                throw notPlain(operation);
            }
        }
        return copy;
    }

    /** Passes kinds of tables, as a copy; of a driver that nobody knows, such as hold no quote. */
    String @Nullable [] tableTypes(String operation, String @Nullable [] types) throws DenialException {
        if (types == null || !gate.dialect().isReadOnRequest()) {
            return types;
        }
        String[] copy = types.clone();
        for (String type : copy) {
            if (type != null && (type.indexOf('\'') >= 0 || type.indexOf('\\') >= 0)) {
                throw notPlain(operation);
            }
        }
        return copy;
    }

    /** Passes a type's name; a null one goes on, for the driver to refuse. */
    void type(String operation, @Nullable String name) throws DenialException {
        if (name != null && !Identifiers.isTypeName(name)) {
            throw notPlain(operation);
        }
    }

    /** Passes what the application says of itself, which MySQL's driver writes into a comment before each text. */
    void clientInfo(@Nullable String name, @Nullable String value) throws SQLClientInfoException {
        if ((name + "=" + value).contains("*/")) {
            DenialException denial = gate.escape(
                    "Connection.setClientInfo",
                    "the driver may write it into a comment before each statement, and it holds the end of one");
            throw new SQLClientInfoException(denial.getMessage(), denial.getSQLState(), Map.of(), denial);
        }
    }

    private DenialException notPlain(String operation) {
        return gate.escape(operation, "the driver may paste the name into SQL, and it is not a plain name");
    }
}
