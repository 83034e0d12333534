package io.tierguard.sql;

import java.util.Locale;
import java.util.Set;

/**
 * What a server of MySQL or MariaDB is, and what its session sends, as far as text is cut by it.
 *
 * @param version such as 80403 or 101106; 0 where it is not known
 * @param isCharacterSetReadable whether no byte of a quote or backslash can be part of another character
 * @param hasOracleCode whether stored code is written in another language (MariaDB in its ORACLE mode)
 * @param isSpaceIgnored whether a blank may stand between a built-in function and its parenthesis
 * @param isStrict whether a value that a column cannot hold is an error for certain, and not cut to one that it can
 */
public record MySqlServer(
        int version, boolean isCharacterSetReadable, boolean hasOracleCode, boolean isSpaceIgnored, boolean isStrict) {

    /** A server of any version whose session sends UTF-8. */
    public static final MySqlServer UNKNOWN = new MySqlServer(0, true, false, false, false);

    /** Character sets in which a byte of ASCII is always that character; in others it may be part of another. */
    private static final Set<String> READABLE = Words.of("""
            armscii8 ascii binary cp1250 cp1251 cp1256 cp1257 cp850 cp852 cp866 dec8 eucjpms euckr gb2312
            geostd8 greek hebrew hp8 keybcs2 koi8r koi8u latin1 latin2 latin5 latin7 macce macroman tis620 ujis
            utf8 utf8mb3 utf8mb4
            """);

    private static final String REPLICATION_PREFIX = "5.5.5-";

    /**
     * That of a session.
     *
     * @param versionText its {@code @@version}, for example {@code 10.11.6-MariaDB-1}
     * @param characterSet its {@code @@character_set_client}
     */
    public static MySqlServer of(String versionText, String characterSet) {
        return new MySqlServer(versionOf(versionText), isReadable(characterSet), false, false, false);
    }

    /** Whether a text in a client's character set is cut as the same text in UTF-8 is. */
    static boolean isReadable(String characterSet) {
        return READABLE.contains(characterSet.toLowerCase(Locale.ROOT));
    }

    private static int versionOf(String text) {
        String plain = text.startsWith(REPLICATION_PREFIX) ? text.substring(REPLICATION_PREFIX.length()) : text;
        int version = 0;
        int at = 0;
        for (int part = 0; part < 3; part++) {
            int number = 0;
            int start = at;
            while (at < plain.length() && Characters.isDigit(plain.charAt(at)) && at - start < 3) {
                number = number * 10 + plain.charAt(at) - '0';
                at++;
            }
            boolean isComplete = at > start && (part == 2 || (at < plain.length() && plain.charAt(at) == '.'));
            if (!isComplete || number > 99) {
                return 0;
            }
            version = version * 100 + number;
            at++;
        }
        return version;
    }

    MySqlServer with(SqlMode mode) {
        return new MySqlServer(
                version, isCharacterSetReadable, mode.has("oracle"), mode.has("ignore_space"), mode.isStrict());
    }
}
