package io.tierguard.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A policy in which every table is mutable and one component holds every grant and power. */
final class PermissivePolicy {

    static final String COMPONENT = "everything";

    private PermissivePolicy() {}

    /**
     * Writes the policy.
     *
     * @param tables patterns of further tables, which {@code *} does not cover, as foreign ones
     * @param trustsRoutines whether every routine is said to be harmless
     */
    static Path write(Path folder, List<String> tables, boolean trustsRoutines) throws IOException {
        StringBuilder policy = new StringBuilder(
                """
                tier all is mutable {
                  audit none
                }

                table * is all

                component everything {
                  connects as "*"
                  grant select, insert, update, delete, truncate, create, extend, alter, drop on tier all
                }

                trust everything {
                  why "measures what is read"
                  owner "nobody"
                  unwrap
                  define
                  administer
                  until 2099-01-01T00:00Z
                }

                waiver code {
                  why "code whose effects cannot be read, too"
                  ticket "MEASURE-1"
                  owner "nobody"
                  from 2026-01-01T00:00Z
                  until 2099-01-01T00:00Z
                  grant define to everything
                }
                """);
        tables.forEach(table -> policy.append("\ntable ").append(table).append(" is all\n"));
        if (trustsRoutines) {
            policy.append("\nroutine * is harmless\n");
        }
        return Files.writeString(folder.resolve("permissive.tierguard"), policy);
    }
}
