package io.tierguard.guard;

import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.Placeholders;
import org.jspecify.annotations.Nullable;

/**
 * What strings and names in quotes have meant in one session, because a text that was prepared may be cut as it was then.
 *
 * <p>What changes is guarded by the session's lock.
 */
final class PreparedTexts {
    private final Dialect dialect;

    /** What they have meant at any time; of use where nobody knows which texts were prepared then. */
    private LexicalModes meant;

    /** What they have meant whenever a text was prepared for which that counts; null before the first. */
    private @Nullable LexicalModes meantByPrepared;

    PreparedTexts(Dialect dialect, LexicalModes modes) {
        this.dialect = dialect;
        this.meant = modes;
    }

    /**
     * Whether a text may be kept and cut otherwise later: on MySQL and MariaDB the server or the driver goes on to cut it as
     * it did when it was prepared first, and so keeps it even where the application has forgotten it.
     */
    boolean mayBeCutOtherwise(String sql, Placeholders placeholders) {
        boolean isKept = placeholders == Placeholders.QUESTION_MARKS && dialect.isOfMySqlFamily();
        return isKept && (sql.indexOf('"') >= 0 || sql.indexOf('\\') >= 0); // any other is cut in one way
    }

    /** Such a text is prepared; tells how it, or one before it, may be cut. */
    LexicalModes prepared(LexicalModes now) {
        meantByPrepared = meantByPrepared == null ? now : meantByPrepared.or(now);
        return now.or(meantByPrepared);
    }

    /** What texts may be cut by since it is known what holds now. */
    LexicalModes since(LexicalModes now) {
        if (dialect.isOfMySqlFamily()) {
            return now; // there it is known which texts were prepared
        }
        meant = meant.or(now);
        return meant;
    }
}
