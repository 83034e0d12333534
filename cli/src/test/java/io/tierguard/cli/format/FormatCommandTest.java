package io.tierguard.cli.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tierguard.cli.CommandRun;
import io.tierguard.cli.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatCommandTest {
    private static final String FORMATTED =
            "tier ledger is immutable {\n  why \"größe\"\n  forbid truncate, drop\n}\n\ntable payment is ledger\n";
    private static final String MESSY =
            "tier ledger is immutable {\n    why \"größe\"\r\n  forbid drop,truncate }\ntable payment is ledger";
    private static final String BROKEN = "tier ledger is imutable\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void onSystemsWithPermissions() {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    }

    @Test
    void aFileIsRewrittenAndNamed() throws Exception {
        file("shop.tierguard", MESSY);
        file("other.tierguard", FORMATTED);
        CommandRun run = fmt("shop.tierguard", "other.tierguard");

        assertThat(run).isEqualTo(new CommandRun(0, "shop.tierguard\n", ""));
        assertThat(folder.resolve("shop.tierguard")).hasContent(FORMATTED);
        assertThat(fmt("shop.tierguard")).isEqualTo(new CommandRun(0, "", ""));
    }

    @Test
    void aFileThatIsFormattedIsNotTouched() throws Exception {
        Object before = Files.getAttribute(file("shop.tierguard", FORMATTED), "unix:ino");

        assertThat(fmt("shop.tierguard").exitCode()).isZero();
        assertThat(Files.getAttribute(folder.resolve("shop.tierguard"), "unix:ino"))
                .isEqualTo(before);
    }

    @Test
    void theCheckShowsTheFirstLineThatDiffersAndChangesNothing() throws Exception {
        file("shop.tierguard", MESSY);
        file("sound.tierguard", FORMATTED);
        file("z/end.tierguard", FORMATTED.strip());
        CommandRun run = fmt("--check", ".");

        assertThat(run.exitCode()).isEqualTo(1);
        Golden.assertMatches("fmt-check.golden", run.out().replace("./", ""));
        assertThat(Files.readString(folder.resolve("shop.tierguard"))).isEqualTo(MESSY);
        assertThat(fmt("--check", "sound.tierguard")).isEqualTo(new CommandRun(0, "", ""));
    }

    @Test
    void aFolderIsEveryPolicyBelowIt() throws Exception {
        file("a/b/shop.tierguard", MESSY);
        file("a/shop_test.tierguard", "test \"x\" { as a }");
        file("a/notes.txt", MESSY);

        assertThat(fmt("a")).isEqualTo(new CommandRun(0, "a/b/shop.tierguard\na/shop_test.tierguard\n", ""));
        assertThat(folder.resolve("a/notes.txt")).hasContent(MESSY);
        Files.createDirectory(folder.resolve("empty"));
        assertThat(fmt("empty")).isEqualTo(new CommandRun(2, "", "tierguard: empty holds no *.tierguard file\n"));
    }

    @Test
    void standardInputBecomesStandardOutput() {
        assertThat(CommandRun.with(MESSY, false, "fmt", "-")).isEqualTo(new CommandRun(0, FORMATTED, ""));
        assertThat(CommandRun.with(MESSY, false, "fmt", "--check", "-").out())
                .startsWith("standard input:2: not formatted\n");
        assertThat(CommandRun.with(BROKEN, false, "fmt", "-")).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("error[TG113]");
        });
    }

    @Test
    void aFileWithErrorsOfSyntaxIsLeftAndTheOthersAreNot() throws Exception {
        file("broken.tierguard", BROKEN);
        file("shop.tierguard", MESSY);
        CommandRun run = fmt("broken.tierguard", "shop.tierguard");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("shop.tierguard\n");
        Golden.assertMatches("fmt-broken.golden", run.err());
        assertThat(folder.resolve("broken.tierguard")).hasContent(BROKEN);
    }

    @Test
    void permissionsAndLinksStayAsTheyAre() throws Exception {
        Path file = file("shop.tierguard", MESSY);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(folder.resolve("link.tierguard"), Path.of("shop.tierguard"));

        assertThat(fmt("link.tierguard")).isEqualTo(new CommandRun(0, "link.tierguard\n", ""));
        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(file)).isEqualTo(FORMATTED);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).hasSize(2);
        }
    }

    @Test
    void whatCannotBeReadOrWrittenIsSaid() throws Exception {
        Files.setPosixFilePermissions(file("shop.tierguard", MESSY), PosixFilePermissions.fromString("r--r--r--"));

        assertThat(fmt("shop.tierguard")).isEqualTo(new CommandRun(2, "", "tierguard: shop.tierguard is read-only\n"));
        assertThat(folder.resolve("shop.tierguard")).hasContent(MESSY);
        assertThat(fmt("none.tierguard"))
                .isEqualTo(new CommandRun(2, "", "tierguard: none.tierguard does not exist\n"));
        assertThat(CommandRun.of("fmt", "/dev/null"))
                .isEqualTo(new CommandRun(2, "", "tierguard: /dev/null is no file\n"));
        assertThat(CommandRun.of("fmt").exitCode()).isEqualTo(2);
    }

    @Test
    void theHelpStandsInTheReference() throws IOException {
        assertThat(Files.readString(Path.of("../docs/reference/cli.md")))
                .contains("```text\n" + CommandRun.of("fmt", "--help").out() + "```")
                .contains("```text\n"
                        + Files.readString(Path.of("src/test/resources/io/tierguard/cli/fmt-check.golden"))
                        + "```");
    }

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content, StandardCharsets.UTF_8);
    }

    /** Runs the command; paths are shown as if the test's folder were the current one. */
    private CommandRun fmt(String... arguments) {
        List<Object> all = new ArrayList<>(List.of("fmt"));
        for (String argument : arguments) {
            all.add(argument.startsWith("--") ? argument : folder.resolve(argument));
        }
        CommandRun run = CommandRun.of(all.toArray());
        return new CommandRun(
                run.exitCode(), run.out().replace(folder + "/", ""), run.err().replace(folder + "/", ""));
    }
}
