package io.tierguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A page whose files are made and whose commands are typed, in its order, in a folder that looks like a clone. */
final class Walkthrough {
    /** A file, named at the end of the paragraph before it, or a console. */
    private static final Pattern FILE = Pattern.compile("(?ms)`([\\w./-]+\\.[a-z]+)`:\n\n```[a-z]+\n(.*?)^```$");

    private static final Pattern CONSOLE = Pattern.compile("(?ms)^```console\n(.*?)^```$");
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\$ (.*)\n((?:(?!\\$ ).*\n)*)");

    /** The ids of audit records, moments and durations, which are others each time. */
    private static final Pattern CHANGING =
            Pattern.compile("[0-9A-Z]{8}-(?=\\d+])|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ|\\d+\\.\\d ms");

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin").toString();

    private final String page;
    private final Path clone;

    private Walkthrough(String page, Path clone) {
        this.page = page;
        this.clone = clone;
    }

    /** The page, its files made in an empty folder. */
    static Walkthrough of(Path page, Path folder) throws IOException {
        Walkthrough walkthrough = new Walkthrough(Files.readString(page), folder);
        walkthrough.makeCommand();
        walkthrough.makeFiles();
        return walkthrough;
    }

    /** Types every command, compares what each prints with what the page shows, and tells how many there were. */
    int assertPrintsWhatIsShown() throws IOException, InterruptedException {
        int commands = 0;
        for (MatchResult console : matches(CONSOLE, page)) {
            for (MatchResult step : matches(COMMAND, console.group(1))) {
                commands++;
                String command = step.group(1);
                assertThat(comparable(command, printed(command)))
                        .as(command)
                        .isEqualTo(comparable(command, step.group(2)));
            }
        }
        return commands;
    }

    /** What came of a statement is written behind its back, so the log's lines have no order to rely on. */
    private static String comparable(String command, String output) {
        String text = unchanging(output);
        return command.contains("audit tail") ? text.lines().sorted().collect(Collectors.joining("\n")) : text;
    }

    private void makeCommand() throws IOException {
        Path library = Files.createDirectories(clone.resolve("cli/target/lib")).resolve("class-path.jar");
        writeClassPath(library);
        Path command = Files.writeString(
                clone.resolve("tierguard"),
                "#!/bin/sh\nexec java -XX:TieredStopAtLevel=1 -cp 'cli/target/lib/*' "
                        + TierguardCommand.class.getName() + " \"$@\"\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    }

    private void makeFiles() throws IOException {
        for (MatchResult file : matches(FILE, page)) {
            Path path = clone.resolve(file.group(1));
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.group(2));
        }
    }

    private String printed(String command) throws IOException, InterruptedException {
        Path remarks = clone.resolve("remarks");
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command)
                .directory(clone.toFile())
                .redirectError(remarks.toFile());
        shell.environment().merge("PATH", JAVA, (path, java) -> clone + ":" + java + ":" + path);
        shell.environment().keySet().removeIf(name -> name.startsWith("TIERGUARD_"));
        Process process = shell.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(remarks).content().doesNotContain("command not found", "Exception in thread");
        return output;
    }

    private static String unchanging(String output) {
        return CHANGING.matcher(output).replaceAll("…");
    }

    /** A jar that stands for the folder of libraries which building the command fills. */
    private static void writeClassPath(Path jar) throws IOException {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(path.split(System.getProperty("path.separator")))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream jarOut = new JarOutputStream(out, manifest)) {
            jarOut.finish();
        }
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }
}
