package io.tierguard.cli.explain;

import io.tierguard.sql.Dialect;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.Script;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes statements of the command's arguments: a text, a file, or standard input. */
final class Input {
    private static final String STANDARD_INPUT = "-";
    private static final int LONGEST = 1 << 24;

    private final InputStream standardInput;
    private final Dialect dialect;

    /**
     * One text that is executed in one call.
     *
     * @param place where it stands, as {@code file:line}; empty for an argument
     * @param shown the text as it stands
     * @param text the text to judge, in which places are those of its file
     * @param placeholders what a question mark in it means
     */
    record Text(String place, String shown, String text, Placeholders placeholders) {}

    Input(InputStream standardInput, Dialect dialect) {
        this.standardInput = standardInput;
        this.dialect = dialect;
    }

    /** The texts of an argument. */
    List<Text> of(String argument) throws UnusableArgumentException {
        if (argument.equals(STANDARD_INPUT)) {
            return script("standard input", standardInput);
        }
        Path file = file(argument);
        if (Files.isRegularFile(file)) {
            try (InputStream content = Files.newInputStream(file)) {
                return script(argument, content);
            } catch (IOException e) {
                throw unreadable(argument, String.valueOf(e.getMessage()));
            }
        }
        if (isMeantAsFile(argument)) {
            throw unreadable(argument, "it does not exist");
        }
        return List.of(new Text("", argument, argument, Placeholders.QUESTION_MARKS));
    }

    /** Nobody writes SQL without a blank that ends like the name of a file. */
    private static boolean isMeantAsFile(String argument) {
        return argument.endsWith(".sql") && argument.indexOf(' ') < 0;
    }

    /** The path an argument would be; where it can be none, one that leads to no file. */
    private static Path file(String argument) {
        boolean isPossible = argument.indexOf('\0') < 0 && argument.indexOf('\n') < 0 && !argument.isBlank();
        try {
            return Path.of(isPossible ? argument : "");
        } catch (InvalidPathException e) {
            return Path.of("");
        }
    }

    private List<Text> script(String name, InputStream content) throws UnusableArgumentException {
        try {
            byte[] bytes = content.readNBytes(LONGEST);
            String script = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            String unmarked = script.startsWith("\uFEFF") ? script.substring(1) : script;
            List<Text> texts = new ArrayList<>();
            for (Script.Statement statement : Script.split(unmarked, dialect, Placeholders.NONE)) {
                String place = name + ":" + statement.line();
                texts.add(new Text(place, statement.text(), statement.inPlace(), Placeholders.NONE));
            }
            return texts;
        } catch (CharacterCodingException e) {
            throw unreadable(name, "it is no UTF-8 text");
        } catch (IOException e) {
            throw unreadable(name, String.valueOf(e.getMessage()));
        } catch (Script.UnreadableScriptException e) {
            throw unreadable(name, String.valueOf(e.getMessage()));
        }
    }

    private static UnusableArgumentException unreadable(String name, String reason) {
        return new UnusableArgumentException(name + " cannot be read: " + reason);
    }
}
