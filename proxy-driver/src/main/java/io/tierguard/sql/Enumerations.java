package io.tierguard.sql;

/** Knows the statements of PostgreSQL that make or lengthen a list of values, of which no row and no code ever hears. */
final class Enumerations {
    private Enumerations() {}

    /** Whether a statement from its word TYPE on makes a type of a list of values. */
    static boolean areMade(Dialect dialect, StatementTokens statement) {
        StatementTokens rest = ofType(statement);
        return dialect == Dialect.POSTGRESQL
                && rest.acceptTable().isPresent()
                && rest.accept("as", "enum")
                && rest.acceptGroup()
                && rest.atEnd();
    }

    /** Whether a statement from its word TYPE on adds a value to such a list; one that renames a value is none. */
    static boolean areLengthened(Dialect dialect, StatementTokens statement) {
        StatementTokens rest = ofType(statement);
        return dialect == Dialect.POSTGRESQL && rest.acceptTable().isPresent() && rest.accept("add", "value");
    }

    private static StatementTokens ofType(StatementTokens statement) {
        StatementTokens rest = new StatementTokens(statement.sql(), statement.rest());
        rest.accept("type");
        return rest;
    }
}
