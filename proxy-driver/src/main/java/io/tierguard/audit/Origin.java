package io.tierguard.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * When and on whose behalf an event happened.
 *
 * @param id the id that all records of one execution share
 * @param time the moment, taken on the thread it happened on
 * @param thread that thread's name
 * @param traceId the trace it belongs to; empty when there is none
 * @param spanId the span it belongs to; empty when there is none
 */
record Origin(String id, Instant time, String thread, String traceId, String spanId) {

    /** This thread, now; the trace as tracers leave it in SLF4J's mapped diagnostic context. */
    static Origin here(String id) {
        return new Origin(
                id,
                Instant.now(),
                Thread.currentThread().getName(),
                diagnostic("trace_id", "traceId"),
                diagnostic("span_id", "spanId"));
    }

    private static String diagnostic(String openTelemetryName, String micrometerName) {
        @Nullable String value = MDC.get(openTelemetryName);
        if (value == null) {
            value = MDC.get(micrometerName);
        }
        return value == null ? "" : value;
    }
}
