package io.tierguard.cli.test;

import io.tierguard.policy.spec.TestFileLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the files of tests that belong to a policy. */
final class TestFiles {
    private static final String POLICY_SUFFIX = ".tierguard";

    private TestFiles() {}

    /** Every file of tests beside a policy, by name, but for those named after another policy that stands there, too. */
    static List<Path> beside(Path policy) throws IOException {
        Path parent = policy.getParent();
        Path folder = parent == null ? Path.of("") : parent;
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> name(file).endsWith(TestFileLoader.SUFFIX))
                    .filter(file -> !name(file).equals(name(policy)) && !isOfAnother(file, policy))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isOfAnother(Path test, Path policy) {
        String stem = name(test).substring(0, name(test).length() - TestFileLoader.SUFFIX.length());
        String subject = stem + POLICY_SUFFIX;
        return !subject.equals(name(policy)) && Files.exists(test.resolveSibling(subject));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
