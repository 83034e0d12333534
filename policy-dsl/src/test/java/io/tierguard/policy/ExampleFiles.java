package io.tierguard.policy;

import io.tierguard.policy.source.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An example written as one text: a policy, and after each line {@code # file PATH} the content of a file beside it. A
 * line {@code # reviewed at TIME} makes it an example of a review.
 */
final class ExampleFiles {

    private static final Pattern FILE = Pattern.compile("(?m)^# file (\\S+)\n");
    private static final Pattern REVIEWED = Pattern.compile("(?m)^# reviewed at (\\S+)$");

    private ExampleFiles() {}

    /** What is said of an example whose files are laid into a folder. */
    static PolicyOutcome read(Path folder, String name, String text) throws IOException {
        Path root = write(folder, name, text);
        Matcher reviewed = REVIEWED.matcher(text);
        return reviewed.find()
                ? PolicyLoader.review(
                        root, OffsetDateTime.parse(reviewed.group(1)).toInstant())
                : PolicyLoader.load(root);
    }

    /** Lays the files of an example into a folder; the policy itself is first. */
    static Path write(Path folder, String name, String text) throws IOException {
        Matcher file = FILE.matcher(text);
        int start = 0;
        String path = name;
        while (file.find()) {
            write(folder.resolve(path), text.substring(start, file.start()));
            path = file.group(1);
            start = file.end();
        }
        write(folder.resolve(path), text.substring(start));
        return folder.resolve(name);
    }

    /** All that an outcome says. */
    static List<Diagnostic> diagnostics(PolicyOutcome outcome) {
        if (outcome instanceof PolicyOutcome.Loaded loaded) {
            return loaded.warnings();
        }
        return ((PolicyOutcome.Rejected) outcome).diagnostics();
    }

    /** The codes of all that an outcome says. */
    static List<String> codes(PolicyOutcome outcome) {
        return diagnostics(outcome).stream().map(Diagnostic::code).toList();
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
