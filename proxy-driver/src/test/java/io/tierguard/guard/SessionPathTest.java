package io.tierguard.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.schema.LiveSchema;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.MySqlServer;
import io.tierguard.sql.SessionChange;
import io.tierguard.sql.SessionFacts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session is read again after what changes how its texts are read, and until then as what either could mean. */
class SessionPathTest {
    private static ResolutionContext mode(String sqlMode) {
        MySqlServer server = MySqlServer.of("11.4.5-MariaDB", "utf8mb4");
        SessionFacts facts = new SessionFacts(
                "app", "shop", List.of("shop"), LexicalModes.ofMySql(Dialect.MARIADB, sqlMode, server));
        return ResolutionContext.of(facts, LiveSchema.unread(Dialect.MARIADB).current());
    }

    @Test
    void aBlankBeforeAParenthesisIsFollowed() {
        SessionChange ignored = new SessionChange.BlankSyntax(true);
        SessionChange counting = new SessionChange.BlankSyntax(false);
        ResolutionContext ignoring = mode("IGNORE_SPACE");
        assertThat(SessionPath.isTouchedBy(ignored, ignoring)).isFalse();
        assertThat(SessionPath.isTouchedBy(counting, mode(""))).isFalse();
        assertThat(SessionPath.isTouchedBy(counting, ignoring)).isTrue();
        assertThat(SessionPath.isTouchedBy(ignored, mode(""))).isTrue();
        // A function behind a blank may be anybody's until it is known.
        assertThat(SessionPath.during(counting, ignoring)).isEqualTo(mode(""));
        assertThat(SessionPath.during(ignored, mode(""))).isEqualTo(mode(""));
    }
}
