package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

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
        return boundsOfCode(body, tokens -> List.of(tokens)).get(0);
    }

    /**
     * The same for each statement of a body by itself, so that what one reads does not count as what another writes; the
     * one unreadable where any is.
     */
    public List<StatementEffects> boundsOfCode(String body) {
        return boundsOfCode(body, SqlAnalyzer::apart);
    }

    private List<StatementEffects> boundsOfCode(String body, Function<List<Token>, List<List<Token>>> split) {
        try {
            List<Token> tokens = Tokenizer.of(modes, Placeholders.NONE, body).tokenize();
            Problem problem = Problem.ofWholeText("code is read by its words alone", "");
            if (tokens.stream().anyMatch(WritingWords::hidesOrRebuilds) || SessionWords.begin(tokens)) {
                return List.of(new StatementEffects.Unreadable("CODE", problem));
            }
            return split.apply(WritingWords.withoutControl(tokens)).stream()
                    .map(part -> TokenBound.of(modes.dialect(), part, "CODE", problem))
                    .toList();
        } catch (UnreadableTextException notCut) {
            return List.of(new StatementEffects.Unreadable("CODE", notCut.problemIn(body)));
        }
    }

    private static List<List<Token>> apart(List<Token> tokens) {
        List<List<Token>> parts = new ArrayList<>();
        int start = 0;
        for (int at = 0; at <= tokens.size(); at++) {
            if (at == tokens.size() || tokens.get(at).isSymbol(";")) {
                parts.add(tokens.subList(start, at));
                start = at + 1;
            }
        }
        return parts;
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
