package io.tierguard.sql;

import java.util.List;

/** Says of a body in a definition of PostgreSQL that is not read, which of its statements is against that. */
final class BodyObstacles {
    private static final String PROCEDURAL = "plpgsql";

    /** Where a temporary table is made, the other reading tells what is against the body. */
    private static final String MAKES_OWN = ", CREATE temp";

    private static final String UNREAD = CodeEffects.NOT_READ + ": ";

    private BodyObstacles() {}

    /** The obstacle, with the line and the first words of the statement where there is one. */
    static String of(String language, String body, boolean isOfTrigger) {
        // What nobody can read is against the body however it is run, and what only one of the ways to run it does not
        // take is not.
        String unread = language.equals(PROCEDURAL) ? plain().procedure(body).obstacle() : "";
        if (unread.startsWith(UNREAD)) {
            return unread.substring(UNREAD.length());
        }
        boolean mayChangeTables = language.equals(PROCEDURAL) && !isOfTrigger;
        String ofTables = mayChangeTables ? plain().obstacleToCall(body) : "";
        if (!ofTables.isEmpty() && !ofTables.contains(MAKES_OWN)) {
            return ofTables;
        }
        for (SqlAnalyzer analyzer : List.of(plain(), new SqlAnalyzer(modes().with(Backslashes.ESCAPE)))) {
            CodeEffects code = language.equals(PROCEDURAL)
                    ? analyzer.procedure(body)
                    : CodeEffects.of(analyzer.analyze(body, Placeholders.NONE).statements());
            if (!code.obstacle().isEmpty()) {
                return code.obstacle().replaceFirst("^" + UNREAD, "");
            }
        }
        return isOfTrigger ? "it makes a temporary table, and a trigger runs it" : ofTables;
    }

    private static SqlAnalyzer plain() {
        return new SqlAnalyzer(modes());
    }

    private static LexicalModes modes() {
        return LexicalModes.defaultsOf(Dialect.POSTGRESQL);
    }
}
