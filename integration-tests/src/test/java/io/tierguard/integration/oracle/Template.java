package io.tierguard.integration.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement cut into pieces between which a blank or comment may stand, with the names that a trick may spell. */
final class Template {
    private static final Pattern PIECE = Pattern.compile(
            "\\{(?<name>[A-Za-z_][A-Za-z_0-9.:]*)}"
                    + "|(?<fixed>'(?:[^']|'')*'|\\$\\$.*?\\$\\$|\\$x\\$.*?\\$x\\$|\"[^\"]*\"|\\$\\d+|\\{\\?|\\{call|`[^`]*`)"
                    + "|(?<word>[A-Za-z_][A-Za-z_0-9]*)"
                    + "|(?<number>\\d+(?:\\.\\d+)?)"
                    + "|(?<mark>::|:=|=>|>=|<=|<>|@@@|\\|\\||\\S)",
            Pattern.DOTALL);

    /** A piece; {@code glued} where nothing stands before it in the template. */
    record Piece(Kind kind, String text, boolean glued) {}

    enum Kind {
        NAME,
        FIXED,
        WORD,
        MARK
    }

    private final List<Piece> pieces = new ArrayList<>();

    Template(String text) {
        Matcher matcher = PIECE.matcher(text);
        int end = 0;
        while (matcher.find()) {
            boolean glued = matcher.start() == end;
            end = matcher.end();
            if (matcher.group("name") != null) {
                pieces.add(new Piece(Kind.NAME, matcher.group("name"), glued));
            } else if (matcher.group("word") != null) {
                pieces.add(new Piece(Kind.WORD, matcher.group("word"), glued));
            } else if (matcher.group("mark") != null) {
                pieces.add(new Piece(Kind.MARK, matcher.group("mark"), glued));
            } else {
                pieces.add(new Piece(Kind.FIXED, matcher.group(), glued));
            }
        }
    }

    List<Piece> pieces() {
        return pieces;
    }
}
