package io.tierguard.sql;

import java.util.Set;

/** Words of MySQL and MariaDB, by what may stand beside them. */
final class MySqlWords {

    /** Reserved words between two values, so that a parenthesis behind them is no call's. */
    static final Set<String> OPERATORS = Set.of("xor", "div", "rlike", "regexp");

    /** Words that neither end a value nor name one. */
    private static final Set<String> STRUCTURE = Words.of("""
            select from where and or not as on in is join left right inner outer cross natural using group by
            order having limit offset union all except intersect distinct case when then else with values insert
            into update set delete table exists between like regexp rlike escape for xor div mod binary interval
            date time timestamp collate separator path row any some straight_join sounds against match rollup
            default return over partition returning columns replace to of
            """);

    private static final Set<String> QUERIES = Set.of("select", "with", "values", "table");

    /** Words that the parser reserves and MySQL does not. */
    private static final Set<String> ONLY_PARSER = Words.of("""
            bool connect csv current diagnostics number period temp errors excludes extend fbv file final force
            fulltext global iif import includes isnull nocycle notnull optimize output pivot preferring prewhere
            prior procedure public qualify raw returns sample script semi settings show start statement straight
            tables tablesample top unpivot verify xmlserialize minus ilike emit full only value first last next
            unlogged skip apply filter within overlaps placing shared session local until loop repeat leave
            """);

    /** Words that say how a SELECT is run. */
    static final Set<String> SELECT_OPTIONS = Set.of(
            "high_priority",
            "straight_join",
            "sql_small_result",
            "sql_big_result",
            "sql_buffer_result",
            "sql_no_cache",
            "sql_cache",
            "sql_calc_found_rows");

    /** What an interval is counted in. */
    static final Set<String> UNITS = Words.of("""
            microsecond second minute hour day week month quarter year second_microsecond minute_microsecond
            minute_second hour_microsecond hour_second hour_minute day_microsecond day_second day_minute
            day_hour year_month sql_tsi_second sql_tsi_minute sql_tsi_hour sql_tsi_day sql_tsi_week
            sql_tsi_month sql_tsi_quarter sql_tsi_year sql_tsi_frac_second
            """);

    /** Names that are those of built-in functions only where a parenthesis follows them at once. */
    static final Set<String> NEED_PARENTHESIS = Words.of("""
            adddate bit_and bit_or bit_xor cast count curdate curtime date_add date_sub extract group_concat
            json_arrayagg json_objectagg max mid min now position session_user std stddev stddev_pop stddev_samp
            subdate substr substring sum sysdate system_user trim variance var_pop var_samp
            """);

    /** Character sets beside those in which a byte of ASCII is always that character. */
    private static final Set<String> OTHER_CHARACTER_SETS = Words.of("""
            big5 cp932 gb18030 gbk sjis swe7 ucs2 utf16 utf16le utf32
            """);

    private MySqlWords() {}

    static boolean mayEndValue(String word) {
        return !STRUCTURE.contains(word);
    }

    static boolean beginsQuery(Token token) {
        return token.kind() == Token.Kind.WORD && QUERIES.contains(token.text());
    }

    /** Whether the parser would take a name for a word of the language. */
    static boolean isNameOfMySql(String word) {
        return ONLY_PARSER.contains(word);
    }

    /** Whether a word tells the character set of the string behind it. */
    static boolean isIntroducer(String word) {
        return word.startsWith("_")
                && (MySqlServer.isReadable(word.substring(1)) || OTHER_CHARACTER_SETS.contains(word.substring(1)));
    }
}
