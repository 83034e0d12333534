package io.tierguard.sql;

import io.tierguard.policy.model.Power;
import java.util.List;

/** Reads H2's statements that run a text, and the first phase of a commit. */
final class H2TextStatements {
    private final StatementReader reader;

    H2TextStatements(StatementReader reader) {
        this.reader = reader;
    }

    StatementEffects readPrepare(StatementTokens statement, int depth) {
        statement.next();
        return statement.is("commit") && statement.rest().size() == 2
                ? Readings.power("PREPARE COMMIT", Power.ADMINISTER, List.of())
                : Readings.unreadable("PREPARE", statement, "a form of PREPARE that is not known", "");
    }

    /** The tokens of what runs, where a text stands there that can be cut; else the statement's own. */
    static List<Token> inside(List<Token> statement) {
        boolean isText = statement.size() == 3
                && statement.get(0).is("execute")
                && statement.get(1).is("immediate")
                && statement.get(2).kind() == Token.Kind.STRING;
        if (!isText) {
            return statement;
        }
        try {
            String text = statement.get(2).text();
            return inside(Tokenizer.of(LexicalModes.defaultsOf(Dialect.H2), Placeholders.NONE, text)
                    .tokenize());
        } catch (UnreadableTextException notCut) {
            return statement; // and refused as that
        }
    }

    /** A text that stands there can be read; one that is computed cannot. */
    StatementEffects readExecute(StatementTokens statement, int depth) {
        statement.next();
        Token text = statement.peek(1);
        boolean isLiteral = statement.is("immediate")
                && text.kind() == Token.Kind.STRING
                && statement.rest().size() == 2
                && text.text().indexOf('[') < 0; // which one mode of H2 takes for a quote
        if (!isLiteral) {
            return Readings.unreadable("EXECUTE", statement, "EXECUTE hides what it runs", "send the statement itself");
        }
        try {
            List<Token> tokens = Tokenizer.of(LexicalModes.defaultsOf(Dialect.H2), Placeholders.NONE, text.text())
                    .tokenize();
            List<List<Token>> statements = StatementSplitter.split(tokens);
            return statements.size() == 1
                    ? reader.readInner(new StatementTokens(text.text(), statements.get(0)), depth)
                    : Readings.unreadable("EXECUTE", statement, "a text that is not one statement", "");
        } catch (UnreadableTextException notCut) {
            return new StatementEffects.Unreadable("EXECUTE", notCut.problemIn(text.text()));
        }
    }
}
