package io.tierguard.measure;

import io.tierguard.measure.PsqlVariables.Replacement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Cuts a psql script into statements and commands, as far as test scripts need it; for one thread. */
final class PsqlScript {

    private static final Set<String> SENDING = Set.of(
            "g", "gx", "gset", "gexec", "gdesc", "crosstabview", "watch", "bind", "bind_named", "parse", "sendpipeline");

    private final String text;
    private final PsqlVariables variables;
    private int position;
    private final StringBuilder statement = new StringBuilder();
    private int parentheses;
    private int atomicBlocks;
    private String words = "";

    PsqlScript(String text, PsqlVariables variables) {
        this.text = text;
        this.variables = variables;
    }

    /** The next piece; empty at the end. */
    Optional<ScriptPiece> next(boolean backslashEscapes) {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '\\') {
                Optional<ScriptPiece> piece = backslash();
                if (piece.isPresent()) {
                    return piece;
                }
            } else if (c == ';' && parentheses <= 0 && atomicBlocks == 0) {
                position++;
                return Optional.of(sent("", List.of()));
            } else {
                token(c, backslashEscapes);
            }
        }
        return statement.toString().isBlank() ? Optional.empty() : Optional.of(sent("", List.of()));
    }

    /** The lines up to one that holds nothing but {@code \.}, as COPY FROM stdin wants them. */
    String takeData() {
        int lineEnd = text.indexOf('\n', position);
        position = lineEnd < 0 ? text.length() : lineEnd + 1;
        int start = position;
        while (position < text.length()) {
            int end = text.indexOf('\n', position);
            String line = text.substring(position, end < 0 ? text.length() : end);
            int lineStart = position;
            position = end < 0 ? text.length() : end + 1;
            if (line.strip().equals("\\.")) {
                return text.substring(start, lineStart);
            }
        }
        return text.substring(start);
    }

    private void token(char c, boolean backslashEscapes) {
        int start = position;
        if (c == '\'') {
            boolean escapes = backslashEscapes || isEscapePrefix(start);
            position = endOfQuoted(start, '\'', escapes);
        } else if (c == '"') {
            position = endOfQuoted(start, '"', false);
        } else if (text.startsWith("--", start)) {
            int end = text.indexOf('\n', start);
            position = end < 0 ? text.length() : end;
        } else if (text.startsWith("/*", start)) {
            position = endOfComment(start);
        } else if (c == '$' && endOfTag(start) > 0) {
            String tag = text.substring(start, endOfTag(start));
            int close = text.indexOf(tag, start + tag.length());
            position = close < 0 ? text.length() : close + tag.length();
        } else if (c == ':') {
            boolean cast = text.startsWith("::", start);
            Replacement replacement = cast ? null : variables.at(text, start);
            if (replacement != null) {
                statement.append(replacement.text());
                position = replacement.end();
                return;
            }
            position += cast ? 2 : 1;
        } else if (isWordPart(c)) {
            while (position < text.length() && isWordPart(text.charAt(position))) {
                position++;
            }
            word(text.substring(start, position).toLowerCase(Locale.ROOT));
        } else {
            parentheses += c == '(' ? 1 : c == ')' ? -1 : 0;
            position++;
        }
        statement.append(text, start, position);
    }

    /** Counts the blocks of a routine whose body is written in the statement, in which a semicolon ends nothing. */
    private void word(String word) {
        if (words.length() < 60) {
            words += word + " ";
        }
        boolean routine = words.matches("create (or replace )?(function|procedure) .*");
        if (routine && (word.equals("begin") || (word.equals("case") && atomicBlocks > 0))) {
            atomicBlocks++;
        } else if (routine && word.equals("end") && atomicBlocks > 0) {
            atomicBlocks--;
        }
    }

    private Optional<ScriptPiece> backslash() {
        char next = position + 1 < text.length() ? text.charAt(position + 1) : '\n';
        if (next == ';') {
            statement.append(';');
            position += 2;
            return Optional.empty();
        }
        if (next == '\\') {
            position += 2;
            return Optional.empty();
        }
        int lineEnd = text.indexOf('\n', position);
        int end = lineEnd < 0 ? text.length() : lineEnd;
        int separator = text.indexOf("\\\\", position + 1);
        boolean another = separator >= 0 && separator < end;
        String line = text.substring(position + 1, another ? separator : end).strip();
        position = another ? separator + 2 : end;
        int nameEnd = 0;
        while (nameEnd < line.length() && !Character.isWhitespace(line.charAt(nameEnd))) {
            nameEnd++;
        }
        String name = line.substring(0, nameEnd);
        int nested = line.indexOf(" \\g");
        List<String> arguments = variables.arguments(nested < 0 ? line.substring(nameEnd) : "");
        if (SENDING.contains(name) && !statement.toString().isBlank()) {
            return Optional.of(sent(name, arguments));
        }
        if (name.equals("r")) {
            clear();
        }
        return Optional.of(new ScriptPiece.Command(name, arguments));
    }

    private ScriptPiece sent(String ending, List<String> arguments) {
        String sql = statement.toString().strip();
        clear();
        return new ScriptPiece.Statement(sql, ending, arguments);
    }

    private void clear() {
        statement.setLength(0);
        parentheses = 0;
        atomicBlocks = 0;
        words = "";
    }

    private boolean isEscapePrefix(int quote) {
        char before = quote > 0 ? text.charAt(quote - 1) : ' ';
        char beforeThat = quote > 1 ? text.charAt(quote - 2) : ' ';
        return (before == 'e' || before == 'E') && !isWordPart(beforeThat);
    }

    private int endOfQuoted(int start, char quote, boolean escapes) {
        int i = start + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (escapes && c == '\\') {
                i += 2;
            } else if (c != quote) {
                i++;
            } else if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
                i += 2;
            } else {
                return i + 1;
            }
        }
        return text.length();
    }

    private int endOfComment(int start) {
        int depth = 0;
        int i = start;
        while (i < text.length()) {
            if (text.startsWith("/*", i)) {
                depth++;
                i += 2;
            } else if (text.startsWith("*/", i)) {
                depth--;
                i += 2;
                if (depth == 0) {
                    return i;
                }
            } else {
                i++;
            }
        }
        return text.length();
    }

    private int endOfTag(int start) {
        int i = start + 1;
        while (i < text.length() && isWordPart(text.charAt(i)) && text.charAt(i) != '$') {
            i++;
        }
        boolean digit = i > start + 1 && Character.isDigit(text.charAt(start + 1));
        return !digit && i < text.length() && text.charAt(i) == '$' ? i + 1 : -1;
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
