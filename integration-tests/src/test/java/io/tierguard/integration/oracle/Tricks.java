package io.tierguard.integration.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tricks of the grid. */
final class Tricks {
    private Tricks() {}

    static List<Trick> all() {
        List<Trick> tricks = new ArrayList<>();
        tricks.add(Trick.PLAIN);
        blanksAndComments(tricks);
        spellings(tricks);
        surroundings(tricks);
        wrappings(tricks);
        return tricks;
    }

    private static void blanksAndComments(List<Trick> tricks) {
        gap(tricks, "tab", "\t", Where.BOTH);
        gap(tricks, "line feed", "\n", Where.BOTH);
        gap(tricks, "carriage return", "\r", Where.BOTH);
        gap(tricks, "both line ends", "\r\n", Where.BOTH);
        gap(tricks, "form feed", "\f", Where.BOTH);
        gap(tricks, "comment", "/**/", Where.BOTH);
        gap(tricks, "comment with words", " /* x ' \" $$ ; -- */ ", Where.BOTH);
        gap(tricks, "nested comment", "/* a /* b */ c */", Where.BOTH);
        gap(tricks, "line comment", " -- ' \" /* $$ ;\n", Where.BOTH);
        gap(tricks, "line comment with carriage return", " -- it''s\r", Where.BOTH);
        gap(tricks, "slashes", " // ' \" /* ;\n", Where.H2);
        tricks.add(Trick.PLAIN.named("vertical tab").odd().gap(needed -> needed ? "\u000b" : ""));
        tricks.add(Trick.PLAIN.named("no-break space").odd().gap(needed -> needed ? "\u00a0" : ""));
        tricks.add(Trick.PLAIN.named("ideographic space").odd().gap(needed -> needed ? "\u3000" : ""));
        tricks.add(Trick.PLAIN.named("zero-width space").odd().gap(needed -> needed ? " \u200b" : ""));
        tricks.add(Trick.PLAIN.named("unit separator").odd().gap(needed -> needed ? "\u001f" : ""));
    }

    private static void gap(List<Trick> tricks, String name, String between, Where where) {
        tricks.add(Trick.PLAIN.named(name).only(where).gap(needed -> needed || between.contains("*") ? between : ""));
    }

    private static void spellings(List<Trick> tricks) {
        tricks.add(Trick.PLAIN.named("lower case").words(word -> word.toLowerCase(Locale.ROOT)));
        tricks.add(Trick.PLAIN
                .named("upper case")
                .words(word -> word.toUpperCase(Locale.ROOT))
                .spelling((engine, name) -> name.toUpperCase(Locale.ROOT)));
        tricks.add(Trick.PLAIN.named("mixed case").words(Tricks::mixed).spelling((engine, name) -> mixed(name)));
        tricks.add(spelled("quoted", (engine, part) -> '"' + engine.stored(part) + '"'));
        tricks.add(spelled("backticks", (engine, part) -> '`' + engine.stored(part) + '`')
                .only(Where.H2));
        tricks.add(spelled("square brackets", (engine, part) -> '[' + engine.stored(part) + ']')
                .only(Where.of("h2:MSSQLServer")));
        tricks.add(spelled("Unicode escapes", (engine, part) -> "U&\"" + escaped(engine.stored(part), '\\') + '"'));
        tricks.add(spelled("long Unicode escapes", (engine, part) -> "u&\"" + longEscaped(engine.stored(part)) + '"'));
        tricks.add(spelled(
                        "own escape character",
                        (engine, part) -> "U&\"" + escaped(engine.stored(part), '!') + "\" UESCAPE '!'")
                .odd());
        tricks.add(Trick.PLAIN.named("schema").spelling((engine, name) -> qualified(name)));
        tricks.add(Trick.PLAIN
                .named("schema quoted")
                .spelling((engine, name) -> parts(qualified(name))
                        .map(part -> '"' + engine.stored(part) + '"')
                        .collect(Collectors.joining(" . "))));
        tricks.add(Trick.PLAIN.named("database").spelling((engine, name) -> Form.DATABASE + "." + qualified(name)));
        tricks.add(Trick.PLAIN
                .named("schema apart")
                .spelling((engine, name) -> qualified(name).replace(".", " /* . */ . -- '\n ")));
        tricks.add(spelled(
                        "Kelvin and long s",
                        (engine, part) -> part.replace('s', '\u017f').replace('k', '\u212a'))
                .odd());
        tricks.add(spelled("dotless i", (engine, part) -> part.replace('i', '\u0131'))
                .odd());
        tricks.add(spelled("homoglyph", (engine, part) -> part.replace('e', '\u0435'))
                .odd());
        tricks.add(spelled("full width", (engine, part) -> part.replace('r', '\uff52'))
                .odd());
        tricks.add(spelled("soft hyphen", (engine, part) -> part.replace("e", "e\u00ad"))
                .odd());
    }

    private static Trick spelled(String name, Trick.Spelling part) {
        return Trick.PLAIN
                .named(name)
                .spelling((engine, whole) ->
                        parts(whole).map(one -> part.of(engine, one)).collect(Collectors.joining(".")));
    }

    private static Stream<String> parts(String name) {
        return Stream.of(name.split("\\."));
    }

    private static String qualified(String name) {
        return name.contains(".") ? name : "public." + name;
    }

    private static void surroundings(List<Trick> tricks) {
        around(tricks, "comment before", sql -> "/* ; */ " + sql, Where.BOTH);
        around(tricks, "line comment before", sql -> "-- ; SELECT 1\n" + sql, Where.BOTH);
        around(tricks, "comment after", sql -> sql + " /* ' */", Where.BOTH);
        around(tricks, "line comment after", sql -> sql + " -- ' ; \"", Where.BOTH);
        around(tricks, "semicolon after", sql -> sql + " ; ", Where.BOTH);
        around(tricks, "semicolons around", sql -> ";; " + sql + ";;;", Where.POSTGRES);
        around(tricks, "blank lines around", sql -> "\n\n\n\t" + sql + "\n\n", Where.BOTH);
        around(tricks, "long comment", sql -> "/*" + " x ".repeat(20_000) + "*/" + sql, Where.BOTH);
        around(tricks, "long blank", sql -> " ".repeat(30_000) + sql, Where.BOTH);
        around(tricks, "first of several", sql -> sql + "; SELECT 1", Where.BOTH);
        around(tricks, "last of several", sql -> "SELECT 1; " + sql, Where.BOTH);
        around(tricks, "between others", sql -> "SELECT ';' ; " + sql + " ; SELECT '''; --'", Where.BOTH);
        around(tricks, "after a glued comment", sql -> "SELECT 1--x\n;" + sql, Where.BOTH);
        around(tricks, "after an operator", sql -> "SELECT 2-/**/1;" + sql, Where.BOTH);
        around(tricks, "after a double minus", sql -> "SELECT 2 --1 ; '\n; " + sql + "-- '", Where.BOTH);
        around(tricks, "after a backslash", sql -> "SELECT '\\'; " + sql + "; SELECT '\\'", Where.BOTH);
        around(tricks, "after a dollar quote", sql -> "SELECT $$ ' -- $$ ; " + sql, Where.BOTH);
        around(tricks, "after a tag", sql -> "SELECT $a$ $$ ; $a$ ; " + sql, Where.POSTGRES);
        around(tricks, "after an escaped quote", sql -> "SELECT E'\\'' ; " + sql + " -- '", Where.POSTGRES);
        around(tricks, "after a Unicode string", sql -> "SELECT U&'\\0027' ; " + sql + " -- '", Where.BOTH);
        around(tricks, "after bits", sql -> "SELECT b'1', x'1F' ; " + sql, Where.POSTGRES);
        around(tricks, "after a quoted name", sql -> "SELECT 1 AS \"a;'--\" ; " + sql + " -- '", Where.BOTH);
        around(tricks, "after a joined string", sql -> "SELECT 'a'\n'b;' ; " + sql, Where.POSTGRES);
        around(tricks, "after an array", sql -> "SELECT ARRAY[1, 2] ; " + sql, Where.BOTH);
        around(tricks, "after a JDBC function", sql -> "SELECT {fn abs(1)} ; " + sql, Where.BOTH);
        around(tricks, "after a JDBC date", sql -> "SELECT {d '2026-01-01'} ; " + sql, Where.BOTH);
        odd(tricks, "byte order mark", sql -> "\ufeff" + sql);
        odd(tricks, "no-break space before", sql -> "\u00a0" + sql);
        odd(tricks, "after a glued number", sql -> "SELECT 1union SELECT 2; " + sql);
        odd(tricks, "after a glued parameter", sql -> "SELECT '?' || '??' ; " + sql);
        odd(tricks, "after a comment that opens oddly", sql -> "/*/ x /**/ */ */ " + sql);
        odd(tricks, "in a JDBC escape", sql -> "{" + sql + "}");
        odd(tricks, "after an executable comment", sql -> "/*! SELECT 1; */ " + sql);
        odd(tricks, "after a number sign", sql -> "SELECT 1 # 2; " + sql);
        odd(tricks, "after a star operator", sql -> "SELECT 2 */* x */ 3 ; " + sql);
        odd(tricks, "after a slash operator", sql -> "SELECT 4 //**/ 2 \n ; " + sql);
        odd(tricks, "in parentheses", sql -> "(" + sql + ")");
        odd(tricks, "after a nested quote", sql -> "SELECT \"a\"\"\" FROM (SELECT 1 AS \"a\"\"\") q; " + sql);
        odd(tricks, "after an open transaction", sql -> "SAVEPOINT z; " + sql + "; RELEASE SAVEPOINT z");
    }

    private static void wrappings(List<Trick> tricks) {
        wrapped(tricks, "explained", sql -> "EXPLAIN ANALYZE " + sql, Where.BOTH);
        wrapped(tricks, "explained with options", sql -> "EXPLAIN (VERBOSE, ANALYZE) " + sql, Where.POSTGRES);
        wrapped(tricks, "prepared", sql -> "PREPARE p AS " + sql + "; EXECUTE p", Where.POSTGRES);
        wrapped(tricks, "in a common table expression", sql -> "WITH z AS (" + sql + ") SELECT 1", Where.POSTGRES);
        wrapped(tricks, "in a second one", sql -> "WITH y AS (SELECT 1), z AS (" + sql + ") TABLE y", Where.POSTGRES);
        wrapped(
                tricks,
                "in a copy",
                sql -> "CREATE TABLE z (n int); WITH y AS (" + sql + ") INSERT INTO z SELECT 1",
                Where.POSTGRES);
        wrapped(tricks, "in a block", sql -> "DO $z$ BEGIN " + sql + "; END $z$", Where.POSTGRES);
        wrapped(tricks, "in a block's text", sql -> "DO $z$ BEGIN EXECUTE $y$" + sql + "$y$; END $z$", Where.POSTGRES);
        wrapped(tricks, "shadowed", sql -> "WITH ledger_entry AS (SELECT 1) " + sql, Where.POSTGRES);
        wrapped(tricks, "in an old table", sql -> "SELECT * FROM OLD TABLE (" + sql + ")", Where.H2);
        wrapped(tricks, "in a final table", sql -> "SELECT * FROM FINAL TABLE (" + sql + ")", Where.H2);
        wrapped(tricks, "executed at once", sql -> "EXECUTE IMMEDIATE '" + sql.replace("'", "''") + "'", Where.H2);
        wrapped(
                tricks,
                "in a function",
                sql -> "CREATE FUNCTION z() RETURNS void LANGUAGE sql AS $z$" + sql + "$z$; SELECT z()",
                Where.POSTGRES);
    }

    private static void around(List<Trick> tricks, String name, UnaryOperator<String> wrap, Where where) {
        tricks.add(Trick.PLAIN.named(name).only(where).wrap(wrap));
    }

    private static void odd(List<Trick> tricks, String name, UnaryOperator<String> wrap) {
        tricks.add(Trick.PLAIN.named(name).odd().wrap(wrap));
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

    private static String escaped(String name, char escape) {
        return String.format("%s%c%04x%s", name.substring(0, 1), escape, (int) name.charAt(1), name.substring(2));
    }

    private static String longEscaped(String name) {
        return String.format("\\+%06X%s", (int) name.charAt(0), name.substring(1));
    }
}
