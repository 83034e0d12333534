package io.tierguard.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.Verb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sample subjects and statements, and a reader of what was written that knows nothing of the writer. */
final class Records {
    static final AuditSubject CHECKOUT = new AuditSubject(
            "checkout", "4.2.0", "checkout_rw", "postgresql", "shop", "db.example", 5432, "c-7", "shop", "sha256:0f0f");

    static final AuditStatement DELETE = new AuditStatement(
            "DELETE",
            "DELETE payment",
            "DELETE FROM payment WHERE id = ?",
            "9a1b",
            List.of(new AuditEffect(Verb.DELETE, "payment", "ledger", Set.of(), "")),
            List.of(new Denial(
                    Reason.IMMUTABLE_TIER,
                    "checkout may not DELETE from payment: tier ledger is immutable",
                    "shop.tierguard:9",
                    "#data-guardians")));

    static final AuditStatement UPDATE = new AuditStatement(
            "UPDATE",
            "UPDATE orders",
            "UPDATE orders SET state = ?, note = ? WHERE id = ?",
            "77c0",
            List.of(new AuditEffect(Verb.UPDATE, "orders", "operational", Set.of("state", "note"), "")),
            List.of());

    private static final JsonFactory JSON = new JsonFactory();

    private Records() {}

    /** An allowed statement with this text. */
    static AuditStatement withText(String text) {
        return new AuditStatement("SELECT", "SELECT orders", text, "00", List.of(), List.of());
    }

    /** The top-level fields of a line in their order, scalars as text; empty if the line is no JSON object. */
    static Optional<Map<String, String>> parse(String line) {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken().isStructStart()) {
                    parser.skipChildren();
                    fields.put(name, "…");
                } else {
                    fields.put(name, parser.getText());
                }
            }
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null
                    ? Optional.of(fields)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The lines of a file; the last one may lack its line break. */
    static List<String> lines(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
    }

    /** The records of a file, each of which must be whole. */
    static List<Map<String, String>> read(Path file) throws IOException {
        List<Map<String, String>> records = new ArrayList<>();
        for (String line : lines(file)) {
            records.add(parse(line).orElseThrow(() -> new AssertionError("not a record: " + line)));
        }
        return records;
    }
}
