package io.tierguard.policy;

import io.tierguard.policy.model.TierKind;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** A random small policy as plain data, and as text. */
record GeneratedPolicy(
        List<GeneratedTier> tiers,
        List<GeneratedTable> tables,
        List<GeneratedGrant> grants,
        List<GeneratedLimit> limits,
        List<GeneratedWaiver> waivers) {

    private static final List<TierKind> KINDS = List.of(TierKind.values());
    static final List<String> COLUMNS = List.of("c", "d", "e");
    private static final List<String> GLOBS =
            List.of("a", "b", "ab", "a*", "*b", "*a*", "b*", "*", "*", "*", "aa", "a*b", "ba");

    record GeneratedTier(TierKind kind, Set<Verb> forbidden, Set<Verb> whereRequired, List<GeneratedLimit> limits) {}

    /** A table; an empty schema is not written. */
    record GeneratedTable(String schema, String name, int tier, List<String> mutable, List<GeneratedLimit> limits) {
        String pattern() {
            return schema.isEmpty() ? name : schema + "." + name;
        }
    }

    /** A grant; a tier below zero means it is on the pattern, an empty name everything. */
    record GeneratedGrant(Set<Verb> verbs, List<String> columns, int tier, String schema, String name) {}

    static GeneratedPolicy random(Random random) {
        List<GeneratedTier> tiers = new ArrayList<>();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            Set<Verb> where = verbs(random, EnumSet.of(Verb.UPDATE, Verb.DELETE), 0.3);
            tiers.add(new GeneratedTier(
                    KINDS.get(random.nextInt(KINDS.size())),
                    verbs(random, EnumSet.allOf(Verb.class), 0.1),
                    where,
                    limits(random)));
        }
        List<GeneratedTable> tables = new ArrayList<>();
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            int tier = random.nextInt(tiers.size());
            boolean opens = tiers.get(tier).kind() == TierKind.IMMUTABLE && random.nextBoolean();
            tables.add(new GeneratedTable(
                    schema(random), glob(random), tier, opens ? columns(random) : List.of(), limits(random)));
        }
        List<GeneratedGrant> grants = new ArrayList<>();
        for (int count = random.nextInt(7); count > 0; count--) {
            grants.add(grant(random, tiers.size()));
        }
        List<GeneratedWaiver> waivers = new ArrayList<>();
        for (int count = random.nextInt(5) - 1; count > 0; count--) {
            waivers.add(GeneratedWaiver.random(random));
        }
        return new GeneratedPolicy(tiers, tables, grants, limits(random), waivers);
    }

    /** The policy file, with one component called {@code app}. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < tiers.size(); at++) {
            GeneratedTier tier = tiers.get(at);
            text.append("tier t")
                    .append(at)
                    .append(" is ")
                    .append(tier.kind().word())
                    .append(" {\n");
            text.append(tier.forbidden().isEmpty() ? "" : "  forbid " + words(tier.forbidden()) + "\n");
            text.append(
                    tier.whereRequired().isEmpty() ? "" : "  require where on " + words(tier.whereRequired()) + "\n");
            text.append(GeneratedLimit.text(tier.limits())).append("}\n");
        }
        for (GeneratedTable table : tables) {
            String mutable = table.mutable().isEmpty() ? "" : "  mutable " + String.join(", ", table.mutable()) + "\n";
            text.append("table " + table.pattern() + " is t" + table.tier() + " {\n" + mutable
                    + GeneratedLimit.text(table.limits()) + "}\n");
        }
        text.append("component app {\n");
        for (GeneratedGrant grant : grants) {
            String columns = grant.columns().isEmpty() ? "" : " (" + String.join(", ", grant.columns()) + ")";
            text.append("  grant " + words(grant.verbs()) + columns + " on " + target(grant) + "\n");
        }
        text.append(GeneratedLimit.text(limits)).append("}\n");
        for (int at = 0; at < waivers.size(); at++) {
            text.append(waivers.get(at).text(at));
        }
        return text.toString();
    }

    private static String target(GeneratedGrant grant) {
        if (grant.tier() >= 0) {
            return "tier t" + grant.tier();
        }
        if (grant.name().isEmpty()) {
            return "everything";
        }
        return grant.schema().isEmpty() ? grant.name() : grant.schema() + "." + grant.name();
    }

    private static GeneratedGrant grant(Random random, int tiers) {
        return switch (random.nextInt(6)) {
            case 0 -> new GeneratedGrant(EnumSet.of(Verb.SELECT), List.of(), -1, "", "");
            case 1, 2 ->
                new GeneratedGrant(
                        EnumSet.of(random.nextInt(3) == 0 ? Verb.INSERT : Verb.UPDATE),
                        columns(random),
                        random.nextBoolean() ? random.nextInt(tiers) : -1,
                        schema(random),
                        glob(random));
            default -> {
                Set<Verb> verbs = verbs(random, EnumSet.allOf(Verb.class), 0.5);
                verbs.add(Verb.SELECT);
                yield new GeneratedGrant(
                        verbs,
                        List.of(),
                        random.nextBoolean() ? random.nextInt(tiers) : -1,
                        schema(random),
                        glob(random));
            }
        };
    }

    private static List<GeneratedLimit> limits(Random random) {
        return random.nextInt(4) == 0 ? GeneratedLimit.random(random, EnumSet.allOf(Verb.class), 0.4) : List.of();
    }

    static String schema(Random random) {
        return random.nextInt(3) == 0 ? glob(random) : "";
    }

    static String glob(Random random) {
        return GLOBS.get(random.nextInt(GLOBS.size()));
    }

    private static List<String> columns(Random random) {
        return random.nextBoolean() ? List.of(COLUMNS.get(random.nextInt(3))) : List.of("c", "d");
    }

    private static Set<Verb> verbs(Random random, Set<Verb> from, double share) {
        return from.stream()
                .filter(verb -> random.nextDouble() < share)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Verb.class)));
    }

    private static String words(Set<Verb> verbs) {
        return verbs.stream().map(Verb::word).collect(Collectors.joining(", "));
    }
}
