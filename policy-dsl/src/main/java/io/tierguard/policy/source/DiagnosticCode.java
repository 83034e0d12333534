package io.tierguard.policy.source;

/**
 * The register of everything that can be said against a policy file.
 *
 * <p>A code never changes its meaning and is never used again: TG1xx is about the file and its syntax, TG2xx about
 * names, TG3xx about patterns, TG4xx about grants, TG5xx are lints, TG6xx is about routines and triggers, TG7xx about limits and what
 * holds for a time, TG8xx about tests.
 */
public enum DiagnosticCode {
    UNREADABLE_FILE(101),
    NOT_UTF_8(102),
    TOO_LARGE(103),
    CONTROL_CHARACTER(104),
    BIDIRECTIONAL_CONTROL(105),
    UNCLOSED_TEXT(106),
    UNEXPECTED_TOKEN(107),
    UNKNOWN_BLOCK(108),
    UNKNOWN_FACT(109),
    UNCLOSED_BLOCK(110),
    REPEATED_FACT(112),
    UNKNOWN_WORD(113),
    TOO_MANY_TABLES(114),
    EMPTY_POLICY(115),
    WHERE_ON_OTHER_VERB(116),
    MISSING_FACT(117),
    INVALID_TIME(118),
    INVALID_NUMBER(119),
    INVALID_HASH(120),
    INCLUDE_UNREADABLE(121),
    INVALID_INCLUDE(122),
    INCLUDED_OTHERWISE(123),
    INCLUDED_TWICE(124),
    MISPLACED_TEST(125),
    MORE_DIAGNOSTICS(199, Severity.WARNING),

    DECLARED_TWICE(201),
    INVALID_NAME(202),
    CONFUSABLE_NAME(203),
    UNKNOWN_TIER(204),
    NAME_TOO_LONG(205),
    UNKNOWN_COMPONENT(206),

    AMBIGUOUS_PATTERNS(301),
    PATTERN_TWICE(302),
    SYSTEM_CATALOG(303),
    MALFORMED_PATTERN(304),
    NEEDLESS_MUTABLE_COLUMNS(305),

    EVERYTHING_BUT_SELECT(401),
    VOID_GRANT(402),
    COLUMNS_OF_SEVERAL_VERBS(403),
    COLUMNS_OF_OTHER_VERB(404),
    UNKNOWN_TABLE(405),

    PARTLY_VOID_GRANT(501, Severity.WARNING),
    ANY_USER(502, Severity.WARNING),
    TAKEN_FROM_STRICTER_TIER(503, Severity.WARNING),
    UNUSED_TIER(504, Severity.WARNING),
    LISTED_TWICE(505, Severity.WARNING),
    NEEDLESS_RESTRICTION(506, Severity.WARNING),
    NO_GRANT(507, Severity.WARNING),
    NO_FINAL_LINE_BREAK(508, Severity.WARNING),
    CODE_WITHOUT_WHY(509, Severity.WARNING),
    LONG_WAIVER(510, Severity.WARNING),
    NEEDLESS_LIMIT(511, Severity.WARNING),
    INCLUDE_MATCHES_NOTHING(512, Severity.WARNING),
    NEEDLESS_WAIVER(513, Severity.WARNING),
    NAME_CUT_BY_A_SERVER(514, Severity.WARNING),

    AMBIGUOUS_CODE(601),
    WILDCARD_IN_EFFECT(602),
    TOO_MANY_CODE_FACTS(603),
    LIMIT_ON_OTHER_VERB(701),
    REPEATED_LIMIT(702),
    EXCEPTION_ON_OTHER_VERB(703),
    WAIVER_TOO_WIDE(704),
    WAIVER_OF_SEVERAL_COMPONENTS(705),
    EMPTY_WINDOW(706),
    LIMIT_NOT_WAIVED(707),
    UNOBSERVABLE_REASON(708),
    TRUST_WITHOUT_POWER(709),
    EXPIRED(710),
    UNKNOWN_DIALECT(801),
    EXPECTED_BY_NOBODY(802),
    TEST_WITHOUT_EXPECTATION(803);

    private final String code;
    private final Severity severity;

    DiagnosticCode(int number) {
        this(number, Severity.ERROR);
    }

    DiagnosticCode(int number, Severity severity) {
        this.code = "TG" + number;
        this.severity = severity;
    }

    /** The code as it is shown and documented, for example {@code TG204}. */
    public String code() {
        return code;
    }

    /** How much a diagnostic of this code weighs. */
    public Severity severity() {
        return severity;
    }
}
