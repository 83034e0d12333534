package io.tierguard.sql;

import java.util.Set;

/**
 * What words mean in the language of a database that is read by its documentation.
 *
 * @param dialect the database
 * @param reserved words that are never a name without quotes
 * @param clauses words that are names, but where a clause may begin with them
 * @param calls reserved words that are functions where a parenthesis follows
 * @param values reserved words that are values
 */
record DocumentedSyntax(
        Dialect dialect, Set<String> reserved, Set<String> clauses, Set<String> calls, Set<String> values) {

    /** Microsoft's page on reserved keywords lists them all for Transact-SQL. */
    private static final Set<String> OF_SQL_SERVER = Words.of("""
            add all alter and any as asc authorization backup begin between break browse bulk by cascade case check
            checkpoint close clustered coalesce collate column commit compute constraint contains containstable continue
            convert create cross current current_date current_time current_timestamp current_user cursor database dbcc
            deallocate declare default delete deny desc disk distinct distributed double drop dump else end errlvl escape
            except exec execute exists exit external fetch file fillfactor for foreign freetext freetexttable from full
            function goto grant group having holdlock identity identity_insert identitycol if in index inner insert
            intersect into is join key kill left like lineno load merge national nocheck nonclustered not null nullif of
            off offsets on open opendatasource openquery openrowset openxml option or order outer over percent pivot plan
            precision primary print proc procedure public raiserror read readtext reconfigure references replication
            restore restrict return revert revoke right rollback rowcount rowguidcol rule save schema securityaudit select
            semantickeyphrasetable semanticsimilaritydetailstable semanticsimilaritytable session_user set setuser
            shutdown some statistics system_user table tablesample textsize then to top tran transaction trigger truncate
            try_convert tsequal union unique unpivot update updatetext use user values varying view waitfor when where
            while with within writetext
            """);

    /** Words that begin a statement of Transact-SQL, or a part of one, although they are not reserved. */
    private static final Set<String> BEGIN_IN_SQL_SERVER = Words.of("""
            throw disable enable get send receive move go output using matched apply offset window loop hash remote out
            """);

    private static final Set<String> CALLS_OF_SQL_SERVER =
            Set.of("coalesce", "nullif", "left", "right", "contains", "freetext");

    private static final Set<String> VALUES_OF_SQL_SERVER = Set.of(
            "null",
            "default",
            "current_timestamp",
            "current_date",
            "current_time",
            "current_user",
            "session_user",
            "system_user",
            "user");

    /** Oracle's appendix on reserved words, with those that no statement that is read has as a name. */
    private static final Set<String> OF_ORACLE = Words.of("""
            access add all alter and any as asc audit between by check cluster column comment compress connect create
            current delete desc distinct drop else exclusive exists file from grant group having identified immediate in
            increment index initial insert intersect into is level like lock long maxextents minus mlslabel mode modify
            noaudit nocompress not nowait null of offline on online option or order pctfree prior public raw rename
            resource revoke row rowid rownum rows select session set share start successful synonym sysdate table then
            to trigger uid union unique update user validate values view when whenever where with
            case end except begin declare call execute merge truncate
            """);

    private static final Set<String> BEGIN_IN_ORACLE = Words.of("""
            left right full inner cross natural join outer using partition subpartition sample versions pivot unpivot
            model offset fetch for log returning return matched lateral apply qualify window limit containers only
            search cycle nologging
            """);

    private static final Set<String> VALUES_OF_ORACLE =
            Set.of("null", "default", "sysdate", "uid", "user", "level", "rownum", "rowid");

    static final DocumentedSyntax SQL_SERVER = new DocumentedSyntax(
            Dialect.SQLSERVER, OF_SQL_SERVER, BEGIN_IN_SQL_SERVER, CALLS_OF_SQL_SERVER, VALUES_OF_SQL_SERVER);

    static final DocumentedSyntax ORACLE =
            new DocumentedSyntax(Dialect.ORACLE, OF_ORACLE, BEGIN_IN_ORACLE, Set.of(), VALUES_OF_ORACLE);

    DocumentedSyntax {
        reserved = Set.copyOf(reserved);
        clauses = Set.copyOf(clauses);
        calls = Set.copyOf(calls);
        values = Set.copyOf(values);
    }

    boolean isOracle() {
        return dialect == Dialect.ORACLE;
    }
}
