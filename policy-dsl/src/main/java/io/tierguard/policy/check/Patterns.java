package io.tierguard.policy.check;

import io.tierguard.policy.model.NameGlob;
import io.tierguard.policy.model.SystemCatalogs;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.TablePattern;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.syntax.Pattern;
import io.tierguard.policy.syntax.Segment;
import java.util.List;
import java.util.Optional;

/** Makes table patterns of what is written. */
final class Patterns {

    private final Findings findings;

    Patterns(Findings findings) {
        this.findings = findings;
    }

    /** The pattern, unless it names a system catalog, which is reported. */
    Optional<TablePattern> read(Pattern written) {
        List<Segment> segments = written.segments();
        int parts = segments.size();
        NameGlob name = glob(segments.get(parts - 1));
        NameGlob schema = parts > 1 ? glob(segments.get(parts - 2)) : NameGlob.ANY;
        NameGlob catalog = parts > 2 ? glob(segments.get(0)) : NameGlob.ANY;
        if (SystemCatalogs.isSystem(schema.stranger())) {
            findings.report(findings.at(
                            DiagnosticCode.SYSTEM_CATALOG,
                            segments.get(parts - 2).span(),
                            "`" + schema + "` belongs to the database server and cannot be put in a tier",
                            "a system catalog")
                    .withNote("reading the catalogs needs no right; writing them is always denied"));
            return Optional.empty();
        }
        return Optional.of(new TablePattern(catalog, schema, name, written.text()));
    }

    /** The one table that a pattern without stars names. */
    static Optional<TableName> name(Pattern written) {
        List<Segment> segments = written.segments();
        if (!segments.stream().allMatch(segment -> glob(segment).isLiteral())) {
            return Optional.empty();
        }
        int last = segments.size() - 1;
        return Optional.of(new TableName(text(segments, last - 2), text(segments, last - 1), text(segments, last)));
    }

    private static String text(List<Segment> segments, int at) {
        return at < 0 ? "" : segments.get(at).text();
    }

    /** The names that one part stands for. */
    static NameGlob glob(Segment segment) {
        return segment.quoted() ? NameGlob.literal(segment.text()) : NameGlob.of(segment.text());
    }
}
