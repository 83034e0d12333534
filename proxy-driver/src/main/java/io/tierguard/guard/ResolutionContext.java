package io.tierguard.guard;

import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.SessionFacts;
import io.tierguard.sql.TemporaryNames;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What the meaning of a text depends on besides the text: how it is cut, where unqualified names are looked for, and what
 * the database would add.
 *
 * @param modes how the text is cut
 * @param schemas the schemas an unqualified name could be in, folded; meaningless where they are not known
 * @param schemasKnown whether {@code schemas} holds every schema that an unqualified name could be in
 * @param schema the database's tables and what ties them to each other
 * @param temporary the names that mean what only this session has
 */
record ResolutionContext(
        LexicalModes modes,
        List<String> schemas,
        boolean schemasKnown,
        SchemaSnapshot schema,
        TemporaryNames temporary) {

    ResolutionContext {
        schemas = List.copyOf(schemas);
    }

    /** The context in which a session with these facts reads its texts. */
    static ResolutionContext of(SessionFacts facts, SchemaSnapshot schema) {
        // A session that searches no schema finds no unqualified name, so any reading is safe; the widest denies most.
        return new ResolutionContext(
                facts.modes(), facts.schemaPath(), !facts.schemaPath().isEmpty(), schema, facts.temporary());
    }

    /** The context in which an unqualified name could be where either path says. */
    ResolutionContext widenedBy(List<String> otherSchemas) {
        LinkedHashSet<String> all = new LinkedHashSet<>(schemas);
        all.addAll(otherSchemas);
        return new ResolutionContext(modes, List.copyOf(all), schemasKnown, schema, temporary);
    }

    /** The context in which an unqualified name could be where either says. */
    ResolutionContext or(ResolutionContext other) {
        ResolutionContext either =
                schemasKnown && other.schemasKnown ? other.widenedBy(schemas) : other.withUnknownSchemas();
        return either.with(temporary.or(other.temporary)).with(modes.or(other.modes));
    }

    /** The context in which an unqualified name could be in any schema. */
    ResolutionContext withUnknownSchemas() {
        return new ResolutionContext(modes, List.of(), false, schema, temporary);
    }

    /** The same context where unqualified names are looked for in these schemas only. */
    ResolutionContext withSchemas(List<String> only) {
        return new ResolutionContext(modes, only, true, schema, temporary);
    }

    /** The same context where unqualified names are looked for in these schemas, or in any where there are none. */
    ResolutionContext lookingIn(List<String> path) {
        return path.isEmpty() ? withUnknownSchemas() : withSchemas(path);
    }

    /** The same context where text is cut otherwise. */
    ResolutionContext with(LexicalModes others) {
        return others.equals(modes) ? this : new ResolutionContext(others, schemas, schemasKnown, schema, temporary);
    }

    /** The same context in a database whose schema has changed. */
    ResolutionContext with(SchemaSnapshot other) {
        return new ResolutionContext(modes, schemas, schemasKnown, other, temporary);
    }

    /** The same context of a session that has these temporary tables and views. */
    ResolutionContext with(TemporaryNames others) {
        return others.equals(temporary) ? this : new ResolutionContext(modes, schemas, schemasKnown, schema, others);
    }

    /** Where to look for an unqualified name; empty for everywhere. */
    List<String> searched() {
        return schemasKnown ? schemas : List.of();
    }
}
