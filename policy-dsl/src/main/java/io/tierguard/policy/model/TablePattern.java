package io.tierguard.policy.model;

import java.util.Optional;

/**
 * A set of tables: one glob each for catalog, schema and name; a part that was not written is any.
 *
 * @param catalog the catalogs
 * @param schema the schemas
 * @param name the table names
 * @param text the pattern as the policy writes it
 */
public record TablePattern(NameGlob catalog, NameGlob schema, NameGlob name, String text) {

    /**
     * Whether a table is in the set. A part of the table's name that is not known counts as matching; tables of a system
     * catalog never match.
     */
    public boolean matches(TableName table) {
        return name.matches(table.name())
                && (table.schema().isEmpty() || schema.matches(table.schema()))
                && (table.catalog().isEmpty() || catalog.matches(table.catalog()))
                && !SystemCatalogs.holds(table);
    }

    /** Whether a star stands for characters in any part that is written; in quotes it is a star. */
    boolean hasWildcard() {
        boolean quoted = false;
        for (int at = 0; at < text.length(); at++) {
            quoted ^= text.charAt(at) == '"';
            if (text.charAt(at) == '*' && !quoted) {
                return true;
            }
        }
        return false;
    }

    /** Whether every table is in it, but for those of system catalogs. */
    boolean isEverything() {
        return name.sameAs(NameGlob.ANY) && schema.sameAs(NameGlob.ANY) && catalog.sameAs(NameGlob.ANY);
    }

    /** Whether every table of the other pattern is in this one. */
    public boolean covers(TablePattern other) {
        return name.covers(other.name) && schema.covers(other.schema) && catalog.covers(other.catalog);
    }

    /** Whether the other pattern holds the same tables. */
    public boolean sameAs(TablePattern other) {
        return covers(other) && other.covers(this);
    }

    /** Whether this pattern's tables are some, and not all, of the other's. */
    public boolean isNarrowerThan(TablePattern other) {
        return other.covers(this) && !covers(other);
    }

    /** Whether the pattern says in which schemas its tables are, where the other leaves that open. */
    public boolean isPlacedAgainst(TablePattern other) {
        return !schema.sameAs(NameGlob.ANY) && other.schema.sameAs(NameGlob.ANY);
    }

    /**
     * Whether this pattern wins the tables that both match: it is the narrower one, or says the schema where the other
     * does not. The checks accept the second only of a class that is no laxer.
     */
    public boolean beats(TablePattern other) {
        return isNarrowerThan(other) || isPlacedAgainst(other);
    }

    /** A table that both patterns match, if there is one; a part that may be anything is left out where it can be. */
    public Optional<TableName> common(TablePattern other) {
        Optional<String> sharedName = name.common(other.name);
        Optional<String> sharedSchema = schema.common(other.schema);
        Optional<String> sharedCatalog = catalog.common(other.catalog);
        if (sharedName.isEmpty() || sharedSchema.isEmpty() || sharedCatalog.isEmpty()) {
            return Optional.empty();
        }
        String table = sharedName.get().isEmpty() ? "x" : sharedName.get();
        return Optional.of(new TableName(sharedCatalog.get(), sharedSchema.get(), table));
    }

    /** Whether every table that two patterns share is in this one, or false where the shared part is no pattern itself. */
    public boolean coversCommon(TablePattern left, TablePattern right) {
        return name.coversCommon(left.name, right.name)
                && schema.coversCommon(left.schema, right.schema)
                && catalog.coversCommon(left.catalog, right.catalog);
    }

    /**
     * Whether this pattern matches whatever table of another pattern's schemas and catalogs has the given name, where
     * the given name leaves them open.
     */
    boolean matchesWherever(TablePattern other, TableName table) {
        return name.matches(table.name())
                && (table.schema().isEmpty() ? schema.covers(other.schema) : schema.matches(table.schema()))
                && (table.catalog().isEmpty() ? catalog.covers(other.catalog) : catalog.matches(table.catalog()));
    }

    /** The pattern as the policy writes it. */
    @Override
    public String toString() {
        return text;
    }
}
