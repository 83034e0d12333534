package io.tierguard.sql;

import java.util.Set;

/** Words of MySQL and MariaDB that name nothing where a blank and a point follow; with no blank between, every word is a name. */
final class MySqlReservedWords {
    private static final Set<String> ALL = Words.of("""
            accessible add all alter analyze and any as asc asensitive before begin between both by call cascade
            case change check collate column columns condition constraint continue create cross current_date
            current_time current_timestamp current_user cursor databases declare default delayed delete desc
            describe deterministic distinct distinctrow div do drop dual each else elseif enclosed end escaped
            event except execute exists exit explain fast fetch flush for force foreign from fulltext function
            generated grant group handler having high_priority if ignore in index infile inner inout insert
            intersect interval into is iterate join key keys kill lateral leading leave left like limit lines
            load local lock loop low_priority match minus mod modifies natural not null of offset on only open
            optimize option optionally or order out outer outfile over partition portion prepare primary
            procedure purge quick range read reads recursive references regexp release rename repair repeat
            replace require resignal restrict return returning revoke right rlike row rows select separator
            sequence set show signal some spatial sql sql_big_result sql_calc_found_rows sql_small_result ssl
            starting straight_join table tables temporary terminated then to trailing trigger truncate undo
            union unique unlock unsigned update usage use using value values varying view when where while
            window with write xor zerofill
            """);

    private MySqlReservedWords() {}

    /** Whether a word stays what it is before a blank and a point, and is no name that the point goes on with. */
    static boolean contains(String word) {
        return ALL.contains(word);
    }
}
