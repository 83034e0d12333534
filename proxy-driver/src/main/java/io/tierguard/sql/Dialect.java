package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A database whose SQL is understood. */
public enum Dialect {
    H2("h2"),
    POSTGRESQL("postgresql"),
    MYSQL("mysql"),
    MARIADB("mariadb"),
    SQLITE("sqlite"),

    /** Read as its documentation says, against no live server; the policy has to ask for it. */
    ORACLE("oracle"),

    /** The same. */
    SQLSERVER("sqlserver"),

    /** Any other database, of whose SQL only what is plain in all of them is read; the policy has to ask for it. */
    ANSI("ansi");

    /** What the drivers of MySQL put behind the name in a URL to say how they find their servers. */
    private static final List<String> WAYS = List.of(":", "+srv:");

    private static final Set<String> MYSQL_SCHEMAS = Set.of("mysql", "information_schema", "performance_schema", "sys");

    private static final String URL_PREFIX = "jdbc:";

    private final String code;

    Dialect(String code) {
        this.code = code;
    }

    /** The name in JDBC URLs and, as {@code db.system.name}, in the audit log. */
    public String code() {
        return code;
    }

    /** How many bytes of UTF-8 the server keeps of a name; empty where it refuses what is too long. */
    public OptionalInt longestName() {
        return switch (this) {
            case H2, MYSQL, MARIADB, SQLITE, ANSI, ORACLE, SQLSERVER -> OptionalInt.empty();
            case POSTGRESQL -> OptionalInt.of(63);
        };
    }

    /** The dialect of a real JDBC URL, for example {@code jdbc:postgresql://localhost/shop}. */
    public static Optional<Dialect> ofUrl(String realUrl) {
        String folded = realUrl.toLowerCase(Locale.ROOT);
        for (Dialect dialect : values()) {
            for (String way : dialect == MYSQL ? WAYS : WAYS.subList(0, 1)) {
                if (folded.startsWith("jdbc:" + dialect.code + way)) {
                    return Optional.of(dialect);
                }
            }
        }
        return Optional.empty();
    }

    /** What a URL of JDBC calls its database, folded; empty where it does not begin as every one does. */
    public static Optional<String> nameIn(String realUrl) {
        int end = realUrl.indexOf(':', URL_PREFIX.length());
        boolean isNamed =
                realUrl.regionMatches(true, 0, URL_PREFIX, 0, URL_PREFIX.length()) && end > URL_PREFIX.length();
        return isNamed ? Optional.of(TableName.fold(realUrl.substring(URL_PREFIX.length(), end))) : Optional.empty();
    }

    /** Whether it is one that no live server has proved, or not known at all, so that it is read where a policy asks for it. */
    public boolean isReadOnRequest() {
        return this == ANSI || isDocumented();
    }

    /** Whether it is read as its documentation says, by a grammar of its own, and no live server has proved that. */
    public boolean isDocumented() {
        return this == ORACLE || this == SQLSERVER;
    }

    /** Whether it is MySQL or MariaDB, which share most of their language. */
    public boolean isOfMySqlFamily() {
        return this == MYSQL || this == MARIADB;
    }

    /**
     * Whether a table is, or without a schema can only be, one of the database's own catalogs, which may be read and are
     * never written.
     */
    public boolean isSystemTable(TableName table) {
        String schema = table.schema();
        return switch (this) {
            case ORACLE -> schema.isEmpty() ? OracleCatalog.holds(table.name()) : OracleCatalog.isSchema(schema);
            case SQLSERVER -> schema.equals("information_schema") || schema.equals("sys");
            case ANSI ->
                schema.equals("information_schema")
                        || schema.equals("sys") // of Derby, Oracle and SQL Server, and no pattern covers it
                        || (schema.isEmpty() && table.name().equals("dual"))
                        || (schema.equals("sysibm") && table.name().equals("sysdummy1"));
            case H2 ->
                schema.equals("information_schema")
                        || schema.equals("pg_catalog")
                        || (schema.isEmpty() && table.name().equals("dual"));
            case POSTGRESQL ->
                schema.equals("information_schema")
                        || schema.equals("pg_catalog")
                        || schema.equals("pg_toast")
                        || (schema.isEmpty() && PostgreSqlCatalog.couldHold(table.name()));
            case MYSQL, MARIADB ->
                MYSQL_SCHEMAS.contains(schema)
                        || (schema.isEmpty() && table.name().equals("dual"));
            // In whatever database: nobody else may make a table of such a name.
            case SQLITE -> table.name().startsWith("sqlite_");
        };
    }

    /**
     * Whether a name of the catalogs is as well one that users give to a table of their own: nobody knows of an unknown database
     * which of both it is, and on PostgreSQL it is a user's where there certainly is one.
     */
    public boolean isAlsoMadeByUsers(TableName table) {
        return switch (this) {
            case ANSI -> table.schema().isEmpty() && table.name().equals("dual");
            case ORACLE -> isSystemTable(table) && table.schema().isEmpty();
            case POSTGRESQL ->
                isSystemTable(table) && table.schema().isEmpty() && !PostgreSqlCatalog.holds(table.name());
            case H2, MYSQL, MARIADB, SQLITE, SQLSERVER -> false;
        };
    }

    /** Whether a table without a schema is a catalog for the server, whatever users have made under that name. */
    public boolean findsCatalogFirst(TableName table) {
        return this == POSTGRESQL && table.schema().isEmpty() && PostgreSqlCatalog.holds(table.name());
    }
}
