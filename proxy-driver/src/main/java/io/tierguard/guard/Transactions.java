package io.tierguard.guard;

/** Tells whether a connection's transaction is open, where that is known for certain; asked without disturbing it. */
public interface Transactions {

    /** What is known. */
    enum State {
        NONE,
        OPEN,
        UNKNOWN
    }

    /** Those of a connection that does not tell. */
    Transactions UNKNOWN = () -> State.UNKNOWN;

    /** What is known now; of a statement that runs, as it was before. */
    State state();

    /** The same, where the server may be asked if the driver cannot know: for what is worth a way to it. */
    default State asked() {
        return state();
    }
}
