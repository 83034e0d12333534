package io.tierguard.integration.oracle;

import java.util.List;
import java.util.Random;

/**
 * Statements of MySQL and MariaDB made from a grammar over tables of the same columns, of which some are protected.
 *
 * <p>The same random numbers make the same statements.
 */
final class MySqlRandomStatements extends RandomGrammar {
    private static final List<String> FREE = List.of("draft", "draft", "draft_view");
    private static final List<String> PROTECTED =
            List.of("ledger_entry", "ledger_entry", "archive", "entry_view", "entry_view_nested");
    private static final int DEEPEST = 3;

    private final boolean mariaDb;
    private final boolean onlyFree;

    MySqlRandomStatements(Random random, Engine engine, boolean onlyFree) {
        super(random);
        this.mariaDb = engine.isMariaDb();
        this.onlyFree = onlyFree;
    }

    @Override
    String statement() {
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> select(0);
            case 3, 4 -> update();
            case 5 -> updateOfSeveral();
            case 6 -> delete();
            case 7, 8 -> deleteOfSeveral();
            case 9, 10 -> insert();
            case 11 -> replace();
            case 12 -> with() + (mariaDb ? select(1) : any(select(1), updateOfSeveral(), deleteOfSeveral()));
            case 13 -> wrapped();
            case 14 -> any("DO ", "SET @a = ") + "( SELECT max(id) FROM " + table() + " )";
            default -> structure();
        };
    }

    private String wrapped() {
        String inner = any(update(), delete(), select(1), insert());
        if (!mariaDb || random.nextBoolean()) {
            return any("EXPLAIN ", "EXPLAIN FORMAT = JSON ", "DESCRIBE ") + inner;
        }
        return any("ANALYZE ", "ANALYZE FORMAT = JSON ", "SET STATEMENT max_statement_time = 9 FOR ") + inner;
    }

    private String structure() {
        structural = true;
        return any(
                "CREATE TABLE fresh AS " + select(1),
                "CREATE TEMPORARY TABLE fresh AS " + select(1),
                "CREATE OR REPLACE VIEW fresh AS " + select(1),
                "CREATE TABLE fresh LIKE " + table(),
                "DROP TABLE IF EXISTS fresh , " + table(),
                "ALTER TABLE " + table() + " ADD COLUMN fresh INT",
                "ALTER TABLE " + table() + " MODIFY note VARCHAR ( 120 ) , RENAME TO fresh",
                "CREATE INDEX fresh ON " + table() + " ( note )",
                "TRUNCATE " + table(),
                "RENAME TABLE " + table() + " TO fresh");
    }

    private String update() {
        return "UPDATE " + any("", "LOW_PRIORITY ", "IGNORE ") + table() + " SET " + set("") + where("", 0) + limit();
    }

    private String updateOfSeveral() {
        String alias = fresh();
        String other = fresh();
        return "UPDATE " + joined(alias, other) + " SET " + any(alias + ".", other + ".", "") + set("").strip()
                + where(any(alias, other), 0);
    }

    private String joined(String alias, String other) {
        String first = random.nextInt(4) == 0 ? derived(1) : table();
        String on = any(" ON " + alias + ".id = " + other + ".id", " USING ( id )");
        return first
                + named(alias)
                + (random.nextInt(4) == 0
                        ? " , " + table() + named(other)
                        : any(" JOIN ", " LEFT JOIN ", " INNER JOIN ", " RIGHT JOIN ") + table() + named(other) + on);
    }

    private String set(String qualifier) {
        return switch (random.nextInt(4)) {
            case 0 -> qualifier + "amount = " + number("", 1);
            case 1 -> qualifier + "note = DEFAULT";
            case 2 -> qualifier + "note = " + text("", 1);
            default -> qualifier + "amount = 1";
        };
    }

    private String delete() {
        return "DELETE " + any("", "QUICK ", "IGNORE ") + "FROM " + table() + where("", 0) + limit() + returning();
    }

    private String deleteOfSeveral() {
        String alias = fresh();
        String other = fresh();
        String targets = any(alias, other, alias + " , " + other, alias + ".*");
        return random.nextBoolean()
                ? "DELETE " + targets + " FROM " + joined(alias, other) + where(alias, 0)
                : "DELETE FROM " + targets + " USING " + joined(alias, other) + where(alias, 0);
    }

    private String insert() {
        String into = "INSERT " + any("", "IGNORE ") + any("INTO ", "") + table();
        if (random.nextInt(4) == 0) {
            return into + " SET id = " + (600 + random.nextInt(300)) + " , account = 'x' , amount = 1" + onDuplicate();
        }
        String rows = random.nextBoolean()
                ? any("VALUES", "VALUE") + " ( " + (600 + random.nextInt(300)) + " , 'x' , 1 )"
                        + any("", " , ( 1 , 'y' , 2 )")
                : rows();
        return into + " ( id , account , amount ) " + rows + onDuplicate() + returning();
    }

    private String rows() {
        String alias = fresh();
        return "SELECT " + alias + ".id + 1000 , " + alias + ".account , " + alias + ".amount FROM "
                + joined(alias, fresh()) + where(alias, 1);
    }

    private String onDuplicate() {
        return any(
                "",
                "",
                " ON DUPLICATE KEY UPDATE amount = 0",
                " ON DUPLICATE KEY UPDATE note = 'x' , amount = VALUES(amount)");
    }

    private String replace() {
        String into = "REPLACE " + any("INTO ", "") + table();
        return into
                + any(
                        " ( id , account , amount ) VALUES ( 1 , 'x' , 0 )",
                        " SET id = 2 , account = 'x' , amount = 0",
                        " ( id , account , amount ) " + rows());
    }

    private String with() {
        StringBuilder text = new StringBuilder("WITH ");
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            String name = random.nextInt(5) == 0 ? (onlyFree ? "draft" : any("draft", "ledger_entry")) : fresh();
            text.append(i == 0 ? "" : " , ")
                    .append(name)
                    .append(" AS ( ")
                    .append(select(2))
                    .append(" )");
        }
        return text.append(' ').toString();
    }

    private String select(int depth) {
        String alias = fresh();
        String text = "SELECT "
                + any("*", alias + ".id", alias + ".id , count(*) OVER ( )", "1 AS id", "DISTINCT " + alias + ".id")
                + " FROM " + from(depth, alias) + where(alias, depth);
        return switch (random.nextInt(9)) {
            case 0 -> text + " ORDER BY 1";
            case 1 -> text + " LIMIT 2";
            case 2 -> "SELECT 1 AS id UNION ALL SELECT id FROM " + table();
            case 3 -> text + any(" FOR UPDATE", " LOCK IN SHARE MODE");
            default -> text;
        };
    }

    private String from(int depth, String alias) {
        if (depth < DEEPEST && random.nextInt(4) == 0) {
            return derived(depth + 1) + named(alias);
        }
        return random.nextInt(4) == 0
                ? table() + named(alias) + any(" JOIN ", " LEFT JOIN ", " NATURAL JOIN ") + table() + named(fresh())
                : table() + named(alias);
    }

    private String derived(int depth) {
        return "( SELECT id , account , amount , note FROM " + table() + where("", depth) + " )";
    }

    @Override
    String condition(String alias, int depth) {
        if (depth >= DEEPEST) {
            return column(alias, "id") + " = " + (1 + random.nextInt(3));
        }
        return switch (random.nextInt(9)) {
            case 0 -> column(alias, "id") + " IN ( SELECT id FROM " + table() + where("", depth + 1) + " )";
            case 1 -> "EXISTS ( SELECT 1 FROM " + table() + " )";
            case 2 ->
                "( " + condition(alias, depth + 1) + any(" OR ", " XOR ", " || ") + condition(alias, depth + 1) + " )";
            case 3 ->
                condition(alias, depth + 1) + any(" AND NOT ", " && ! ") + "( " + condition(alias, depth + 1) + " )";
            case 4 -> column(alias, "amount") + " BETWEEN 0 AND " + number(alias, depth + 1);
            case 5 -> column(alias, "note") + any(" LIKE '%;--'", " RLIKE '[;]'", " <=> NULL", " = \"it's\"");
            case 6 -> column(alias, "account") + " = " + text(alias, depth + 1);
            case 7 -> "( " + column(alias, "id") + " , 1 ) IN ( ( 1 , 1 ) , ( 2 , 1 ) )";
            default -> column(alias, "id") + " > 0";
        };
    }

    private String number(String alias, int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> "( SELECT 1 )";
            case 1 -> column(alias, "amount") + any(" + 1", " DIV 2", " MOD 2");
            case 2 -> "CASE WHEN " + condition(alias, depth + 1) + " THEN 1 ELSE 2 END";
            case 3 -> "IFNULL( " + column(alias, "amount") + " , 0 )";
            default -> String.valueOf(random.nextInt(9));
        };
    }

    private String text(String alias, int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> "trim( " + column(alias, "account") + " )";
            case 1 -> "'it\\'s;DELETE/*'";
            case 2 -> "CONCAT( " + column(alias, "note") + " , '--' )";
            case 3 -> "\"a'b\"\"c\"";
            case 4 -> depth < DEEPEST ? "REPLACE( 'x' , 'x' , '#' )" : "'y'";
            default -> "_utf8mb4'cash'";
        };
    }

    private String column(String alias, String name) {
        return (alias.isEmpty() ? "" : alias + ".") + any(name, "`" + name + "`");
    }

    private String limit() {
        return random.nextInt(5) == 0 ? " ORDER BY id LIMIT 1" : "";
    }

    private String returning() {
        return mariaDb && random.nextInt(5) == 0 ? " RETURNING " + any("*", "id") : "";
    }

    private String named(String alias) {
        return (random.nextBoolean() ? " AS " : " ") + alias;
    }

    private String table() {
        List<String> tables = onlyFree || random.nextInt(3) > 0 ? FREE : PROTECTED;
        String name = tables.get(random.nextInt(tables.size()));
        return any(name, name, "public." + name, "`" + name + "`", "`public` . " + name);
    }

    /** Writes blanks and comments for some of the blanks outside of quotes. */
    @Override
    String noisy(String text) {
        if (random.nextBoolean()) {
            return text;
        }
        StringBuilder noisy = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0 && c == '\\') {
                noisy.append(c).append(text.charAt(++i));
                continue;
            }
            if (quote == 0 && (c == '\'' || c == '"' || c == '`')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
            if (c != ' ' || quote != 0 || random.nextInt(3) > 0) {
                noisy.append(c);
            } else {
                noisy.append(any(
                        "\n",
                        "\t ",
                        " /* ' ; */ ",
                        " -- \" `\n",
                        " # it's\n",
                        "/**/",
                        "\r\n",
                        " /*! */ ",
                        " /*!99999 ' */ "));
            }
        }
        return noisy.toString();
    }
}
