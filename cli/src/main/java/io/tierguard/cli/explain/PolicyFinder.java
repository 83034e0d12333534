package io.tierguard.cli.explain;

import io.tierguard.policy.spec.TestFileLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the policy that is meant where none is named. */
final class PolicyFinder {
    private static final String SUFFIX = ".tierguard";

    private PolicyFinder() {}

    /** The only policy of a folder; files of tests are none. */
    static Path only(Path folder) throws UnusableArgumentException {
        List<Path> found;
        try (Stream<Path> files = Files.list(folder)) {
            found = files.filter(file -> isPolicy(String.valueOf(file.getFileName())))
                    .toList();
        } catch (IOException e) {
            throw new UnusableArgumentException("the current folder cannot be listed: " + e.getMessage());
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        String several = found.isEmpty() ? "there is no policy" : "there are several policies";
        throw new UnusableArgumentException(several + " in the current folder; name one with --policy");
    }

    private static boolean isPolicy(String name) {
        return name.endsWith(SUFFIX) && !name.endsWith(TestFileLoader.SUFFIX);
    }
}
