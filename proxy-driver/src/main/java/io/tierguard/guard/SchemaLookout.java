package io.tierguard.guard;

import io.tierguard.schema.SchemaSnapshot;
import java.util.Optional;

/** Looks what others have changed in a database's schema, before a statement is decided that names what nobody has seen. */
@FunctionalInterface
public interface SchemaLookout {

    /** Reads the session's schema again, if that is possible now; otherwise what is known stays. */
    void look(GuardSession session);

    /**
     * Reads the schema as the session's open transaction does, and looks what others have made of it since; empty where the
     * transaction's statements find what it reads. Asked before the transaction changes the schema itself.
     */
    default Optional<Beginning> lookBack(GuardSession session) {
        return Optional.empty();
    }

    /**
     * What a transaction reads that goes on to read what was committed when it began.
     *
     * @param schema the schema as it was then
     * @param isNewest whether what is known of others is older than that
     */
    record Beginning(SchemaSnapshot schema, boolean isNewest) {}
}
