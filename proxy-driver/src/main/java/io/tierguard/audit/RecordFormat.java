package io.tierguard.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tierguard.audit.AuditEvent.Completed;
import io.tierguard.audit.AuditEvent.Decided;
import io.tierguard.audit.AuditEvent.Failed;
import io.tierguard.audit.AuditEvent.Noted;
import io.tierguard.audit.AuditEvent.OfStatement;
import io.tierguard.policy.model.Denial;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.TreeSet;

/** The record's schema: which fields, under which names, in which order. Safe for use by many threads. */
final class RecordFormat {
    /** The version of the schema that records name. */
    static final String SCHEMA = "tierguard.audit/1.0";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final JsonFactory factory = new JsonFactory();
    private final String host;
    private final long pid;

    /** The format of records written by one process. */
    RecordFormat(String host, long pid) {
        this.host = host;
        this.pid = pid;
    }

    /** The event as JSON. */
    RenderedRecord render(AuditEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = factory.createGenerator(bytes)) {
            json.writeStartObject();
            text(json, "schema", SCHEMA);
            text(json, "id", event.origin().id());
            json.flush();
            int split = bytes.size();
            text(json, "time", time(event.origin().time()));
            text(json, "stage", event.stage());
            if (event instanceof OfStatement happening) {
                statement(json, happening);
            } else if (event instanceof Noted noted) {
                process(json);
                text(json, "note", noted.note());
            }
            json.flush();
            // Without the closing brace: the generator adds it to the buffer, and we no longer look.
            return new RenderedRecord(bytes.toByteArray(), split);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory takes every byte", e);
        }
    }

    /** A moment in UTC with microseconds, always six digits. */
    static String time(Instant instant) {
        return TIME.format(instant);
    }

    private void statement(JsonGenerator json, OfStatement event) throws IOException {
        AuditSubject subject = event.subject();
        text(json, "component", subject.component());
        text(json, "release", subject.release());
        text(json, "db.user", subject.user());
        process(json);
        text(json, "thread", event.origin().thread());
        text(json, "trace_id", event.origin().traceId());
        text(json, "span_id", event.origin().spanId());
        place(json, subject);
        query(json, event);
        verdict(json, event);
        outcome(json, event);
    }

    private void process(JsonGenerator json) throws IOException {
        text(json, "host", host);
        json.writeNumberField("pid", pid);
    }

    private static void place(JsonGenerator json, AuditSubject subject) throws IOException {
        text(json, "db.system.name", subject.system());
        text(json, "db.namespace", subject.namespace());
        text(json, "server.address", subject.address());
        if (subject.port() > 0) {
            json.writeNumberField("server.port", subject.port());
        }
        text(json, "connection", subject.connection());
    }

    private static void query(JsonGenerator json, OfStatement event) throws IOException {
        AuditStatement statement = event.statement();
        text(json, "db.operation.name", statement.operation());
        text(json, "db.query.summary", statement.summary());
        text(json, "db.query.text", QueryText.shortened(statement.text()));
        text(json, "query.hash", statement.hash());
        if (!statement.effects().isEmpty()) {
            json.writeArrayFieldStart("effects");
            for (AuditEffect effect : statement.effects()) {
                effect(json, effect);
            }
            json.writeEndArray();
        }
        if (event instanceof Decided decided && decided.batchSize() > 0) {
            json.writeNumberField("db.operation.batch.size", decided.batchSize());
        }
        if (event instanceof Decided && !statement.values().isEmpty()) {
            values(json, statement.values());
        }
    }

    /** The values by parameter; in a batch a list of that, run by run. */
    private static void values(JsonGenerator json, BoundValues values) throws IOException {
        json.writeFieldName("db.query.parameter");
        if (values.isBatch()) {
            json.writeStartArray();
        }
        for (List<BoundValues.Value> row : values.rows()) {
            json.writeStartObject();
            for (BoundValues.Value value : row) {
                json.writeFieldName(QueryText.wellFormed(value.parameter()));
                String text = value.text();
                json.writeString(text == null ? null : QueryText.wellFormed(text));
            }
            json.writeEndObject();
        }
        if (values.isBatch()) {
            json.writeEndArray();
        }
        if (values.more() > 0) {
            json.writeNumberField("more_parameters", values.more());
        }
    }

    private static void effect(JsonGenerator json, AuditEffect effect) throws IOException {
        json.writeStartObject();
        text(json, "verb", effect.verb().word());
        text(json, "table", effect.table());
        text(json, "tier", effect.tier());
        if (!effect.columns().isEmpty()) {
            json.writeArrayFieldStart("columns");
            for (String column : new TreeSet<>(effect.columns())) {
                json.writeString(QueryText.wellFormed(column));
            }
            json.writeEndArray();
        }
        text(json, "via", effect.via());
        json.writeEndObject();
    }

    private static void verdict(JsonGenerator json, OfStatement event) throws IOException {
        List<Denial> reasons = event.statement().reasons();
        text(json, "decision", event.statement().decision());
        if (!reasons.isEmpty()) {
            json.writeArrayFieldStart("reasons");
            for (Denial reason : reasons) {
                json.writeStartObject();
                text(json, "name", reason.reason().code());
                text(json, "rule", reason.rule());
                text(json, "sentence", reason.sentence());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        waivers(json, event.statement().waivers());
        text(json, "policy.name", event.subject().policyName());
        text(json, "policy.hash", event.subject().policyHash());
    }

    /** The first waiver is {@code waiver}, as nearly always there is no other. */
    private static void waivers(JsonGenerator json, List<AuditWaiver> waivers) throws IOException {
        if (waivers.isEmpty()) {
            return;
        }
        json.writeFieldName("waiver");
        waiver(json, waivers.get(0));
        if (waivers.size() > 1) {
            json.writeArrayFieldStart("more_waivers");
            for (AuditWaiver waiver : waivers.subList(1, waivers.size())) {
                waiver(json, waiver);
            }
            json.writeEndArray();
        }
    }

    private static void waiver(JsonGenerator json, AuditWaiver waiver) throws IOException {
        json.writeStartObject();
        text(json, "name", waiver.name());
        text(json, "ticket", waiver.ticket());
        text(json, "until", waiver.until());
        json.writeEndObject();
    }

    private static void outcome(JsonGenerator json, OfStatement event) throws IOException {
        if (event instanceof Completed completed) {
            if (completed.rows() >= 0) {
                json.writeNumberField("rows", completed.rows());
            }
            json.writeNumberField("duration_ns", completed.durationNanos());
        } else if (event instanceof Failed failed) {
            json.writeNumberField("duration_ns", failed.durationNanos());
            text(json, "db.response.status_code", failed.sqlState());
        }
    }

    private static void text(JsonGenerator json, String field, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(field, QueryText.wellFormed(value));
        }
    }
}
