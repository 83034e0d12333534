package io.tierguard.cli.offline;

import io.tierguard.sql.Dialect;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how statements are judged where nothing else says so. */
public final class JudgingOptions {

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            description =
                    "postgresql, h2, mysql, mariadb, sqlite, oracle, sqlserver or ansi: how statements are read (default: postgresql).")
    private @Nullable Dialect dialect;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = MomentConverter.class,
            description = "The moment, with its zone, as in 2026-01-31T18:00Z (default: now).")
    private @Nullable Instant moment;

    /** The dialect that was named. */
    public Optional<Dialect> dialect() {
        return Optional.ofNullable(dialect);
    }

    /** The moment that was named, else now. */
    public Instant moment() {
        Instant named = moment;
        return named == null ? Instant.now() : named;
    }
}
