package io.tierguard.policy.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Lists every reason against one effect of one component, in the order of {@link Reason}. */
final class Denials {

    private final Component component;
    private final Effect effect;
    private final String contact;
    private final Sentence sentence;

    Denials(Component component, Effect effect, PolicySource source) {
        this.component = component;
        this.effect = effect;
        this.contact = source.contact();
        this.sentence = new Sentence(component, effect, source);
    }

    /** The denial of a table that no pattern covers. */
    List<Denial> ofUnclassified() {
        Reason reason = Rights.isAdded(effect) ? Reason.CASCADE : Reason.UNCLASSIFIED_TABLE;
        return List.of(denial(reason, sentence.ofUnclassified(), ""));
    }

    /** The denial of a table that could fall into several classes, by the strictest of those that do not allow it. */
    List<Denial> of(List<ClassCase> cases) {
        List<ClassCase> denying = cases.stream().filter(each -> !each.allows()).toList();
        ClassCase strictest = Collections.min(
                denying, Comparator.comparing(each -> each.tier().kind()));
        boolean certain = denying.size() == cases.size()
                && cases.stream().allMatch(each -> each.tier().equals(strictest.tier()));
        return of(strictest, certain ? "" : sentence.doubt(strictest.tableClass()));
    }

    private List<Denial> of(ClassCase strictest, String doubt) {
        TableClass tableClass = strictest.tableClass();
        Tier tier = tableClass.tier();
        List<Denial> denials = new ArrayList<>();
        if (!strictest.isWaived()) {
            ceiling(tableClass, doubt).ifPresent(denials::add);
            forbid(tier, doubt).ifPresent(denials::add);
        }
        if (Rights.isAdded(effect)) {
            strictest.uncounted().ifPresent(limit -> denials.add(ofUncounted(Reason.CASCADE, limit, doubt)));
            return withExpired(denials.subList(0, 1), strictest);
        }
        if (Rights.lacksWhere(effect, tier)) {
            String because = "tier " + tier.name() + " requires one" + doubt;
            denials.add(denial(Reason.MISSING_WHERE, sentence.ofMissingWhere(because), tier.whereRule()));
        }
        strictest.uncounted().ifPresent(limit -> denials.add(ofUncounted(Reason.ROW_LIMIT, limit, doubt)));
        if (!strictest.isWaived() && !component.isGranted(effect, tableClass)) {
            List<String> columns = effect.columns().stream()
                    .filter(column -> !component.isGranted(effect, column, tableClass))
                    .toList();
            boolean someColumns = columns.isEmpty() && component.hasGrantOnSomeColumns(effect, tableClass);
            String because = "not granted" + doubt;
            String text = someColumns ? sentence.ofEveryColumn(because) : sentence.of(columns, because);
            denials.add(denial(Reason.NOT_GRANTED, text, component.rule()));
        }
        return withExpired(denials, strictest);
    }

    private List<Denial> withExpired(List<Denial> denials, ClassCase strictest) {
        strictest
                .expired()
                .ifPresent(waiver -> denials.add(denial(
                        Reason.WAIVER_EXPIRED,
                        sentence.ofWaiver("waiver " + waiver.name() + " for it ended at "
                                + waiver.window().until()),
                        waiver.rule())));
        return denials;
    }

    private Denial ofUncounted(Reason reason, Limit limit, String doubt) {
        return denial(reason, sentence.of(limit.clause() + ", and its rows are not counted" + doubt), limit.rule());
    }

    private Optional<Denial> ceiling(TableClass tableClass, String doubt) {
        if (tableClass.ceilingPermits(effect)) {
            return Optional.empty();
        }
        Tier tier = tableClass.tier();
        boolean byColumn = tableClass.opensColumnsTo(effect.verb());
        Reason reason = switch (tier.kind()) {
            case FROZEN -> Reason.FROZEN_TIER;
            case IMMUTABLE -> byColumn ? Reason.IMMUTABLE_COLUMN : Reason.IMMUTABLE_TIER;
            case MUTABLE -> Reason.FORBIDDEN_VERB;
        };
        List<String> columns = effect.columns().stream()
                .filter(column -> !byColumn || !tableClass.mutableColumns().contains(column))
                .toList();
        String because = "tier " + tier.name() + " is " + tier.kind().word() + doubt;
        String text = byColumn && columns.isEmpty() ? sentence.ofEveryColumn(because) : sentence.of(columns, because);
        return Optional.of(denial(orCascade(reason), text, tier.rule()));
    }

    private Optional<Denial> forbid(Tier tier, String doubt) {
        if (!tier.forbids(effect.verb())) {
            return Optional.empty();
        }
        String because = "tier " + tier.name() + " forbids " + effect.verb().word() + doubt;
        return Optional.of(denial(orCascade(Reason.FORBIDDEN_VERB), sentence.of(because), tier.forbidRule()));
    }

    private Reason orCascade(Reason reason) {
        return Rights.isAdded(effect) ? Reason.CASCADE : reason;
    }

    private Denial denial(Reason reason, String text, String rule) {
        return new Denial(reason, text, rule, contact);
    }
}
