package io.tierguard.sql;

import java.util.Locale;

/** Says in a few words how a statement changes its session, for whatever lists that. */
final class ShownChange {
    private ShownChange() {}

    static String of(SessionChange change) {
        if (change instanceof SessionChange.TemporaryView made) {
            return "temporary view " + made.view();
        }
        if (change instanceof SessionChange.TemporaryTable made) {
            return "temporary " + made.table();
        }
        if (change instanceof SessionChange.Restricted restricted) {
            return "restricted " + restricted.setting();
        }
        if (change instanceof SessionChange.LikeMeaning) {
            return "another like";
        }
        if (change instanceof SessionChange.Unfollowed unfollowed) {
            return "unfollowed " + unfollowed.setting();
        }
        if (change instanceof SessionChange.TemporaryDiscarded) {
            return "no temporary";
        }
        if (change instanceof SessionChange.UserChange user) {
            return "user " + user.user();
        }
        if (change instanceof SessionChange.Prepared prepared) {
            return "prepared " + prepared.name();
        }
        if (change instanceof SessionChange.Deallocated forgotten) {
            return "forgotten " + forgotten.name();
        }
        if (change instanceof SessionChange.AllDeallocated) {
            return "all forgotten";
        }
        if (change instanceof SessionChange.StringSyntax strings) {
            return "backslashes " + strings.meaning().name().toLowerCase(Locale.ROOT);
        }
        if (change instanceof SessionChange.BlankSyntax blanks) {
            return blanks.isIgnored() ? "blanks ignored" : "blanks count";
        }
        if (change instanceof SessionChange.Strictness strictness) {
            return strictness.isStrict() ? "strict" : "lenient";
        }
        if (change instanceof SessionChange.QuoteSyntax quotes) {
            return "double quotes " + quotes.meaning().name().toLowerCase(Locale.ROOT);
        }
        if (change instanceof SessionChange.CharacterSet) {
            return "character set unknown";
        }
        if (change instanceof SessionChange.TransactionStart) {
            return "transaction start";
        }
        return change instanceof SessionChange.TransactionEnd ? "transaction end" : "path unknown";
    }
}
