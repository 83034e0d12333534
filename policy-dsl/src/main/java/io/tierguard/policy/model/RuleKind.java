package io.tierguard.policy.model;

/** What sort of rule has a say in a decision, in the order in which a decision path lists them. */
public enum RuleKind {
    /** Which tier a table is in. */
    TABLE,
    /** How far the tier's kind lets anybody go. */
    CEILING,
    /** Which columns of an immutable table may be changed all the same. */
    MUTABLE_COLUMNS,
    /** What the tier forbids by name. */
    FORBID,
    /** What has to narrow its rows. */
    WHERE,
    /** How many rows may be changed. */
    LIMIT,
    /** What the component is granted. */
    GRANT,
    /** What a waiver permits beyond all of these. */
    WAIVER
}
