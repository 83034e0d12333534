package io.tierguard.cli.offline;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a moment as a policy writes one. */
public final class MomentConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException invalid) {
            throw new TypeConversionException(
                    "a time is written with its zone, as in 2026-01-31T18:00Z or 2026-01-31T18:00+01:00");
        }
    }
}
