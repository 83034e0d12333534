package io.tierguard.sql;

/**
 * Takes note of whether the reading of a text has looked at any of its constants.
 *
 * <p>Where it has not, every text that differs in constants alone does the same. An instance is for one text and one thread.
 */
final class ConstantReads {
    /** For tokens that are made while a text is read: there are no constants among them. */
    static final ConstantReads UNNOTED = new ConstantReads();

    private boolean any;

    void note() {
        any = true;
    }

    boolean any() {
        return any;
    }
}
