package io.tierguard.sql;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads what is assigned to {@code sql_mode}, as far as text is cut by it. */
final class SqlModeValue {

    /** Words that change neither strings nor names. */
    private static final Set<String> WITHOUT_CUT = Set.of(
            "",
            "allow_invalid_dates",
            "empty_string_is_null",
            "error_for_division_by_zero",
            "high_not_precedence",
            "ignore_bad_table_options",
            "no_auto_create_user",
            "no_auto_value_on_zero",
            "no_dir_in_create",
            "no_engine_substitution",
            "no_field_options",
            "no_key_options",
            "no_table_options",
            "no_unsigned_subtraction",
            "no_zero_date",
            "no_zero_in_date",
            "only_full_group_by",
            "pad_char_to_full_length",
            "pipes_as_concat",
            "real_as_float",
            "simultaneous_assignment",
            "strict_all_tables",
            "strict_trans_tables",
            "time_round_fractional",
            "time_truncate_fractional",
            "traditional");

    /** Words after which strings and names are cut otherwise, which is followed. */
    private static final Set<String> FOLLOWED = Set.of("ansi", "ansi_quotes", "no_backslash_escapes", "ignore_space");

    private SqlModeValue() {}

    /** What the assignment changes. */
    static StatementEffects changes(List<Token> value) {
        if (value.size() == 1
                && !value.get(0).is("default")
                && (value.get(0).kind() == Token.Kind.STRING || value.get(0).isIdentifier())) {
            return ofText(value.get(0).text());
        }
        boolean isNone = value.size() == 1
                && value.get(0).kind() == Token.Kind.NUMBER
                && value.get(0).text().equals("0");
        if (isNone) {
            return ofText("");
        }
        Optional<Boolean> edited = SqlModeEdit.keepsStrictness(value);
        if (edited.isEmpty()) {
            return changing(Backslashes.UNKNOWN, DoubleQuotes.UNKNOWN, false, false);
        }
        return edited.get() ? Readings.harmless("SET") : Readings.change("SET", new SessionChange.Strictness(false));
    }

    private static StatementEffects ofText(String text) {
        SqlMode mode = SqlMode.of(text);
        for (String word : mode.words()) {
            if (!WITHOUT_CUT.contains(word) && !FOLLOWED.contains(word)) {
                return Readings.change("SET", new SessionChange.Unfollowed("sql_mode to " + word));
            }
        }
        return changing(
                mode.backslashes(), mode.doubleQuotes(), mode.has("ignore_space") || mode.has("ansi"), mode.isStrict());
    }

    private static StatementEffects changing(
            Backslashes backslashes, DoubleQuotes doubleQuotes, boolean isBlankIgnored, boolean isStrict) {
        StatementEffects strings = Readings.change("SET", new SessionChange.StringSyntax(backslashes));
        StatementEffects quoted = Readings.changing(strings, new SessionChange.QuoteSyntax(doubleQuotes));
        StatementEffects spaced = Readings.changing(quoted, new SessionChange.BlankSyntax(isBlankIgnored));
        return Readings.changing(spaced, new SessionChange.Strictness(isStrict));
    }

    /** Whether a text has words of modes in it that change neither strings nor names, and no other. */
    static boolean hasNoCut(String text) {
        for (String word : text.split(",", -1)) {
            if (!WITHOUT_CUT.contains(word.strip().toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }
}
