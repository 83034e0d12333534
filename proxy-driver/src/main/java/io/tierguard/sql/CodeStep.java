package io.tierguard.sql;

import java.util.List;
import java.util.Locale;

/**
 * A statement or expression of some code in a procedural language, and where it stands.
 *
 * @param effects what it does
 * @param sql the text that holds the code
 * @param origin where in the text its first line begins
 * @param code the tokens of the code
 * @param begins where among them the statement begins that it is, or is a part of
 * @param read the tokens that were read for it; none where that is hidden
 */
record CodeStep(StatementEffects effects, String sql, int origin, List<Token> code, int begins, List<Token> read) {

    /** As many tokens tell a person which statement is meant. */
    private static final int MOST_TOKENS = 5;

    /** What the steps of some code do. */
    static List<StatementEffects> effectsOf(List<CodeStep> steps) {
        return steps.stream().map(CodeStep::effects).toList();
    }

    /** What was read for it names. */
    Mentions mentions() {
        return Mentions.in(read);
    }

    /** What is against it, with where it stands, if that is known. */
    String placed(String obstacle) {
        return code.isEmpty() ? obstacle : obstacle + ": " + place();
    }

    /** Where it stands: the line of the code and the first words of the statement, none of which is a value. */
    String place() {
        if (begins >= code.size()) {
            return "its end";
        }
        return "line " + line() + ", " + words();
    }

    private int line() {
        int line = 1;
        for (int at = origin; at < code.get(begins).start(); at++) {
            line += sql.charAt(at) == '\n' ? 1 : 0;
        }
        return line;
    }

    private String words() {
        StringBuilder words = new StringBuilder();
        for (int at = begins; at < Math.min(code.size(), begins + MOST_TOKENS); at++) {
            Token token = code.get(at);
            boolean isDot = token.isSymbol(".");
            boolean isValue = at > begins && code.get(at - 1).is("to"); // of a setting, which may be a word
            if (isValue || (!isDot && !isPlainName(token))) {
                break;
            }
            boolean isApart = at > begins && !isDot && !code.get(at - 1).isSymbol(".");
            words.append(isApart ? " " : "");
            words.append(at == begins ? token.text().toUpperCase(Locale.ROOT) : token.text());
        }
        return words.isEmpty() ? "a statement that begins with no word" : words.toString();
    }

    private static boolean isPlainName(Token token) {
        return token.isIdentifier()
                && token.text().chars().allMatch(letter -> Character.isLetterOrDigit(letter) || letter == '_');
    }
}
