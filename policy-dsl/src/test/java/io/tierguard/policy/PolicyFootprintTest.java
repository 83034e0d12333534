package io.tierguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A later look at the files of a policy tells whether one has changed. */
class PolicyFootprintTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("shop.tierguard");
        Files.createDirectories(folder.resolve("teams"));
        Files.writeString(file, """
                policy shop {}
                include components from "teams/*.tierguard"
                """);
        Files.writeString(folder.resolve("teams/a.tierguard"), "component a {}\n");
    }

    private boolean changes(PolicyFootprint footprint) {
        return !footprint.again().equals(footprint);
    }

    @Test
    void itIsTheSameWhereNothingHasChanged() {
        assertThat(changes(PolicyLoader.read(file).footprint())).isFalse();
    }

    @Test
    void theRootAnIncludedFileAndAListedFolderCount() throws IOException {
        PolicyFootprint root = PolicyLoader.read(file).footprint();
        Files.writeString(file, "policy shop {}\n");
        assertThat(changes(root)).isTrue();
        write();
        PolicyFootprint included = PolicyLoader.read(file).footprint();
        Files.writeString(folder.resolve("teams/a.tierguard"), "component aa {}\n");
        assertThat(changes(included)).isTrue();
        PolicyFootprint listed = PolicyLoader.read(file).footprint();
        Files.writeString(folder.resolve("teams/b.tierguard"), "component b {}\n");
        assertThat(changes(listed)).isTrue();
        PolicyFootprint both = PolicyLoader.read(file).footprint();
        Files.delete(folder.resolve("teams/b.tierguard"));
        assertThat(changes(both)).isTrue();
    }

    @Test
    void aFileThatNobodyReadsDoesNot() throws IOException {
        PolicyFootprint footprint = PolicyLoader.read(file).footprint();
        Files.writeString(folder.resolve("notes"), "x");
        assertThat(changes(footprint)).isFalse();
    }

    @Test
    void aFileThatIsMissingCountsOnceItIsThere() throws IOException {
        Files.delete(file);
        PolicyReading reading = PolicyLoader.read(file);
        assertThat(reading.outcome()).isInstanceOf(PolicyOutcome.Rejected.class);
        assertThat(changes(reading.footprint())).isFalse();
        write();
        assertThat(changes(reading.footprint())).isTrue();
    }

    @Test
    void theNewestFileTellsHowOldItIs() {
        PolicyFootprint footprint = PolicyLoader.read(file).footprint();
        assertThat(footprint.isOlderThan(Instant.now().minusSeconds(60))).isFalse();
        assertThat(footprint.isOlderThan(Instant.now().plusSeconds(60))).isTrue();
    }
}
