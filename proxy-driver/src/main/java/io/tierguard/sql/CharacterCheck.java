package io.tierguard.sql;

/** Refuses characters that no database and driver treat alike, wherever in a text they stand. */
final class CharacterCheck {

    private CharacterCheck() {}

    static void check(String sql) {
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if ((c < ' ' && !Characters.isBlank(c)) || c == 127) {
                throw new UnreadableTextException(
                        "control character U+" + String.format("%04X", (int) c), i, "remove it");
            }
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < sql.length()
                        && Character.isLowSurrogate(sql.charAt(i + 1));
                if (!paired) {
                    throw new UnreadableTextException("half of a surrogate pair", i, "");
                }
                i++;
            }
        }
    }
}
