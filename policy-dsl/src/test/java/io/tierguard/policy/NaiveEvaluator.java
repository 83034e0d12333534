package io.tierguard.policy;

import io.tierguard.policy.GeneratedPolicy.GeneratedGrant;
import io.tierguard.policy.GeneratedPolicy.GeneratedTable;
import io.tierguard.policy.GeneratedPolicy.GeneratedTier;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Uncounted;
import io.tierguard.policy.model.Verb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The specification of the decision, by trying every name there is.
 *
 * <p>Names are words over {@code a}, {@code b} and {@code z}, up to three letters; the last stands for all letters that no
 * pattern names.
 */
final class NaiveEvaluator {

    static final List<String> NAMES = names();
    private static final Map<String, Set<String>> MATCHES = new HashMap<>();

    private final GeneratedPolicy policy;

    NaiveEvaluator(GeneratedPolicy policy) {
        this.policy = policy;
    }

    /**
     * What the specification says.
     *
     * @param reasons every reason against the effect; none if it is allowed
     * @param limits what its rows are held to
     * @param isWaived whether it rests on a waiver
     */
    record Answer(List<Reason> reasons, Set<GeneratedLimit> limits, boolean isWaived) {}

    /** Whether the effect is allowed; a table without a schema stands for that table in every schema. */
    boolean allows(Effect effect, Instant moment) {
        if (effect.table().isQualified()) {
            return answer(effect, moment).reasons().isEmpty();
        }
        boolean classified = false;
        for (String schema : NAMES) {
            Effect placed = effect.on(effect.table().in(schema));
            if (!winners(placed.table()).isEmpty()) {
                classified = true;
                if (!answer(placed, moment).reasons().isEmpty()) {
                    return false;
                }
            }
        }
        return classified;
    }

    /** What is said of an effect on a table with a schema. */
    Answer answer(Effect effect, Instant moment) {
        List<GeneratedTable> winners = winners(effect.table());
        if (winners.isEmpty()) {
            Reason reason = effect.via().isEmpty() ? Reason.UNCLASSIFIED_TABLE : Reason.CASCADE;
            return new Answer(List.of(reason), Set.of(), false);
        }
        GeneratedTable table = winners.get(0);
        List<GeneratedWaiver> covering = covering(effect, waiver -> waiver.isInForce(moment));
        List<GeneratedLimit> waived =
                limitsOf(covering.stream().flatMap(waiver -> waiver.limits().stream()), effect.verb());
        List<GeneratedLimit> ordinary = ordinaryLimits(table, effect.verb());
        boolean replaces = !waived.isEmpty() && (!isPermitted(effect, table) || !ordinary.isEmpty());
        List<GeneratedLimit> limits = replaces ? waived : ordinary;
        List<Reason> reasons = reasons(effect, table, covering, limits);
        if (!reasons.isEmpty()) {
            boolean ended = !covering(effect, waiver -> waiver.hasEnded(moment)).isEmpty();
            reasons.addAll(ended ? List.of(Reason.WAIVER_EXPIRED) : List.of());
        }
        boolean needed = !reasons(effect, table, List.of(), ordinary).isEmpty();
        boolean rests = reasons.isEmpty() && !covering.isEmpty() && (needed || replaces);
        return new Answer(reasons, reasons.isEmpty() ? Set.copyOf(limits) : Set.of(), rests);
    }

    private List<Reason> reasons(
            Effect effect, GeneratedTable table, List<GeneratedWaiver> covering, List<GeneratedLimit> limits) {
        boolean waived = !covering.isEmpty();
        GeneratedTier tier = policy.tiers().get(table.tier());
        List<Reason> reasons = waived ? new ArrayList<>() : ceilings(effect, table, tier);
        if (!effect.via().isEmpty()) {
            boolean passesLimit = !effect.isCounted()
                    && limits.stream().anyMatch(limit -> !limit.exceptions().contains(Uncounted.CASCADE));
            boolean passes = reasons.isEmpty() && !passesLimit && !isUncountedTruncate(effect, table, covering);
            return new ArrayList<>(passes ? List.of() : List.of(Reason.CASCADE));
        }
        if (!effect.hasWhere() && tier.whereRequired().contains(effect.verb())) {
            reasons.add(Reason.MISSING_WHERE);
        }
        if (isUncountedTruncate(effect, table, covering)) {
            reasons.add(Reason.ROW_LIMIT);
        }
        if (!waived && !columns(effect).stream().allMatch(column -> isGranted(effect, column, table))) {
            reasons.add(Reason.NOT_GRANTED);
        }
        return reasons;
    }

    private boolean isUncountedTruncate(Effect effect, GeneratedTable table, List<GeneratedWaiver> covering) {
        Stream<GeneratedLimit> waived = covering.stream().flatMap(waiver -> waiver.limits().stream());
        List<GeneratedLimit> ordinary = ordinaryLimits(table, Verb.DELETE);
        boolean unlimited = ordinary.isEmpty() && isPermitted(effect, table);
        List<GeneratedLimit> ofDelete = covering.isEmpty() || unlimited ? ordinary : limitsOf(waived, Verb.DELETE);
        return effect.verb() == Verb.TRUNCATE
                && ofDelete.stream().anyMatch(limit -> !limit.exceptions().contains(Uncounted.TRUNCATE));
    }

    /** Whether ceiling, restriction and grants permit an effect, whatever limits say. */
    private boolean isPermitted(Effect effect, GeneratedTable table) {
        GeneratedTier tier = policy.tiers().get(table.tier());
        boolean granted = columns(effect).stream().allMatch(column -> isGranted(effect, column, table));
        boolean narrows = effect.hasWhere() || !tier.whereRequired().contains(effect.verb());
        return ceilings(effect, table, tier).isEmpty() && (!effect.via().isEmpty() || (granted && narrows));
    }

    private static List<Reason> ceilings(Effect effect, GeneratedTable table, GeneratedTier tier) {
        List<Reason> reasons = new ArrayList<>();
        switch (tier.kind()) {
            case FROZEN -> {
                if (effect.verb() != Verb.SELECT) {
                    reasons.add(Reason.FROZEN_TIER);
                }
            }
            case IMMUTABLE -> {
                boolean adds = Set.of(Verb.SELECT, Verb.INSERT, Verb.CREATE, Verb.EXTEND)
                        .contains(effect.verb());
                boolean opens = effect.verb() == Verb.UPDATE && !table.mutable().isEmpty();
                if (opens && !table.mutable().containsAll(columns(effect))) {
                    reasons.add(Reason.IMMUTABLE_COLUMN);
                } else if (!adds && !opens) {
                    reasons.add(Reason.IMMUTABLE_TIER);
                }
            }
            case MUTABLE -> {}
        }
        if (tier.forbidden().contains(effect.verb())) {
            reasons.add(Reason.FORBIDDEN_VERB);
        }
        return reasons;
    }

    private List<GeneratedWaiver> covering(Effect effect, Predicate<GeneratedWaiver> atThatTime) {
        return policy.waivers().stream()
                .filter(atThatTime)
                .filter(waiver -> waiver.verbs().contains(effect.verb()))
                .filter(waiver -> waiver.columns().isEmpty() || waiver.columns().containsAll(columns(effect)))
                .filter(waiver -> matches(waiver.schema(), waiver.name(), effect.table()))
                .toList();
    }

    private List<GeneratedLimit> ordinaryLimits(GeneratedTable table, Verb verb) {
        Stream<GeneratedLimit> ofTables =
                Stream.concat(policy.tiers().get(table.tier()).limits().stream(), table.limits().stream());
        return limitsOf(Stream.concat(ofTables, policy.limits().stream()), verb);
    }

    private static List<GeneratedLimit> limitsOf(Stream<GeneratedLimit> limits, Verb verb) {
        return limits.filter(limit -> limit.verb() == verb).toList();
    }

    /** The classes that hold a table with a schema, of which it does not matter which one is asked. */
    List<GeneratedTable> winners(TableName table) {
        List<GeneratedTable> matching = policy.tables().stream()
                .filter(candidate -> matches(candidate.schema(), candidate.name(), table))
                .toList();
        return matching.stream()
                .filter(candidate -> matching.stream().noneMatch(other -> beats(other, candidate)))
                .toList();
    }

    private boolean isGranted(Effect effect, String column, GeneratedTable table) {
        for (GeneratedGrant grant : policy.grants()) {
            boolean on = grant.tier() >= 0
                    ? grant.tier() == table.tier()
                    : grant.name().isEmpty() || matches(grant.schema(), grant.name(), effect.table());
            boolean named = grant.columns().isEmpty() || grant.columns().contains(column);
            if (on && named && grant.verbs().contains(effect.verb())) {
                return true;
            }
        }
        return false;
    }

    /** The columns an effect sets; one that nobody names stands for all others where they are not known. */
    private static Collection<String> columns(Effect effect) {
        return effect.columns().isEmpty() ? List.of("every other column") : effect.columns();
    }

    private static boolean matches(String schema, String name, TableName table) {
        return words(name).contains(table.name())
                && (schema.isEmpty() || words(schema).contains(table.schema()));
    }

    private static boolean beats(GeneratedTable winner, GeneratedTable loser) {
        boolean narrower = isWithin(winner, loser) && !isWithin(loser, winner);
        return narrower || (!isOpen(winner.schema()) && isOpen(loser.schema()));
    }

    private static boolean isOpen(String schema) {
        return schema.isEmpty() || schema.equals("*");
    }

    private static boolean isWithin(GeneratedTable part, GeneratedTable whole) {
        return words(whole.name()).containsAll(words(part.name()))
                && words(whole.schema()).containsAll(words(part.schema()));
    }

    /** The names that a glob matches; none written matches all. */
    static Set<String> words(String glob) {
        return MATCHES.computeIfAbsent(glob.isEmpty() ? "*" : glob, spelled -> {
            Pattern pattern = Pattern.compile(spelled.replace("*", ".*"));
            return NAMES.stream()
                    .filter(name -> pattern.matcher(name).matches())
                    .collect(Collectors.toSet());
        });
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        List<String> longest = List.of("");
        for (int length = 1; length <= 3; length++) {
            longest = longest.stream()
                    .flatMap(word -> List.of("a", "b", "z").stream().map(letter -> word + letter))
                    .toList();
            names.addAll(longest);
        }
        return names;
    }
}
