package io.tierguard.policy.syntax;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Tells the characters that a reader can mistake for others. */
final class Characters {

    /** Letters of Cyrillic and Greek that most fonts draw like a Latin one. */
    private static final String LATIN_LOOKALIKES = "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅԌԚԜονϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";

    private static final Set<UnicodeScript> ANY_SCRIPT = EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED);
    private static final Set<UnicodeScript> JAPANESE =
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA);

    private Characters() {}

    /** Whether a character changes the order in which text is shown. */
    static boolean isBidirectionalControl(int point) {
        return (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069)
                || point == 0x200E
                || point == 0x200F
                || point == 0x061C;
    }

    /** Whether a character looks like a space or a line break without being one to the language. */
    static boolean isDeceptiveSpace(int point) {
        return point != ' ' && Character.isSpaceChar(point);
    }

    /** A character by its code point and name. */
    static String describe(int point) {
        String name = Character.getName(point);
        String code = String.format(Locale.ROOT, "U+%04X", point);
        return name == null ? code : code + " " + name.toLowerCase(Locale.ROOT);
    }

    /** What a reader could mistake in a name, or empty; bidirectional controls are reported elsewhere. */
    static String deception(String name) {
        int invisible = name.codePoints()
                .filter(Characters::isInvisible)
                .filter(point -> !isBidirectionalControl(point))
                .findFirst()
                .orElse(-1);
        if (invisible >= 0) {
            return "it holds the invisible character " + describe(invisible);
        }
        if (name.codePoints().allMatch(point -> point < 0x80)) {
            return "";
        }
        if (!Normalizer.isNormalized(name, Normalizer.Form.NFKC)) {
            return "it looks like `" + Normalizer.normalize(name, Normalizer.Form.NFKC)
                    + "` and is spelled differently";
        }
        if (mixesScripts(name)) {
            return "it mixes letters of several scripts";
        }
        if (looksLatin(name)) {
            return "all its letters look like Latin ones and are not";
        }
        return "";
    }

    private static boolean isInvisible(int point) {
        return switch (Character.getType(point)) {
            case Character.FORMAT,
                    Character.CONTROL,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default ->
                (point >= 0xFE00 && point <= 0xFE0F)
                        || (point >= 0xE0100 && point <= 0xE01EF)
                        || point == 0x034F
                        || point == 0x115F
                        || point == 0x1160
                        || point == 0x3164
                        || point == 0xFFA0
                        || point == 0x2800;
        };
    }

    private static boolean mixesScripts(String name) {
        Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        name.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
        scripts.removeAll(ANY_SCRIPT);
        return scripts.size() > 1 && !JAPANESE.containsAll(scripts);
    }

    private static boolean looksLatin(String name) {
        return name.codePoints().filter(Character::isLetter).allMatch(letter -> LATIN_LOOKALIKES.indexOf(letter) >= 0)
                && name.codePoints().anyMatch(Character::isLetter);
    }
}
