package io.tierguard.sql;

import java.util.List;
import java.util.Optional;

/**
 * A text that is cut into tokens and not read yet, or that cannot be cut; for one thread.
 *
 * <p>Texts of one shape differ in constants, comments and the width of blanks alone.
 */
public final class CutText {
    private final String sql;
    private final List<Token> tokens;
    private final ConstantReads reads;
    private final Optional<Problem> problem;

    /** The same text where its names are folded in another way; empty where there is no other. */
    private final Optional<CutText> otherwise;

    private CutText(
            String sql,
            List<Token> tokens,
            ConstantReads reads,
            Optional<Problem> problem,
            Optional<CutText> otherwise) {
        this.sql = sql;
        this.tokens = tokens;
        this.reads = reads;
        this.problem = problem;
        this.otherwise = otherwise;
    }

    static CutText of(String sql, List<Token> tokens, ConstantReads reads) {
        return new CutText(sql, tokens, reads, Optional.empty(), Optional.empty());
    }

    static CutText unreadable(String sql, Problem problem) {
        return new CutText(sql, List.of(), new ConstantReads(), Optional.of(problem), Optional.empty());
    }

    /** This text, of which nobody knows whether it is not the other. */
    CutText or(CutText other) {
        return new CutText(sql, tokens, reads, problem, Optional.of(other));
    }

    /** Whether a letter is in a name. */
    boolean names(String letter) {
        return tokens.stream()
                .anyMatch(
                        token -> token.kind() == Token.Kind.NAME && token.text().contains(letter));
    }

    /** What it may be as well. */
    Optional<CutText> otherwise() {
        return otherwise;
    }

    String sql() {
        return sql;
    }

    List<Token> tokens() {
        return tokens;
    }

    /** Why it cannot be cut. */
    Optional<Problem> problem() {
        return problem;
    }

    /** Whether a constant's text has been looked at since the text was cut. */
    boolean restsOnConstants() {
        return reads.any();
    }

    /**
     * The text's shape, whole; empty where the text has no constant that another text could have otherwise, and where a
     * JDBC escape or a backslash is in it, whose meaning is in its characters.
     */
    public Optional<String> shape() {
        return otherwise.isPresent() ? Optional.empty() : StatementShape.of(sql, tokens);
    }
}
