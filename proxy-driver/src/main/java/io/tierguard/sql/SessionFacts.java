package io.tierguard.sql;

import java.util.List;

/**
 * What a live connection says of itself: who it is and what its names and tokens mean.
 *
 * @param user the session's user, as the server authenticated it
 * @param catalog the database's name
 * @param schemaPath where unqualified names are looked for, in order, folded
 * @param modes how its text is cut
 * @param temporary what only this session has
 */
public record SessionFacts(
        String user, String catalog, List<String> schemaPath, LexicalModes modes, TemporaryNames temporary) {

    public SessionFacts {
        schemaPath = List.copyOf(schemaPath);
    }

    /** A session that has nothing temporary. */
    public SessionFacts(String user, String catalog, List<String> schemaPath, LexicalModes modes) {
        this(user, catalog, schemaPath, modes, TemporaryNames.NONE);
    }
}
