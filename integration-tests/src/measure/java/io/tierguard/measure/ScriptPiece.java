package io.tierguard.measure;

import java.util.List;

/** One piece of a psql script. */
sealed interface ScriptPiece {

    /**
     * A statement, or several that go to the server together.
     *
     * @param sql its text without the closing semicolon, variables replaced
     * @param ending the name of the backslash command that sends it, as {@code gset}; empty for a semicolon
     * @param arguments what follows that command
     */
    record Statement(String sql, String ending, List<String> arguments) implements ScriptPiece {
        public Statement {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * A backslash command of psql's own.
     *
     * @param name its name without the backslash
     */
    record Command(String name, List<String> arguments) implements ScriptPiece {
        public Command {
            arguments = List.copyOf(arguments);
        }
    }
}
