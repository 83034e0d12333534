package io.tierguard.integration.oracle;

import java.util.List;
import java.util.Random;

/**
 * Statements made from a grammar over tables of the same columns, of which some are protected.
 *
 * <p>The same random numbers make the same statements.
 */
final class RandomStatements extends RandomGrammar {
    private static final List<String> FREE = List.of("draft", "draft", "draft_view");
    private static final List<String> PROTECTED = List.of("ledger_entry", "ledger_entry", "archive", "entry_view");
    private static final List<String> COLUMNS = List.of("id", "account", "amount", "note");
    private static final int DEEPEST = 3;

    private final boolean postgres;
    private final boolean onlyFree;

    RandomStatements(Random random, Engine engine, boolean onlyFree) {
        super(random);
        this.postgres = engine.isPostgres();
        this.onlyFree = onlyFree;
    }

    @Override
    String statement() {
        return switch (random.nextInt(14)) {
            case 0, 1 -> select(0);
            case 2, 3 -> update();
            case 4, 5 -> delete();
            case 6, 7 -> insert();
            case 8 -> merge();
            case 9, 10 -> postgres ? with(0) + any(select(1), update(), delete(), insert()) : delta();
            case 11 -> any("EXPLAIN ANALYZE ", "EXPLAIN ") + any(update(), delete(), select(1));
            case 12 -> "TRUNCATE TABLE " + table();
            default -> structure();
        };
    }

    private String structure() {
        structural = true;
        return any(
                "CREATE TABLE fresh AS " + select(1),
                "CREATE VIEW fresh AS " + select(1),
                "DROP TABLE " + table(),
                "ALTER TABLE " + table() + " ADD COLUMN fresh INT",
                "ALTER TABLE " + table() + " ALTER COLUMN note SET DEFAULT 'x'",
                "CREATE INDEX fresh ON " + table() + " ( note )");
    }

    private String update() {
        String alias = random.nextBoolean() ? "" : fresh();
        String head = "UPDATE " + only() + table() + named(alias) + " SET " + set();
        if (postgres && random.nextInt(4) == 0) {
            String other = fresh();
            head += " FROM " + from(1, other);
        }
        return head + where(alias, 0) + returning();
    }

    private String set() {
        return switch (random.nextInt(4)) {
            case 0 -> "amount = " + number("", 1) + " , note = " + text("", 1);
            case 1 -> "( amount , note ) = ( SELECT 1 , 'x' )";
            case 2 -> "note = DEFAULT";
            default -> "amount = " + number("", 1);
        };
    }

    private String delete() {
        String alias = random.nextBoolean() ? "" : fresh();
        String head = "DELETE FROM " + only() + table() + named(alias);
        if (postgres && random.nextInt(4) == 0) {
            head += " USING " + from(1, fresh());
        }
        return head + where(alias, 0) + returning();
    }

    private String insert() {
        String into = "INSERT INTO " + table() + " ( id , account , amount ) ";
        String rows = random.nextBoolean()
                ? "VALUES ( " + (600 + random.nextInt(300)) + " , 'x' , 1 )"
                        + (random.nextBoolean() ? "" : " , ( 1 , 'y' , 2 )")
                : "SELECT id + 1000 , account , amount FROM " + from(1, fresh());
        if (!postgres) {
            return into + rows;
        }
        return into
                + rows
                + any(
                        "",
                        " ON CONFLICT DO NOTHING",
                        " ON CONFLICT ( id ) DO UPDATE SET amount = 0",
                        " ON CONFLICT ( id ) DO UPDATE SET note = excluded.note WHERE excluded.id > 0")
                + returning();
    }

    private String merge() {
        if (!postgres && random.nextInt(3) == 0) {
            return "MERGE INTO " + table() + " ( id , account , amount ) KEY ( id ) VALUES ( 1 , 'x' , 0 )";
        }
        String alias = fresh();
        String other = fresh();
        StringBuilder text = new StringBuilder("MERGE INTO " + table() + named(alias) + " USING " + from(1, other)
                + " ON " + alias + ".id = " + other + ".id");
        text.append(any(
                " WHEN MATCHED THEN DELETE",
                " WHEN MATCHED THEN UPDATE SET amount = 0",
                " WHEN MATCHED AND " + other + ".id = 1 THEN UPDATE SET note = 'x'"));
        if (random.nextBoolean()) {
            text.append(" WHEN NOT MATCHED THEN INSERT ( id , account , amount ) VALUES ( " + other
                    + ".id + 700 , 'x' , 1 )");
        }
        return text.toString();
    }

    private String delta() {
        return "SELECT " + any("*", "count(*)", "id") + " FROM " + any("OLD", "NEW", "FINAL") + " TABLE ( "
                + any(update(), delete(), insert(), merge()) + " )";
    }

    private String with(int depth) {
        StringBuilder text = new StringBuilder("WITH ");
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            String name = random.nextInt(5) == 0 ? (onlyFree ? "draft" : any("draft", "ledger_entry")) : fresh();
            String body = random.nextInt(3) > 0 ? select(depth + 1) : any(update(), delete(), insert());
            text.append(i == 0 ? "" : " , ")
                    .append(name)
                    .append(any(" AS ", " AS MATERIALIZED "))
                    .append("( ");
            text.append(body).append(" )");
        }
        return text.append(' ').toString();
    }

    private String select(int depth) {
        String alias = fresh();
        String head = depth < DEEPEST && random.nextInt(6) == 0 && postgres ? with(depth) : "";
        String text = head + "SELECT " + any("*", alias + ".id", alias + ".id , count(*) OVER ( )", "1 AS id")
                + " FROM " + from(depth, alias) + where(alias, depth);
        return switch (random.nextInt(9)) {
            case 0 -> text + " ORDER BY 1";
            case 1 -> text + " LIMIT 2";
            case 2 -> "SELECT 1 AS id UNION ALL SELECT id FROM " + table();
            case 3 -> text + " FOR UPDATE";
            default -> text;
        };
    }

    private String from(int depth, String alias) {
        if (depth < DEEPEST && random.nextInt(4) == 0) {
            return "( SELECT id , account , amount , note FROM " + table() + where("", depth + 1) + " )" + named(alias);
        }
        if (random.nextInt(4) == 0) {
            String other = fresh();
            return table() + named(alias) + any(" JOIN ", " LEFT JOIN ") + table() + named(other) + " ON " + alias
                    + ".id = " + other + ".id";
        }
        return table() + named(alias);
    }

    @Override
    String condition(String alias, int depth) {
        if (depth >= DEEPEST) {
            return column(alias, "id") + " = " + (1 + random.nextInt(3));
        }
        return switch (random.nextInt(8)) {
            case 0 -> column(alias, "id") + " IN ( SELECT id FROM " + table() + where("", depth + 1) + " )";
            case 1 -> "EXISTS ( SELECT 1 FROM " + table() + " )";
            case 2 -> "( " + condition(alias, depth + 1) + " OR " + condition(alias, depth + 1) + " )";
            case 3 -> condition(alias, depth + 1) + " AND NOT " + condition(alias, depth + 1);
            case 4 -> column(alias, "amount") + " BETWEEN 0 AND " + number(alias, depth + 1);
            case 5 -> column(alias, "note") + " LIKE '%;--' OR " + column(alias, "note") + " IS NOT NULL";
            case 6 -> column(alias, "account") + " = " + text(alias, depth + 1);
            default -> column(alias, "id") + " > 0";
        };
    }

    private String number(String alias, int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> "( SELECT max(amount) FROM " + table() + " )";
            case 1 -> column(alias, "amount") + " + 1";
            case 2 -> "CASE WHEN " + condition(alias, depth + 1) + " THEN 1 ELSE 2 END";
            case 3 -> "COALESCE( " + column(alias, "amount") + " , 0 )";
            default -> String.valueOf(random.nextInt(9));
        };
    }

    private String text(String alias, int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> "trim( " + column(alias, "account") + " )";
            case 1 -> "'it''s;DELETE/*'";
            case 2 -> column(alias, "note") + " || '--'";
            case 3 -> depth < DEEPEST ? "( SELECT min(note) FROM " + table() + " )" : "'y'";
            default -> "'cash'";
        };
    }

    private String column(String alias, String name) {
        return alias.isEmpty() ? name : alias + "." + name;
    }

    private String returning() {
        return postgres && random.nextInt(4) == 0 ? " RETURNING " + any("*", "id", COLUMNS.get(random.nextInt(4))) : "";
    }

    private String only() {
        return postgres && random.nextInt(8) == 0 ? "ONLY " : "";
    }

    private String named(String alias) {
        return alias.isEmpty() ? "" : (random.nextBoolean() ? " AS " : " ") + alias;
    }

    private String table() {
        List<String> tables = onlyFree || random.nextInt(3) > 0 ? FREE : PROTECTED;
        String name = tables.get(random.nextInt(tables.size()));
        return switch (random.nextInt(6)) {
            case 0 -> "public." + name;
            case 1 -> name.toUpperCase(java.util.Locale.ROOT);
            case 2 -> postgres ? "\"" + name + "\"" : name;
            case 3 ->
                postgres
                        ? "U&\"" + name.charAt(0) + String.format("\\%04x", (int) name.charAt(1)) + name.substring(2)
                                + "\""
                        : name;
            default -> name;
        };
    }

    /** Writes blanks and comments for some of the blanks outside of quotes. */
    @Override
    String noisy(String text) {
        if (random.nextBoolean()) {
            return text;
        }
        StringBuilder noisy = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '\'' || c == '"';
            if (c != ' ' || quoted || random.nextInt(3) > 0) {
                noisy.append(c);
            } else {
                noisy.append(any("\n", "\t ", " /* ' ; */ ", " -- \" $$\n", "/**/", "\r\n", " /* /* */ */ "));
            }
        }
        return noisy.toString();
    }
}
