package io.tierguard.sql;

import io.tierguard.policy.model.Verb;
import java.util.Set;

/** Reads the SET statements of SQL Server that change neither what a text means nor what it does. */
final class SqlServerSettings {
    private static final Set<String> ANY = Set.of("nocount", "xact_abort", "forceplan");

    /** Those that the driver, and every newer feature, expects to be on. */
    private static final Set<String> ON_ALONE = Words.of("""
            quoted_identifier ansi_nulls ansi_null_dflt_on ansi_padding ansi_warnings arithabort concat_null_yields_null
            ansi_defaults
            """);

    private static final Set<String> LEVELS = Set.of("serializable", "snapshot");

    private static final Set<String> ORDERS = Set.of("mdy", "dmy", "ymd", "ydm", "myd", "dym");

    private static final Set<String> PRIORITIES = Set.of("low", "normal", "high");

    private SqlServerSettings() {}

    static void read(DocumentedCursor cursor, StatementFindings findings) {
        cursor.expect("set");
        if (cursor.accept("transaction", "isolation", "level")) {
            boolean isKnown = cursor.accept("read", "committed")
                    || cursor.accept("read", "uncommitted")
                    || cursor.accept("repeatable", "read");
            if (!isKnown) {
                cursor.expectAny(LEVELS);
            }
        } else if (cursor.accept("lock_timeout")) {
            cursor.acceptSymbol("-");
            cursor.expectNumber();
        } else if (cursor.accept("datefirst")) {
            cursor.expectNumber();
        } else if (cursor.accept("dateformat")) {
            cursor.expectAny(ORDERS);
        } else if (cursor.accept("language")) {
            cursor.name();
        } else if (cursor.accept("deadlock_priority")) {
            cursor.expectAny(PRIORITIES);
        } else if (cursor.accept("identity_insert")) {
            findings.effect(Verb.ALTER, cursor.table());
            onOrOff(cursor);
        } else if (cursor.acceptAny(ANY)) {
            onOrOff(cursor);
        } else {
            do {
                cursor.expectAny(ON_ALONE);
            } while (cursor.acceptSymbol(","));
            cursor.expect("on");
        }
    }

    private static void onOrOff(DocumentedCursor cursor) {
        if (!cursor.accept("on")) {
            cursor.expect("off");
        }
    }
}
