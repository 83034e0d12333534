package io.tierguard.cli.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads one line of an audit log. */
final class RecordReader {
    private static final String SCHEMA = "tierguard.audit/";
    private static final String KNOWN_MAJOR = SCHEMA + "1.";

    private final JsonFactory factory = new JsonFactory();

    /** The line's record. */
    LoggedEvent read(byte[] line) throws MalformedRecordException {
        try (JsonParser json = factory.createParser(line)) {
            LoggedEvent event = object(json);
            if (json.nextToken() != null) {
                throw new MalformedRecordException("something follows the record");
            }
            check(event.text("schema"));
            return event;
        } catch (JsonProcessingException e) {
            throw new MalformedRecordException(
                    "no JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new MalformedRecordException("no JSON in UTF-8");
        }
    }

    private static void check(String schema) throws MalformedRecordException {
        if (!schema.startsWith(SCHEMA)) {
            throw new MalformedRecordException("no audit record: its schema is not " + SCHEMA + "…");
        }
        if (!schema.startsWith(KNOWN_MAJOR)) {
            throw new MalformedRecordException("schema " + schema + " is later than this command");
        }
    }

    private static LoggedEvent object(JsonParser json) throws IOException, MalformedRecordException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new MalformedRecordException("no JSON object");
        }
        Map<String, String> fields = new HashMap<>();
        List<LoggedReason> reasons = List.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_ARRAY && name.equals("reasons")) {
                reasons = reasons(json);
            } else if (value.isStructStart()) {
                json.skipChildren();
            } else {
                fields.put(name, json.getText());
            }
        }
        return new LoggedEvent(fields, reasons);
    }

    private static List<LoggedReason> reasons(JsonParser json) throws IOException {
        List<LoggedReason> reasons = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            Map<String, String> fields = new HashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                json.skipChildren();
                fields.put(name, json.getText());
            }
            reasons.add(new LoggedReason(
                    fields.getOrDefault("name", ""),
                    fields.getOrDefault("rule", ""),
                    fields.getOrDefault("sentence", "")));
        }
        return reasons;
    }
}
