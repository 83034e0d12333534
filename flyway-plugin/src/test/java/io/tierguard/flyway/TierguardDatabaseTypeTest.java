package io.tierguard.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flyway migrates by a URL of the guard. */
class TierguardDatabaseTypeTest {

    @TempDir
    private Path folder;

    private Flyway flyway(String tier) throws Exception {
        Path policy = folder.resolve(tier + ".tierguard");
        Files.writeString(policy, """
                tier operational is mutable
                tier closed is frozen
                table flyway_schema_history is operational
                table orders is %s
                component migration {
                  grant everything on tier operational
                }
                """.formatted(tier)
                .replace("grant everything", "grant select, insert, update, delete, create, alter, extend"));
        String url = "jdbc:tierguard:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;tierguard.policy=" + policy
                + ";tierguard.component=migration;tierguard.audit=" + folder.resolve("audit.jsonl");
        return Flyway.configure()
                .dataSource(url, "sa", "")
                .locations("classpath:migrations")
                .load();
    }

    @Test
    void itMigratesThroughTheGuard() throws Exception {
        assertThat(flyway("operational").migrate().migrationsExecuted).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("audit.jsonl"))).contains("\"component\":\"migration\"");
    }

    @Test
    void aMigrationThatMayNotBeIsDenied() throws Exception {
        Flyway flyway = flyway("closed");
        assertThatThrownBy(flyway::migrate)
                .isInstanceOf(FlywayException.class)
                .hasMessageContaining("denied: migration may not CREATE");
    }

    @Test
    void otherUrlsAreLeftToOthers() {
        TierguardDatabaseType type = new TierguardDatabaseType();
        assertThat(type.handlesJDBCUrl("jdbc:h2:mem:x")).isFalse();
        assertThat(type.handlesJDBCUrl("JDBC:tierguard:h2:mem:x")).isTrue();
    }
}
