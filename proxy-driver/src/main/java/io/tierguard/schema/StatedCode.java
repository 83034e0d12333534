package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.sql.RoutineCall;
import java.util.List;
import java.util.Optional;

/** What is said elsewhere of routines and triggers, which goes before what their code tells. */
public interface StatedCode {
    /** Nothing is said of any. */
    StatedCode NONE = new StatedCode() {
        @Override
        public Optional<List<Effect>> of(Trigger trigger) {
            return Optional.empty();
        }

        @Override
        public Optional<List<Effect>> of(RoutineCall routine) {
            return Optional.empty();
        }

        @Override
        public boolean isAbout(RoutineCall routine) {
            return false;
        }
    };

    /** What a trigger does. */
    Optional<List<Effect>> of(Trigger trigger);

    /** What a routine does; of all of its name where that tells no schema. */
    Optional<List<Effect>> of(RoutineCall routine);

    /** Whether something is said of a routine, even of another body than it has now. */
    boolean isAbout(RoutineCall routine);
}
