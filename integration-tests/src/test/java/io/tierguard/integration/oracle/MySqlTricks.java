package io.tierguard.integration.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tricks of the grid on MySQL and MariaDB. */
final class MySqlTricks {
    private MySqlTricks() {}

    static List<Trick> all() {
        List<Trick> tricks = new ArrayList<>();
        tricks.add(Trick.PLAIN.only(Where.MYSQL_FAMILY));
        blanksAndComments(tricks);
        spellings(tricks);
        surroundings(tricks);
        oddities(tricks);
        wrappings(tricks);
        return tricks;
    }

    private static void blanksAndComments(List<Trick> tricks) {
        gap(tricks, "tab", "\t");
        gap(tricks, "line feed", "\n");
        gap(tricks, "both line ends", "\r\n");
        gap(tricks, "form feed", "\f");
        gap(tricks, "comment", "/**/");
        gap(tricks, "comment with words", " /* x ' \" ` ; -- # */ ");
        gap(tricks, "comment that opens again", "/* a /* b */");
        gap(tricks, "line comment", " -- ' \" /* ` ;\n");
        gap(tricks, "number sign", " # ' \" /* ` ;\n");
        gap(tricks, "comment of a later version", " /*!99999 ' */ ");
        gap(tricks, "comment that runs nothing", "/*!*/");
        gap(tricks, "two minus signs and a tab", " --\t'\n");
        gap(tricks, "two minus signs and a line end", " --\n");
        tricks.add(trick("vertical tab").odd().gap(needed -> needed ? "\u000b" : ""));
        tricks.add(trick("carriage return").odd().gap(needed -> needed ? "\r" : ""));
        tricks.add(trick("comment of MariaDB").odd().gap(needed -> needed ? " /*M!999999 ' */ " : ""));
    }

    private static Trick trick(String name) {
        return Trick.PLAIN.named(name).only(Where.MYSQL_FAMILY);
    }

    private static void gap(List<Trick> tricks, String name, String between) {
        tricks.add(trick(name).gap(needed -> needed || between.contains("*") ? between : ""));
    }

    private static void spellings(List<Trick> tricks) {
        tricks.add(trick("lower case").words(word -> word.toLowerCase(Locale.ROOT)));
        tricks.add(trick("mixed case of words").words(MySqlTricks::mixed));
        tricks.add(spelled("backticks", part -> '`' + part + '`'));
        tricks.add(trick("database").spelling((engine, name) -> qualified(name)));
        tricks.add(trick("database in backticks")
                .spelling((engine, name) ->
                        parts(qualified(name)).map(part -> '`' + part + '`').collect(Collectors.joining(" . "))));
        tricks.add(trick("database apart")
                .spelling((engine, name) -> qualified(name).replace(".", " /* . */ . -- '\n ")));
        tricks.add(trick("half in backticks")
                .spelling((engine, name) -> qualified(name).replaceFirst("\\.", ".`") + '`'));
        tricks.add(trick("point alone").only(Where.MARIADB).odd().spelling((engine, name) -> " ." + name));
        tricks.add(
                spelled("name of the file", part -> "`#mysql50#" + part + '`').odd());
        tricks.add(trick("quoted")
                .odd()
                .spelling((engine, name) ->
                        parts(name).map(part -> '"' + part + '"').collect(Collectors.joining("."))));
    }

    private static Trick spelled(String name, UnaryOperator<String> part) {
        return trick(name).spelling((engine, whole) -> parts(whole).map(part).collect(Collectors.joining(".")));
    }

    private static Stream<String> parts(String name) {
        return Stream.of(name.split("\\."));
    }

    private static String qualified(String name) {
        return name.contains(".") ? name : "public." + name;
    }

    private static void surroundings(List<Trick> tricks) {
        around(tricks, "comment before", sql -> "/* ; */ " + sql);
        around(tricks, "line comment before", sql -> "-- ; SELECT 1\n# ; '\n" + sql);
        around(tricks, "comment after", sql -> sql + " /* ' */");
        around(tricks, "line comment after", sql -> sql + " -- ' ; \"");
        around(tricks, "number sign after", sql -> sql + " # ' ; `");
        around(tricks, "semicolon after", sql -> sql + " ; ");
        around(tricks, "blank lines around", sql -> "\n\n\n\t" + sql + "\n\n");
        around(tricks, "long comment", sql -> "/*" + " x ".repeat(300) + "*/" + sql);
        around(tricks, "first of several", sql -> sql + "; SELECT 1");
        around(tricks, "last of several", sql -> "SELECT 1; " + sql);
        around(tricks, "between others", sql -> "SELECT ';' ; " + sql + " ; SELECT '''; --'");
        around(tricks, "after an escaped quote", sql -> "SELECT '\\'' ; " + sql + " -- '");
        around(tricks, "after a doubled quote", sql -> "SELECT '''', \"\"\"\" ; " + sql);
        around(tricks, "after a string in double quotes", sql -> "SELECT \"'\" ; " + sql + " -- '");
        around(tricks, "after a quoted name", sql -> "SELECT 1 AS `a;'--` ; " + sql + " -- '");
        around(tricks, "after a doubled backtick", sql -> "SELECT 1 AS `a``'` ; " + sql + " -- '");
        around(tricks, "after joined strings", sql -> "SELECT 'a' \"b;\"\n'c' ; " + sql);
        around(tricks, "after bits", sql -> "SELECT b'1', x'1F', 0x1F, N'x', _utf8mb4'x' ; " + sql);
        around(tricks, "after a variable", sql -> "SELECT @a, @`a;'`, @@version ; " + sql + " -- '");
        around(tricks, "after a JDBC function", sql -> "SELECT {fn abs(1)} ; " + sql);
        around(tricks, "after a JDBC date", sql -> "SELECT {d '2026-01-01'} ; " + sql);
    }

    private static void oddities(List<Trick> tricks) {
        odd(tricks, "after a double minus", sql -> "SELECT 2--1 ; " + sql);
        odd(tricks, "byte order mark", sql -> "\ufeff" + sql);
        odd(tricks, "in a comment that runs", sql -> "/*! " + sql + " */");
        odd(tricks, "in a comment of a version", sql -> "/*!50110 " + sql + " */");
        odd(tricks, "in a comment of a short version", sql -> "/*!5" + sql + " */");
        odd(tricks, "in a comment of MariaDB", sql -> "/*M! " + sql + " */");
        odd(tricks, "in a comment of a version of MariaDB", sql -> "/*M!100100 " + sql + " */");
        odd(tricks, "after a comment that opens oddly", sql -> "/*/ ' */ " + sql);
        odd(tricks, "after a comment that is not one", sql -> "SELECT 1--'; " + sql + "; -- '");
        odd(tricks, "behind a comment in one that runs", sql -> "/*! /* ' */ " + sql + " */");
        odd(tricks, "after a comment that ends in one that runs", sql -> "/*!99999 /* */ */ " + sql);
        odd(tricks, "after a glued number", sql -> "SELECT 1e; " + sql);
        odd(tricks, "after a parameter in a string", sql -> "SELECT '?', \"??\" ; " + sql);
        odd(tricks, "in a JDBC escape", sql -> "{" + sql + "}");
        odd(tricks, "in parentheses", sql -> "(" + sql + ")");
        odd(tricks, "with another delimiter", sql -> "DELIMITER //\n" + sql + " //");
        odd(tricks, "after a backslash and N", sql -> "SELECT \\N ; " + sql);
        odd(tricks, "after a backslash with quotes", sql -> "SELECT '\\\\'' ; " + sql + " ; SELECT '\\\\'''");
        odd(
                tricks,
                "without backslashes",
                sql -> "SET sql_mode = 'NO_BACKSLASH_ESCAPES' ; SELECT '\\' ; " + sql + " -- '");
        odd(
                tricks,
                "with quotes of names",
                sql -> "SET sql_mode = 'ANSI_QUOTES' ; SELECT 1 AS \"'\" ; " + sql + " -- '");
        odd(tricks, "after an open transaction", sql -> "SAVEPOINT z; " + sql + "; RELEASE SAVEPOINT z");
        odd(tricks, "in another character set", sql -> "SET NAMES latin1; " + sql);
    }

    private static void wrappings(List<Trick> tricks) {
        wrapped(tricks, "analysed", sql -> "ANALYZE " + sql, Where.MARIADB);
        wrapped(tricks, "analysed as JSON", sql -> "ANALYZE FORMAT=JSON " + sql, Where.MARIADB);
        wrapped(tricks, "explained", sql -> "EXPLAIN ANALYZE " + sql, Where.MYSQL);
        wrapped(
                tricks,
                "prepared",
                sql -> "PREPARE p FROM '" + sql.replace("\\", "\\\\").replace("'", "''") + "'; EXECUTE p",
                Where.MYSQL_FAMILY);
        wrapped(
                tricks,
                "prepared from a variable",
                sql -> "SET @z = '" + sql.replace("\\", "\\\\").replace("'", "''") + "'; PREPARE p FROM @z; EXECUTE p",
                Where.MYSQL_FAMILY);
        wrapped(
                tricks,
                "executed at once",
                sql -> "EXECUTE IMMEDIATE '" + sql.replace("\\", "\\\\").replace("'", "''") + "'",
                Where.MARIADB);
        wrapped(tricks, "in a block", sql -> "BEGIN NOT ATOMIC " + sql + "; END", Where.MARIADB);
        wrapped(tricks, "in a condition", sql -> "IF 1 THEN " + sql + "; END IF", Where.MARIADB);
        wrapped(tricks, "in a loop", sql -> "FOR i IN 1 .. 1 DO " + sql + "; END FOR", Where.MARIADB);
        wrapped(tricks, "with settings", sql -> "SET STATEMENT max_statement_time = 9 FOR " + sql, Where.MARIADB);
        wrapped(tricks, "in a common table expression", sql -> "WITH z AS (SELECT 1) " + sql, Where.MYSQL_FAMILY);
        wrapped(tricks, "shadowed", sql -> "WITH ledger_entry AS (SELECT 1 AS id) " + sql, Where.MYSQL_FAMILY);
        wrapped(
                tricks,
                "in a procedure",
                sql -> "CREATE PROCEDURE z() BEGIN " + sql + "; END; CALL z()",
                Where.MYSQL_FAMILY);
        wrapped(
                tricks,
                "in a trigger",
                sql -> "CREATE TRIGGER z AFTER DELETE ON stock FOR EACH ROW " + sql + "; DELETE FROM stock",
                Where.MYSQL_FAMILY);
    }

    private static void around(List<Trick> tricks, String name, UnaryOperator<String> wrap) {
        tricks.add(trick(name).wrap(wrap));
    }

    private static void odd(List<Trick> tricks, String name, UnaryOperator<String> wrap) {
        tricks.add(trick(name).odd().wrap(wrap));
    }

    private static void wrapped(List<Trick> tricks, String name, UnaryOperator<String> wrap, Where where) {
        tricks.add(Trick.PLAIN.named(name).only(where).odd().wrap(wrap));
    }

    private static String mixed(String word) {
        StringBuilder mixed = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            mixed.append(i % 2 == 0 ? Character.toUpperCase(c) : Character.toLowerCase(c));
        }
        return mixed.toString();
    }
}
