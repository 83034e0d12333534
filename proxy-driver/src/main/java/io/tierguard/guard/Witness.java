package io.tierguard.guard;

import io.tierguard.policy.model.Decision;
import io.tierguard.policy.model.Effect;

/** Is told how a text is judged, as it is judged. */
interface Witness {

    /** Wants to know nothing. */
    Witness NONE = new Witness() {
        @Override
        public void begins(String operation) {}

        @Override
        public void decided(Effect effect, ResolutionContext context, Decision decision) {}
    };

    /** The next statement of the text is judged. */
    void begins(String operation);

    /**
     * One effect of the statement has been decided.
     *
     * @param context what names meant then
     */
    void decided(Effect effect, ResolutionContext context, Decision decision);
}
