package io.tierguard.guard;

/** Looks what others have changed in a database's schema, before a statement is decided that names what nobody has seen. */
@FunctionalInterface
public interface SchemaLookout {

    /** Reads the session's schema again, if that is possible now; otherwise what is known stays. */
    void look(GuardSession session);
}
