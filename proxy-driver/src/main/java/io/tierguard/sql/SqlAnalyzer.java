package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Says what a text could do to which table.
 *
 * <p>Total: it never throws, and its time and memory are bounded by the text's length. Safe to share between threads.
 */
public final class SqlAnalyzer {

    private final LexicalModes modes;
    private final StatementReader reader;

    /** An analyzer for connections whose text is cut in the given way. */
    public SqlAnalyzer(LexicalModes modes) {
        this.modes = modes;
        this.reader = new StatementReader(modes.dialect());
    }

    /** Everything the text could do, statement by statement. */
    public AnalyzedText analyze(String sql, Placeholders placeholders) {
        try {
            return read(sql, placeholders);
        } catch (UnreadableTextException notCut) {
            return unreadable(notCut.problemIn(sql));
        } catch (RuntimeException | StackOverflowError unforeseen) {
            String what = unforeseen.getClass().getSimpleName();
            return unreadable(Problem.ofWholeText("the reading failed with " + what, "report this as a fault"));
        }
    }

    /**
     * What a body of code could do at most, by its words alone: {@link StatementEffects.Bounded}, or unreadable where it
     * runs text that it makes itself, calls other code, or changes more than rows.
     */
    public StatementEffects boundOfCode(String body) {
        try {
            List<Token> tokens = Tokenizer.of(modes, Placeholders.NONE, body).tokenize();
            Problem problem = Problem.ofWholeText("code is read by its words alone", "");
            return tokens.stream().anyMatch(WritingWords::hidesOrRebuilds)
                    ? new StatementEffects.Unreadable("CODE", problem)
                    : TokenBound.of(modes.dialect(), WritingWords.withoutControl(tokens), "CODE", problem);
        } catch (UnreadableTextException notCut) {
            return new StatementEffects.Unreadable("CODE", notCut.problemIn(body));
        }
    }

    private AnalyzedText read(String sql, Placeholders placeholders) {
        List<Token> tokens = Tokenizer.of(modes, placeholders, sql).tokenize();
        List<Token> plain = JdbcEscapes.rewrite(sql, tokens, modes.dialect());
        List<StatementEffects> statements = new ArrayList<>();
        for (List<Token> statement : StatementSplitter.split(plain)) {
            statements.add(reader.read(sql, statement));
        }
        return new AnalyzedText(statements, MaskedText.of(sql, tokens));
    }

    private static AnalyzedText unreadable(Problem problem) {
        return new AnalyzedText(
                List.of(new StatementEffects.Unreadable("UNREADABLE", problem)), MaskedText.OF_UNREADABLE);
    }
}
