package io.tierguard.policy.model;

import java.time.Instant;
import java.util.List;

/** Decides what is not plainly allowed: by the waivers of the moment, and with the limits that rows are held to. */
final class Ruling {

    private final Component component;
    private final Effect effect;
    private final Denials denials;
    private final List<Waiver> inForce;
    private final List<Waiver> ended;
    private final Window window;

    Ruling(Component component, Effect effect, Denials denials, Concessions concessions, Instant moment) {
        this.component = component;
        this.effect = effect;
        this.denials = denials;
        this.inForce = concessions.inForce(moment);
        this.ended = concessions.ended(moment);
        this.window = concessions.windowAt(moment);
    }

    /** The decision on a table that could be in any of these classes. */
    Decision on(List<TableClass> candidates) {
        List<ClassCase> cases = candidates.stream()
                .map(tableClass -> ClassCase.of(component, effect, tableClass, inForce, ended))
                .toList();
        if (cases.isEmpty()) {
            return new Decision.Deny(denials.ofUnclassified(), window);
        }
        return cases.stream().allMatch(ClassCase::allows)
                ? allowed(cases)
                : new Decision.Deny(denials.of(cases), window);
    }

    private Decision allowed(List<ClassCase> cases) {
        List<Limit> limits = cases.stream()
                .flatMap(each -> each.limits().stream())
                .distinct()
                .toList();
        List<Waiver> waivers = cases.stream()
                .filter(this::restsOnWaiver)
                .flatMap(each -> each.waivers().stream())
                .distinct()
                .toList();
        return new Decision.Allow(limits, waivers, window);
    }

    private boolean restsOnWaiver(ClassCase each) {
        ClassCase unwaived = ClassCase.of(component, effect, each.tableClass(), List.of(), List.of());
        return !unwaived.allows() || !unwaived.limits().equals(each.limits());
    }
}
