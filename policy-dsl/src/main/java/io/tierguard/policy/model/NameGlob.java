package io.tierguard.policy.model;

import java.util.Optional;

/**
 * A set of names: a word in which each {@code *} stands for any characters, none included.
 *
 * <p>Containment is exact. Names are drawn from an alphabet far larger than any pattern, so some letter occurs in
 * neither of two patterns. Put that letter where P has its stars: if Q matches the word, stars of Q absorbed every
 * strange letter and would absorb anything else in its place, so Q covers P; if Q does not, the word itself is the
 * counterexample. {@link #WILD} plays the strange letter, which makes containment one match against P's own spelling.
 */
public final class NameGlob {

    /** What stands for a star inside {@link #spelling}; no name in a policy may contain it. */
    static final char WILD = '\0';

    /** Every name. */
    public static final NameGlob ANY = new NameGlob("*", String.valueOf(WILD));

    private final String written;
    private final String spelling;
    private final boolean literal;

    private NameGlob(String written, String spelling) {
        this.written = written;
        this.spelling = spelling;
        this.literal = spelling.indexOf(WILD) < 0;
    }

    /** The names that a word with stars matches. */
    public static NameGlob of(String word) {
        StringBuilder spelling = new StringBuilder(word.length());
        String folded = TableName.fold(word);
        for (int at = 0; at < folded.length(); at++) {
            char next = folded.charAt(at) == '*' ? WILD : folded.charAt(at);
            boolean repeated = next == WILD && !spelling.isEmpty() && spelling.charAt(spelling.length() - 1) == WILD;
            if (!repeated) {
                spelling.append(next);
            }
        }
        return new NameGlob(word, spelling.toString());
    }

    /** One name, in which a star is only a star. */
    public static NameGlob literal(String name) {
        return new NameGlob(name, TableName.fold(name));
    }

    /** Whether this is one name. */
    public boolean isLiteral() {
        return literal;
    }

    /** Whether a folded name is in the set. */
    public boolean matches(String name) {
        return literal ? spelling.equals(name) : GlobMatch.matches(spelling, name);
    }

    /** The set as a server holds it that cuts names at so many bytes of UTF-8: of one too long its beginning is the name. */
    NameGlob cutTo(int bytes) {
        String fixed = literal ? written : written.substring(0, written.indexOf('*'));
        String cut = TableName.cut(fixed, bytes);
        boolean fits = literal
                ? cut.length() == fixed.length()
                : TableName.cut(fixed + "x", bytes).length() > fixed.length();
        return fits ? this : literal(cut);
    }

    /** Whether every name of the other set is in this one. */
    public boolean covers(NameGlob other) {
        return matches(other.spelling);
    }

    /** Whether the other set holds the same names. */
    public boolean sameAs(NameGlob other) {
        return covers(other) && other.covers(this);
    }

    /** The shortest name that both sets hold, if they share any. */
    public Optional<String> common(NameGlob other) {
        if (literal || other.literal) {
            boolean shared = literal ? other.matches(spelling) : matches(other.spelling);
            return shared ? Optional.of(literal ? spelling : other.spelling) : Optional.empty();
        }
        return GlobMatch.common(spelling, other.spelling);
    }

    /** Whether this set covers what two others share; false where their shared part is no glob, unless it covers one of them. */
    boolean coversCommon(NameGlob left, NameGlob right) {
        return covers(left) || covers(right);
    }

    /** A name of this set that only a set which covers this one holds. */
    public String stranger() {
        return spelling;
    }

    /** What every name of the set begins with; of one name, the name. */
    public String beginning() {
        return literal ? spelling : spelling.substring(0, spelling.indexOf(WILD));
    }

    @Override
    public String toString() {
        return spelling.replace(WILD, '*');
    }
}
