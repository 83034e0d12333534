package io.tierguard.integration.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server of the MySQL family on a free port of this machine; it ends with the process that started it. */
final class ServerProcess {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

    /** What the data of one server and of those that start later may come to, in megabytes. */
    private static final long ROOM_OF_ONE = 2048;

    private final Process process;
    private final int port;
    private final Path folder;

    private ServerProcess(Process process, int port, Path folder) {
        this.process = process;
        this.port = port;
        this.folder = folder;
    }

    int port() {
        return port;
    }

    /** Starts a server on data of its own, and waits until it answers. */
    static ServerProcess start(ServerBinaries binaries) {
        try {
            Path unpacked = binaries.unpacked();
            Path folder =
                    Files.createTempDirectory(MemoryFolder.with(ROOM_OF_ONE).orElse(unpacked), "data");
            Path data = Files.createDirectory(folder.resolve("data"));
            binaries.initialize(folder, data);
            int port = freePort();
            List<String> command = new ArrayList<>(binaries.command(data));
            command.addAll(List.of(
                    "--bind-address=127.0.0.1",
                    "--port=" + port,
                    // Relative to the data, because a socket's path may not be long.
                    "--socket=server.sock",
                    "--skip-ssl",
                    "--skip-name-resolve",
                    "--local-infile=1",
                    "--innodb-lock-wait-timeout=5",
                    "--lock-wait-timeout=20",
                    "--innodb-flush-log-at-trx-commit=0",
                    "--innodb-flush-method=nosync",
                    "--skip-innodb-doublewrite",
                    "--max-connections=300"));
            Process process = binaries.process(command, folder).start();
            ServerProcess server = new ServerProcess(process, port, folder);
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
            server.awaitAnswer();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
                stop();
                throw new IllegalStateException("the server did not start:\n" + ServerBinaries.log(folder));
            }
            Thread.sleep(50);
        }
    }

    /** Whether the server greets whoever connects. */
    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(2000);
            return socket.getInputStream().read() >= 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void stop() {
        try {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
