package io.tierguard.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the bytes of included files, so many of them at most, and hashes what it read. */
final class IncludedFiles {

    private static final int MOST_FILES = 1_000;

    private final PolicyFiles files;
    private final Map<String, String> hashes = new TreeMap<>();
    private int bytesLeft;
    private boolean isExhausted;

    IncludedFiles(PolicyFiles files, int bytesRead) {
        this.files = files;
        this.bytesLeft = PolicyLoader.LONGEST - bytesRead;
    }

    List<String> list(String folder) throws IOException {
        return files.list(folder);
    }

    /** The content of a file, unless it is one file or one byte too many; then nothing more is read. */
    byte[] read(String path) throws IOException {
        isExhausted = hashes.size() >= MOST_FILES;
        if (isExhausted) {
            throw new IOException("a policy includes at most " + MOST_FILES + " files");
        }
        byte[] content = files.read(path, bytesLeft);
        bytesLeft -= content.length;
        isExhausted = bytesLeft < 0;
        if (isExhausted) {
            throw new IOException("the files of a policy have at most " + PolicyLoader.LONGEST + " bytes together");
        }
        hashes.put(path, ContentHash.of(content));
        return content;
    }

    /** Whether nothing more is read, which has been said of one file and is not said of every other. */
    boolean isExhausted() {
        return isExhausted;
    }

    /** The hash of a policy: that of the root alone where nothing is included. */
    String hash(String rootHash) {
        if (hashes.isEmpty()) {
            return rootHash;
        }
        String listed = hashes.entrySet().stream()
                .map(file -> file.getKey() + " " + file.getValue() + "\n")
                .collect(Collectors.joining("", rootHash + "\n", ""));
        return ContentHash.of(listed.getBytes(StandardCharsets.UTF_8));
    }
}
