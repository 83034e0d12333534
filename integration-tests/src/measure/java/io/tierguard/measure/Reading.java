package io.tierguard.measure;

import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SqlAnalyzer;
import io.tierguard.sql.StatementEffects;

/**
 * How far the guard understands a text, no database asked: as little as the least of its statements.
 *
 * @param operation the leading words of the statement that is understood least
 * @param problem what was not understood there; empty where all was
 */
record Reading(Kind kind, String operation, String problem) {

    /** How far. */
    enum Kind {
        UNDERSTOOD,
        /** By its words alone: as much as they could mean. */
        BOUNDED,
        UNREADABLE
    }

    /** The reading of the text of a plain JDBC statement. */
    static Reading of(Dialect dialect, boolean backslashEscapes, String sql) {
        return of(new LexicalModes(dialect, backslashEscapes, false), sql);
    }

    /** The reading of a text that is cut in the given way. */
    static Reading of(LexicalModes modes, String sql) {
        SqlAnalyzer analyzer = new SqlAnalyzer(modes);
        Reading least = new Reading(Kind.UNDERSTOOD, "", "");
        for (StatementEffects statement :
                analyzer.analyze(sql, Placeholders.NONE).statements()) {
            Reading reading = of(statement);
            if (reading.kind.compareTo(least.kind) > 0) {
                least = reading;
            }
        }
        return least;
    }

    private static Reading of(StatementEffects statement) {
        if (statement instanceof StatementEffects.Unreadable unreadable) {
            return new Reading(
                    Kind.UNREADABLE, statement.operation(), unreadable.problem().message());
        }
        if (statement instanceof StatementEffects.Bounded bounded) {
            return new Reading(
                    Kind.BOUNDED, statement.operation(), bounded.problem().message());
        }
        return new Reading(Kind.UNDERSTOOD, statement.operation(), "");
    }
}
