package io.tierguard.policy;

import io.tierguard.policy.model.Verb;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** A random waiver as plain data, and as text; it holds from one hour until another. */
record GeneratedWaiver(
        int from,
        int until,
        Set<Verb> verbs,
        List<String> columns,
        String schema,
        String name,
        List<GeneratedLimit> limits) {

    private static final int HOURS = 4;
    private static final Instant MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");

    static GeneratedWaiver random(Random random) {
        int from = random.nextInt(HOURS);
        boolean someColumns = random.nextInt(3) == 0;
        Set<Verb> verbs = someColumns
                ? EnumSet.of(random.nextBoolean() ? Verb.UPDATE : Verb.INSERT)
                : EnumSet.of(Verb.values()[random.nextInt(Verb.values().length)], Verb.UPDATE, Verb.DELETE);
        return new GeneratedWaiver(
                from,
                from + 1 + random.nextInt(HOURS - from),
                verbs,
                someColumns ? List.of("c", "d") : List.of(),
                random.nextInt(3) == 0 ? word(random) : "",
                word(random),
                GeneratedLimit.random(random, verbs, 0.3));
    }

    /** A moment at an hour, between two, before all or after all. */
    static Instant moment(Random random) {
        return MIDNIGHT.plusSeconds(1_800L * random.nextInt(2 * HOURS + 2)).minusSeconds(1_800);
    }

    boolean isInForce(Instant moment) {
        return !moment.isBefore(at(from)) && !hasEnded(moment);
    }

    boolean hasEnded(Instant moment) {
        return !moment.isBefore(at(until));
    }

    String text(int number) {
        String granted = verbs.stream().map(Verb::word).collect(Collectors.joining(", "))
                + (columns.isEmpty() ? "" : " (" + String.join(", ", columns) + ")");
        String table = schema.isEmpty() ? name : schema + "." + name;
        return "waiver w" + number + " {\n  why \"w\"\n  ticket \"t\"\n  owner \"o\"\n  from " + at(from)
                + "\n  until " + at(until) + "\n  grant " + granted + " on " + table + " to app\n"
                + GeneratedLimit.text(limits) + "}\n";
    }

    private static Instant at(int hour) {
        return MIDNIGHT.plusSeconds(3_600L * hour);
    }

    private static String word(Random random) {
        return NaiveEvaluator.NAMES.get(random.nextInt(6));
    }
}
