package io.tierguard.cli.audit;

import java.util.List;
import java.util.Map;

/**
 * A record as a reader of the log sees it; unknown fields of a later minor version are ignored.
 *
 * @param fields its scalar fields
 * @param reasons why the statement was denied
 */
record LoggedEvent(Map<String, String> fields, List<LoggedReason> reasons) {

    LoggedEvent {
        fields = Map.copyOf(fields);
        reasons = List.copyOf(reasons);
    }

    /** A field's text; empty when the record does not have it. */
    String text(String field) {
        return fields.getOrDefault(field, "");
    }

    /** Whether the record says that a statement was denied. */
    boolean isDenial() {
        return text("decision").equals("deny");
    }

    /** Whether the record says that a statement passed because its denial is only observed. */
    boolean isObserved() {
        return text("decision").equals("would-deny");
    }
}
