package io.tierguard.policy;

import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Random names, patterns and lists of them. */
final class GeneratedItems {

    static final List<String> SOUND_TABLES = List.of(
            "payment", "orders", "größe", "顧客", "таблица", "\"order \\\"lines\\\"\"", "\"a\\\\b\"", "table", "from");

    /** Names that could be taken for something else. */
    private static final List<String> KEYWORDS =
            List.of("table", "tier", "from", "until", "why", "grant", "everything");

    private static final List<String> NAMES = List.of("ledger", "größe", "tier-2", "таблица", "x", "顧客", "long-name");
    private static final List<String> WORDS = List.of(
            "payment",
            "x$1",
            "*_cache",
            "a*b",
            "größe",
            "таблица",
            "\"Odd \\\"Name\\\"\"",
            "\"why\"",
            "\"a\\\\\"",
            "*");
    private static final List<String> TEXTS = List.of(
            "\"books of record: rows are added, never changed\"",
            "\"\"",
            "\"say \\\"no\\\", \\\\ or \\n # {no comment}\"",
            "\"größe \u8868 \ud83d\ude00\"",
            "\"tab\there\"",
            "\"DELETE FROM payment WHERE id = ? AND state = 'captured' AND amount > 0 AND customer_id IN (1, 2, 3)\"");
    private static final List<String> TIMES =
            List.of("2026-11-20T08:00Z", "2026-11-20T08:00:30+01:00", "2027-01-31T00:00-05:30");

    private final Random random;

    GeneratedItems(Random random) {
        this.random = random;
    }

    <T> T any(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    String name() {
        return any(NAMES);
    }

    String text() {
        return any(TEXTS);
    }

    String user() {
        return any(List.of("\"checkout_rw\"", "\"*\"", "\"größe\\\\\"", "\"a \\\"b\\\"\""));
    }

    String time() {
        return any(TIMES);
    }

    String hash() {
        return "sha256:" + any(List.of("9f2c", "0a1b")).repeat(16);
    }

    String identifier() {
        return any(List.of(
                "status", "updated_at", "größe", "from", "\"Odd, \\\"Column\\\"\"", "a_column_with_a_long_name"));
    }

    String pattern(int most) {
        int parts = 1 + (random.nextInt(3) == 0 ? random.nextInt(most) : 0);
        if (parts == 1 && most == 3 && random.nextInt(8) == 0) {
            return any(KEYWORDS.subList(0, 6)).replace("tier", "\"tier\"");
        }
        List<String> written = new ArrayList<>();
        for (; parts > 0; parts--) {
            written.add(any(WORDS));
        }
        return String.join(".", written);
    }

    /** What is written to: no verb, which would begin another list there. */
    String writtenTable() {
        return random.nextInt(8) == 0 ? any(List.of("update.x", "\"update\"")) : pattern(3);
    }

    String verb() {
        return any(List.of(Verb.values())).word();
    }

    /** A list, now and then one that is too long for a line. */
    List<String> list(Supplier<String> item) {
        int most = random.nextInt(6) == 0 ? 14 : 4;
        List<String> items = new ArrayList<>();
        for (int count = 1 + random.nextInt(most); count > 0; count--) {
            items.add(item.get());
        }
        return list(items);
    }

    /** A list of these, in this order. */
    static List<String> list(List<String> items) {
        List<String> words = new ArrayList<>();
        for (String item : items) {
            if (!words.isEmpty()) {
                words.add(",");
            }
            if (!KEYWORDS.contains(item)) {
                words.add(GeneratedText.BREAK);
            }
            words.add(item);
        }
        return words;
    }

    /** A list that may end with a comma. */
    static List<String> ended(List<String> list) {
        return joined(list, List.of(GeneratedText.COMMA_AT_END));
    }

    /** Verbs, some of them with columns. */
    List<String> verbsWithColumns() {
        List<String> words = new ArrayList<>();
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            words.addAll(words.isEmpty() ? List.of() : List.of(","));
            words.add(GeneratedText.BREAK);
            words.add(verb());
            words.addAll(random.nextInt(3) == 0 ? columns() : List.of());
        }
        return words;
    }

    List<String> columns() {
        List<String> names = ended(list(this::identifier));
        return joined(List.of("("), names, List.of(GeneratedText.BREAK, ")"));
    }

    @SafeVarargs
    static List<String> joined(List<String>... parts) {
        List<String> joined = new ArrayList<>();
        for (List<String> part : parts) {
            joined.addAll(part);
        }
        return joined;
    }
}
