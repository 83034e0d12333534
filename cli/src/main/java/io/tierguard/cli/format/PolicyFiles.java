package io.tierguard.cli.format;

import io.tierguard.policy.PolicyLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds, reads and replaces policy files. */
final class PolicyFiles {
    private static final String EXTENSION = ".tierguard";
    private static final Set<PosixFilePermission> WRITING =
            Set.of(PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private PolicyFiles() {}

    /** The file itself, or the policy files in a folder and below it, of which there has to be one. */
    static List<Path> of(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> below = Files.walk(path)) {
            List<Path> files = below.filter(file -> file.toString().endsWith(EXTENSION) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new FileSystemException(path.toString(), null, "holds no *" + EXTENSION + " file");
            }
            return files;
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    /** The bytes of a file, one more than a policy may have at most. */
    static byte[] read(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "is no file");
        }
        try (InputStream content = Files.newInputStream(file)) {
            return content.readNBytes(PolicyLoader.LONGEST + 1);
        }
    }

    /** Puts other bytes into the place of a file, all of them or none; a symbolic link goes on leading to it. */
    static void replace(Path link, byte[] content) throws IOException {
        Path file = link.toRealPath();
        @Nullable PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        @Nullable
        Set<PosixFilePermission> permissions =
                posix == null ? null : posix.readAttributes().permissions();
        boolean isProtected = permissions != null && WRITING.stream().noneMatch(permissions::contains);
        if (isProtected || !Files.isWritable(file)) {
            throw new FileSystemException(link.toString(), null, "is read-only");
        }
        Path beside = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".tmp");
        try {
            Files.write(beside, content);
            if (permissions != null) {
                Files.setPosixFilePermissions(beside, permissions);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** What went wrong with a file, as it follows on its name. */
    static String said(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "does not exist";
        }
        if (failure instanceof AccessDeniedException) {
            return "cannot be read or written: access is denied";
        }
        @Nullable
        String reason = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
        return reason == null ? "cannot be read or written" : reason;
    }
}
