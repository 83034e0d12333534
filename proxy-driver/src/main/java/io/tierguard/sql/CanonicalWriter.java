package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the canonical text of one statement's tokens. */
final class CanonicalWriter {

    private static final String NEUTRAL_PREFIX = "tg_name_";

    /** Operators that give a value, where every other unusual operator is taken to compare. */
    private static final Set<String> VALUE_OPERATORS =
            Set.of("->", "->>", "#>", "#>>", "#-", "||", "&", "|", "#", "<<", ">>", "<->", "^");

    /** Symbols that are the same in every SQL. */
    private static final Set<String> PLAIN_SYMBOLS = Set.of(
            ",", "(", ")", "[", "]", ".", "+", "-", "*", "/", "%", "=", "<", ">", "<=", ">=", "<>", "!=", "||", "::",
            ":", "@");

    private final Map<String, String> neutralNames = new HashMap<>();
    private final Map<String, String> originals = new HashMap<>();
    private final Set<String> folding = new HashSet<>();
    private final FoldedPieces pieces = new FoldedPieces();

    private CanonicalWriter() {}

    /** The canonical text of a statement. */
    static CanonicalText write(Dialect dialect, List<Token> statement) {
        return write(dialect, new CanonicalWriter(), PlainForms.of(dialect, statement));
    }

    /** The canonical text of a statement of PostgreSQL, with words as names where nothing but a name can stand. */
    static CanonicalText writeNames(List<Token> statement) {
        List<Token> plain = PlainForms.of(Dialect.POSTGRESQL, PlainNames.of(statement));
        // Of a function with a grammar of its own the arguments are plain only now.
        return write(Dialect.POSTGRESQL, new CanonicalWriter(), PlainNames.of(plain));
    }

    /** The canonical text of tokens in their plainest form. */
    static CanonicalText write(List<Token> plain) {
        return write(Dialect.MYSQL, new CanonicalWriter(), plain);
    }

    private static CanonicalText write(Dialect dialect, CanonicalWriter writer, List<Token> tokens) {
        NarrowingWords narrowing = new NarrowingWords(dialect, tokens);
        int i = 0;
        while (i < tokens.size()) {
            int skipped = narrowing.lengthAt(i);
            if (skipped > 0) {
                i += skipped;
            } else {
                writer.append(tokens, i);
                i++;
            }
        }
        return new CanonicalText(writer.pieces.join(), writer.originals, writer.folding, writer.pieces.size());
    }

    private void append(List<Token> tokens, int index) {
        Token token = tokens.get(index);
        boolean continues = index > 0
                && token.kind() == Token.Kind.STRING
                && (tokens.get(index - 1).kind() == Token.Kind.STRING
                        || tokens.get(index - 1).kind() == Token.Kind.BINARY);
        boolean signsSigned = isSign(token) && index > 0 && isSign(tokens.get(index - 1));
        if (!continues && !signsSigned) {
            pieces.add(piece(token));
        }
    }

    private static boolean isSign(Token token) {
        return token.isSymbol("-") || token.isSymbol("+");
    }

    private String piece(Token token) {
        return switch (token.kind()) {
            case WORD -> isPlain(token.text()) ? token.text() : neutral(token.text());
            case NAME -> neutral(token.text());
            case STRING, ESCAPED_STRING -> "'x'";
            case BINARY -> "x'00'";
            case NUMBER -> "0";
            case PARAMETER -> "?";
            case SYMBOL -> symbol(token.text());
        };
    }

    private static String symbol(String symbol) {
        if (PLAIN_SYMBOLS.contains(symbol) || symbol.equals(";") || symbol.equals(":=") || symbol.equals("=>")) {
            return symbol;
        }
        return VALUE_OPERATORS.contains(symbol) ? "||" : "=";
    }

    private static boolean isPlain(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (!Characters.isAsciiLetter(c) && c != '_' && !Characters.isDigit(c)) {
                return false;
            }
        }
        return !word.startsWith(NEUTRAL_PREFIX);
    }

    private String neutral(String name) {
        String known = neutralNames.get(name);
        if (known != null) {
            return known;
        }
        String neutral = NEUTRAL_PREFIX + neutralNames.size();
        neutralNames.put(name, neutral);
        String folded = TableName.fold(name);
        originals.put(neutral, folded);
        if (!folded.equals(name)) {
            folding.add(neutral);
        }
        return neutral;
    }
}
