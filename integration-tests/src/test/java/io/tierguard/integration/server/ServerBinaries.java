package io.tierguard.integration.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The program of one version of a server, unpacked beside the artifact that it came in. */
abstract class ServerBinaries {
    /** Where the build puts the artifacts. */
    private static final Path ARTIFACTS = Path.of(System.getProperty("database.servers", "target/database-servers"));

    private static final String LOG = "server.log";

    private final String artifact;

    /**
     * A version that has been, or is to be unpacked.
     *
     * @param artifact the artifact's file but for its end
     */
    ServerBinaries(String artifact) {
        this.artifact = artifact;
    }

    /** Whether the build has an artifact for this platform. */
    boolean arePresent() {
        return Files.exists(jar());
    }

    /** Where the program is, or will be when it is unpacked. */
    final Path home() {
        return ARTIFACTS.resolve(artifact).toAbsolutePath();
    }

    /** The same after it has been unpacked, by whichever of the processes that run tests comes first. */
    final Path unpacked() throws IOException {
        Path folder = home();
        Files.createDirectories(folder);
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            // Marked at the end, so that what was broken off is not taken for whole.
            Path whole = folder.resolve("whole");
            if (lock.isValid() && !Files.exists(whole)) {
                try (ZipFile zip = new ZipFile(jar().toFile())) {
                    unpack(zip, folder);
                }
                Files.createFile(whole);
            }
        }
        return folder;
    }

    private Path jar() {
        return ARTIFACTS.resolve(artifact + ".jar");
    }

    abstract void unpack(ZipFile zip, Path folder) throws IOException;

    /** Makes the data of an empty server. */
    abstract void initialize(Path folder, Path data) throws IOException;

    /** The program with the options that it has in common whatever it does. */
    abstract List<String> command(Path data);

    /** The program with the options that both servers know, and with its own. */
    final List<String> command(String program, Path data, String... own) {
        Path home = home();
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin").resolve(program).toString(),
                "--no-defaults",
                "--user=root",
                "--basedir=" + home,
                "--datadir=" + data,
                "--tmpdir=" + data.getParent(),
                "--lc-messages-dir=" + home.resolve("share"),
                "--innodb-log-file-size=16M",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-buffer-pool-size=64M"));
        command.addAll(List.of(own));
        return command;
    }

    ProcessBuilder process(List<String> command, Path folder) {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve(LOG).toFile()));
    }

    /** Runs a program to its end. */
    static void run(ProcessBuilder program, Path folder) throws IOException {
        try {
            if (program.start().waitFor() != 0) {
                throw new IOException(program.command() + " failed:\n" + log(folder));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    static String log(Path folder) throws IOException {
        Path log = folder.resolve(LOG);
        return Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
    }

    /** Copies each entry whose name has the part, from where the part begins. */
    static void copy(ZipFile zip, String part, Path folder) throws IOException {
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            int start = entry.getName().indexOf(part);
            if (start >= 0 && !entry.isDirectory()) {
                Path target = folder.resolve(entry.getName().substring(start + 1));
                Files.createDirectories(target.getParent());
                try (InputStream content = zip.getInputStream(entry)) {
                    Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
