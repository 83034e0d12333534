package io.tierguard.guard;

import io.tierguard.policy.model.CodeFact;
import io.tierguard.policy.model.Effect;
import io.tierguard.schema.StatedCode;
import io.tierguard.schema.Trigger;
import io.tierguard.sql.RoutineCall;
import java.util.List;
import java.util.Optional;

/** What the policy says of routines and triggers with the bodies that they have now. */
final class PolicyFacts implements StatedCode {
    private final JudgedText text;

    PolicyFacts(JudgedText text) {
        this.text = text;
    }

    @Override
    public Optional<List<Effect>> of(Trigger trigger) {
        return text.policy()
                .trigger(trigger.name(), trigger.table(), trigger.bodies())
                .map(CodeFact::effects);
    }

    @Override
    public Optional<List<Effect>> of(RoutineCall routine) {
        return text.factOf(routine).map(CodeFact::effects);
    }

    @Override
    public boolean isAbout(RoutineCall routine) {
        return text.policy().describesRoutine(routine.schema(), routine.name());
    }
}
