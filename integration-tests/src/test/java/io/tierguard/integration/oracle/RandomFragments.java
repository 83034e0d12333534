package io.tierguard.integration.oracle;

import java.util.List;
import java.util.Random;

/** Texts of fragments glued together at random: quotes, comments, tags and escapes around statements that do harm. */
final class RandomFragments {
    private static final List<String> HARM = List.of(
            "DELETE FROM ledger_entry",
            "UPDATE ledger_entry SET amount = 0",
            "DELETE FROM public.ledger_entry WHERE id = 1",
            "UPDATE \"ledger_entry\" SET amount = 1",
            "delete from LEDGER_ENTRY",
            "TRUNCATE TABLE archive",
            "DELETE FROM archive",
            "UPDATE entry_view SET amount = 0",
            "DELETE FROM vault.stock",
            "DROP TABLE payment");
    private static final List<String> HARMLESS = List.of(
            "SELECT 1",
            "SELECT 'a'",
            "SELECT",
            "VALUES (1)",
            "SELECT 1 AS x",
            "SELECT id FROM draft",
            "DELETE FROM draft",
            "EXPLAIN ",
            "EXPLAIN ANALYZE ",
            "WITH x AS (SELECT 1) ",
            "SELECT a FROM (SELECT 1 AS a) q WHERE ",
            "SET LOCAL work_mem = ");
    private static final List<String> MARKS = List.of(
            "'",
            "'",
            "''",
            "\"",
            "\"\"",
            "/*",
            "*/",
            "/**/",
            "/*/",
            "--",
            "--x",
            "\n",
            "\r",
            ";",
            ";",
            " ",
            " ",
            "\t",
            "\f",
            "$$",
            "$$",
            "$a$",
            "$A$",
            "$",
            "$1",
            "$_$",
            "E'",
            "e'\\'",
            "E'\\\\'",
            "\\'",
            "\\",
            "U&'",
            "U&\"",
            "u&'\\0027'",
            "UESCAPE '!'",
            "N'",
            "x'1f'",
            "b'1'",
            "B'",
            "`",
            "[",
            "]",
            "{",
            "}",
            "{fn ",
            "{d '2026-01-01'}",
            "{oj ",
            "?",
            "??",
            "?|",
            "@",
            "#",
            "//",
            "*",
            "-",
            "+",
            "~",
            "!",
            "|",
            "||",
            "=",
            "<",
            ">",
            "::",
            ":",
            ":=",
            "(",
            ")",
            ",",
            ".",
            "..",
            "1",
            "1.",
            "1e",
            "1e5",
            "0x1",
            "0b",
            "1_0",
            "a",
            "_",
            "é",
            "\u00a0",
            "\u200b",
            "\ufeff",
            "\u2028",
            "'\n'",
            "'\n\n'",
            "' '",
            "'--'",
            "'/*'",
            "*/ --",
            "-/**/-",
            "-- /*\n",
            "/* -- */",
            "/* ' */",
            "/* $$ */",
            "AS ",
            "NULL");

    private static final List<String> MARKS_OF_MYSQL = List.of(
            "/*!",
            "/*! ",
            "/*!50000 ",
            "/*!99999 ",
            "/*M! ",
            "/*M!100100 ",
            "/*!*/",
            "*/",
            "#",
            "# '\n",
            "-- ",
            "--\t",
            "--\n",
            "`",
            "`",
            "``",
            "\"",
            "\"\"",
            "'",
            "''",
            "\\'",
            "\\",
            "\\\\",
            "\\N",
            "@",
            "@a",
            "@@x",
            "@`",
            "_utf8mb4'",
            "N'",
            "x'1f'",
            "0x1F",
            "DELIMITER //",
            "//",
            "{fn ",
            "}",
            "SET sql_mode = 'ANSI_QUOTES';",
            "SET sql_mode = 'NO_BACKSLASH_ESCAPES';",
            "SET sql_mode = '';",
            "SET NAMES latin1;",
            "SELECT \"",
            "SELECT '\\",
            "PREPARE p FROM '",
            "EXECUTE p;",
            "EXECUTE IMMEDIATE '",
            "BEGIN NOT ATOMIC ",
            " END",
            "<=>",
            "||",
            "&&",
            ":=",
            "1e",
            "1.",
            ".",
            "\u00a0",
            "?",
            "??");

    /** Tables have no schema of this name in quotes there, and double quotes hold a string. */
    private static final List<String> HARM_OF_MYSQL = List.of(
            "DELETE l FROM ledger_entry l",
            "UPDATE orders, ledger_entry SET amount = 0",
            "REPLACE ledger_entry SET id = 1");

    private final Random random;
    private final boolean mySql;

    RandomFragments(Random random, boolean mySql) {
        this.random = random;
        this.mySql = mySql;
    }

    String next() {
        StringBuilder text = new StringBuilder();
        int count = 1 + random.nextInt(9);
        int harm = random.nextInt(count);
        for (int i = 0; i < count; i++) {
            if (i == harm) {
                text.append(random.nextInt(3) > 0 ? ";" : "")
                        .append(one(HARM))
                        .append(random.nextInt(3) > 0 ? ";" : "");
            } else {
                text.append(random.nextInt(4) == 0 ? one(HARMLESS) : one(MARKS));
            }
            if (random.nextInt(3) == 0) {
                text.append(' ');
            }
        }
        return text.toString();
    }

    /** A harmful statement in quotes, tags or comments that open and close around it, with one mark put anywhere. */
    String nextBalanced() {
        String text = "SELECT 1 " + open() + one(HARM) + open() + ";" + one(HARM) + ";" + open();
        int at = random.nextInt(text.length());
        return text.substring(0, at) + one(MARKS) + text.substring(at);
    }

    private String open() {
        if (mySql && random.nextInt(3) == 0) {
            return List.of(", \"", "\" ", "/*! ", "/*!99999 ", "# ", "` ", ", '\\", "\\' ")
                    .get(random.nextInt(8));
        }
        return switch (random.nextInt(9)) {
            case 0 -> ", ' ";
            case 1 -> "/* ";
            case 2 -> "*/ ";
            case 3 -> ", $a$ ";
            case 4 -> "$a$ ";
            case 5 -> "-- ";
            case 6 -> "\n";
            case 7 -> ", E' ";
            default -> "' ";
        };
    }

    private String one(List<String> choices) {
        boolean isOfMySql = mySql && random.nextInt(choices == HARM ? 4 : 2) == 0;
        List<String> all =
                isOfMySql && choices == MARKS ? MARKS_OF_MYSQL : isOfMySql && choices == HARM ? HARM_OF_MYSQL : choices;
        return all.get(random.nextInt(all.size()));
    }
}
