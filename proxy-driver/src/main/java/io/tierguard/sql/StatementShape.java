package io.tierguard.sql;

import java.util.List;
import java.util.Optional;

/**
 * Writes what two texts have in common that differ in constants alone.
 *
 * <p>INVARIANT: texts of one shape have the same tokens but for the text of constants, and the same masked text. Marks
 * are control characters, which no readable text holds outside of quoted names, and a name is told with its length.
 */
final class StatementShape {
    private static final char CONSTANT = '\u0001';
    private static final char NAME = '\u0002';

    private StatementShape() {}

    static Optional<String> of(String sql, List<Token> tokens) {
        if (sql.indexOf('\\') >= 0) {
            return Optional.empty(); // a statement of the same text may change what a backslash means
        }
        StringBuilder shape = new StringBuilder(Math.min(sql.length(), 4096));
        boolean hasConstant = false;
        int end = tokens.isEmpty() ? 0 : tokens.get(0).start();
        for (Token token : tokens) {
            if (token.start() > end) {
                shape.append(' ');
            }
            end = token.end();
            switch (token.kind()) {
                case STRING, ESCAPED_STRING, BINARY, NUMBER, PARAMETER -> {
                    hasConstant |= token.kind() != Token.Kind.PARAMETER;
                    shape.append(CONSTANT).append((char) ('0' + token.kind().ordinal()));
                }
                case NAME -> {
                    String name = token.text();
                    shape.append(NAME).append(name.length()).append(':').append(name);
                    shape.append(NAME).append(sql, token.start(), end);
                }
                case WORD -> shape.append(sql, token.start(), end);
                case SYMBOL -> {
                    if (token.isSymbol("{") || token.isSymbol("}")) {
                        return Optional.empty();
                    }
                    shape.append(token.text());
                }
            }
        }
        return hasConstant ? Optional.of(shape.toString()) : Optional.empty();
    }
}
