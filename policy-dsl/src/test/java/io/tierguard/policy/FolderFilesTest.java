package io.tierguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.source.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules I7 and I8: what an included file has to be on the disk. */
class FolderFilesTest {

    private static final String DATA = "tier live is mutable\ntable orders is live\n";
    private static final String TEAM = "component %s {\n  connects as \"rw\"\n  grant select on orders\n}\n";

    @TempDir
    private Path outside;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectories(outside.resolve("policy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c.tierguard", "*.tierguard"})
    void refuses_a_link_that_leads_out_of_the_folder(String path) throws IOException { // I7
        Path elsewhere = Files.writeString(outside.resolve("elsewhere.tierguard"), team("a"));
        Files.createSymbolicLink(folder.resolve("c.tierguard"), elsewhere);
        assertThat(notes(path)).containsExactly("it leads out of the policy's folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"below/c.tierguard", "below/*.tierguard"})
    void refuses_a_folder_that_leads_out_of_the_folder(String path) throws IOException { // I7
        Path elsewhere = Files.createDirectories(outside.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("c.tierguard"), team("a"));
        Files.createSymbolicLink(folder.resolve("below"), elsewhere);
        assertThat(notes(path)).containsExactly("it leads out of the policy's folder");
    }

    @Test
    void refuses_a_folder_whose_name_begins_like_the_policys() throws IOException { // I7
        Path elsewhere = Files.createDirectories(outside.resolve("policy2"));
        Files.writeString(elsewhere.resolve("c.tierguard"), team("a"));
        Files.createSymbolicLink(folder.resolve("below"), elsewhere);
        assertThat(notes("below/c.tierguard")).containsExactly("it leads out of the policy's folder");
    }

    @Test
    void follows_a_link_that_stays_in_the_folder() throws IOException { // I7
        Files.createDirectories(folder.resolve(".data"));
        Files.writeString(folder.resolve(".data/c.tierguard"), team("a"));
        Files.createSymbolicLink(folder.resolve("c.tierguard"), Path.of(".data", "c.tierguard"));
        assertThat(said("*.tierguard")).isEmpty();
    }

    @Test
    void reads_a_policy_whose_folder_is_a_link() throws IOException { // I7
        Files.writeString(folder.resolve("c.tierguard"), team("a"));
        said("*.tierguard");
        Path link = Files.createSymbolicLink(outside.resolve("link"), folder);
        assertThat(ExampleFiles.codes(PolicyLoader.load(link.resolve("shop.tierguard"))))
                .isEmpty();
    }

    @Test
    void names_the_file_that_is_missing_where_a_link_leads_nowhere() throws IOException { // I7
        Files.createSymbolicLink(folder.resolve("c.tierguard"), Path.of("nowhere"));
        assertThat(notes("c*.tierguard")).containsExactly("it does not exist");
        assertThat(notes("none.tierguard")).containsExactly("it does not exist");
    }

    @Test
    void survives_links_that_lead_in_a_circle() throws IOException { // I7
        Files.createSymbolicLink(folder.resolve("c.tierguard"), Path.of("d.tierguard"));
        Files.createSymbolicLink(folder.resolve("d.tierguard"), Path.of("c.tierguard"));
        assertThat(said("c.tierguard")).extracting(Diagnostic::code).containsExactly("TG121");
    }

    @Test
    void refuses_a_folder_in_place_of_a_file() throws IOException { // I7
        Files.createDirectories(folder.resolve("c.tierguard"));
        assertThat(notes("c.tierguard")).containsExactly("it is no file");
        assertThat(notes("c.tierguard/x.tierguard")).containsExactly("it does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c.tierguard", "*.tierguard"})
    void never_waits_for_a_pipe(String path) throws IOException, InterruptedException { // I7
        Process made =
                new ProcessBuilder("mkfifo", folder.resolve("c.tierguard").toString()).start();
        assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
        Assertions.assertTimeoutPreemptively(
                Duration.ofMinutes(3), () -> assertThat(notes(path)).containsExactly("it is no file"));
    }

    @Test
    void includes_at_most_a_thousand_files_and_says_so_once() throws IOException { // I8
        for (int file = 0; file < 1_000; file++) {
            Files.writeString(folder.resolve("c" + file + ".tierguard"), team("c" + file));
        }
        assertThat(said("*.tierguard")).isEmpty();
        Files.writeString(folder.resolve("d.tierguard"), team("d"));
        Files.writeString(folder.resolve("e.tierguard"), team("e"));
        assertThat(notes("*.tierguard")).containsExactly("a policy includes at most 1000 files");
    }

    @Test
    void reads_at_most_sixteen_megabytes_in_all_files_together() throws IOException { // I8, S4
        char[] comment = new char[PolicyLoader.LONGEST / 4];
        Arrays.fill(comment, '#');
        for (String name : List.of("c", "d", "e", "f", "g")) {
            Files.writeString(folder.resolve(name + ".tierguard"), team(name) + new String(comment) + "\n");
        }
        assertThat(notes("*.tierguard")).containsExactly("the files of a policy have at most 16777216 bytes together");
    }

    private static String team(String name) {
        return String.format(Locale.ROOT, TEAM, name);
    }

    private List<String> notes(String path) throws IOException {
        return said(path).stream()
                .flatMap(diagnostic -> diagnostic.notes().stream())
                .toList();
    }

    private List<Diagnostic> said(String path) throws IOException {
        String text = DATA + "include components from \"" + path + "\"\n";
        return ExampleFiles.diagnostics(ExampleFiles.read(folder, "shop.tierguard", text));
    }
}
