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

    private final Random random;

    RandomFragments(Random random) {
        this.random = random;
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
        return choices.get(random.nextInt(choices.size()));
    }
}
