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
        StringBuilder shape = new StringBuilder(Math.min(sql.length() + 16, 4096));
        boolean hasConstant = false;
        int end = tokens.isEmpty() ? 0 : tokens.get(0).start();
        int from = end; // what is taken as it stands, from here on
        for (Token token : tokens) {
            int start = token.start();
            if (start > end && !(start == end + 1 && sql.charAt(end) == ' ')) {
                shape.append(sql, from, end).append(' ');
                from = start;
            }
            end = token.end();
            switch (token.kind()) {
                case STRING, ESCAPED_STRING, BINARY, NUMBER, PARAMETER -> {
                    hasConstant |= token.kind() != Token.Kind.PARAMETER;
                    shape.append(sql, from, start);
                    shape.append(CONSTANT).append((char) ('0' + token.kind().ordinal()));
                    from = end;
                }
                case NAME -> {
                    String name = token.text();
                    shape.append(sql, from, start);
                    shape.append(NAME)
                            .append(name.length())
                            .append(':')
                            .append(name)
                            .append(NAME);
                    from = start;
                }
                case WORD -> {}
                case SYMBOL -> {
                    if (token.isSymbol("{") || token.isSymbol("}")) {
                        return Optional.empty();
                    }
                }
            }
        }
        shape.append(sql, from, end);
        return hasConstant ? Optional.of(shape.toString()) : Optional.empty();
    }
}
