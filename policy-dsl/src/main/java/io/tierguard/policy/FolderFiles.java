package io.tierguard.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files in the folder of a policy and below it. */
final class FolderFiles implements PolicyFiles {

    private final Path folder;

    /** The files beside a policy's file. */
    FolderFiles(Path policy) {
        this.folder = folderOf(policy);
    }

    /** The folder that a policy's file is in. */
    static Path folderOf(Path policy) {
        Path parent = policy.toAbsolutePath().getParent();
        return parent == null ? policy.toAbsolutePath() : parent;
    }

    /** The names of what stands in a folder and is no folder. */
    static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !Files.isDirectory(file))
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    @Override
    public byte[] read(String path, int most) throws IOException {
        Path file = inside(path);
        if (!Files.isRegularFile(file)) {
            // A pipe or a device would never end.
            throw new IOException("it is no file");
        }
        try (InputStream content = Files.newInputStream(file)) {
            return content.readNBytes(most + 1);
        }
    }

    @Override
    public List<String> list(String path) throws IOException {
        Path listed = folder.resolve(path);
        return Files.isDirectory(listed) ? names(inside(path)) : List.of();
    }

    /** The file itself, which a symbolic link must not lead out of the folder: a reviewer sees what is in it only. */
    private Path inside(String path) throws IOException {
        try {
            Path real = folder.resolve(path).toRealPath();
            if (!real.startsWith(folder.toRealPath())) {
                throw new IOException("it leads out of the policy's folder");
            }
            return real;
        } catch (NoSuchFileException missing) {
            throw new IOException("it does not exist", missing);
        }
    }
}
