package io.tierguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule W10: what a reviewer is told of what has ended, and the driver is not. */
class ReviewTest {

    private static final String POLICY = """
            include waivers from "waivers.tierguard"
            tier ledger is immutable
            table payment is ledger
            component eraser {
              connects as "eraser"
              grant select on payment
            }
            observe eraser {
              why "being classified"
              until 2026-11-01T00:00Z
            }
            trust eraser {
              why "reviewed"
              owner "data-guardians@shop.example"
              unwrap
              until 2026-12-01T00:00Z
            }
            # file waivers.tierguard
            waiver erasure {
              why "Article 17 requests"
              ticket "DP-812"
              owner "data-protection@shop.example"
              from 2026-11-20T18:00Z
              until 2026-11-27T18:00Z
              grant delete on payment to eraser
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void the_driver_loads_what_has_ended() throws IOException { // W10
        PolicyOutcome outcome = PolicyLoader.load(root());
        assertThat(outcome).isInstanceOf(PolicyOutcome.Loaded.class);
        assertThat(ExampleFiles.codes(outcome)).isEmpty();
    }

    @Test
    void a_reviewer_is_told_from_the_moment_it_ends() throws IOException { // W10
        assertThat(reviewed("2026-10-31T23:59:59Z")).isEmpty();
        assertThat(reviewed("2026-11-01T00:00:00Z")).isEqualTo("this observe block has ended");
        assertThat(reviewed("2026-11-27T17:59:59Z")).isEqualTo("this observe block has ended");
        assertThat(reviewed("2026-11-27T18:00:00Z"))
                .isEqualTo("this observe block has ended, this waiver block has ended");
        assertThat(reviewed("2026-12-01T00:00:00Z"))
                .isEqualTo("this observe block has ended, this trust block has ended, this waiver block has ended");
    }

    @Test
    void what_has_ended_is_an_error_of_the_review() throws IOException { // W10
        PolicyOutcome outcome = PolicyLoader.review(root(), Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(outcome).isInstanceOf(PolicyOutcome.Rejected.class);
        assertThat(ExampleFiles.codes(outcome)).containsOnly("TG710");
    }

    private Path root() throws IOException {
        return ExampleFiles.write(folder, "shop.tierguard", POLICY);
    }

    private String reviewed(String moment) throws IOException {
        return String.join(
                ", ",
                ExampleFiles.diagnostics(PolicyLoader.review(root(), Instant.parse(moment))).stream()
                        .map(diagnostic -> diagnostic.message())
                        .toList());
    }
}
