package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;

/** Writes parts of PostgreSQL's MERGE that the structure parser does not know in a form that it does. */
final class MergeForms {

    private MergeForms() {}

    /** The tokens of a statement; of any other than MERGE as they are. */
    static List<Token> of(List<Token> tokens) {
        int using = topLevel(tokens, "using", 0, tokens.size());
        boolean isMerge = topLevel(tokens, "merge", 0, tokens.size()) >= 0
                && using > 0
                && topLevel(tokens, "when", using, tokens.size()) > 0;
        return isMerge ? withoutNothing(withSourceInParentheses(tokens, using)) : tokens;
    }

    /** A source that is a join, in parentheses of its own. */
    private static List<Token> withSourceInParentheses(List<Token> tokens, int using) {
        int when = topLevel(tokens, "when", using, tokens.size());
        int on = -1;
        for (int i = topLevel(tokens, "on", using, when); i >= 0; i = topLevel(tokens, "on", i + 1, when)) {
            on = i;
        }
        if (on < 0 || topLevel(tokens, "join", using, on) < 0) {
            return tokens;
        }
        List<Token> plain = new ArrayList<>(tokens.subList(0, using + 1));
        plain.add(symbol("(", tokens.get(using)));
        plain.addAll(tokens.subList(using + 1, on));
        plain.add(symbol(")", tokens.get(on)));
        plain.addAll(tokens.subList(on, tokens.size()));
        return plain;
    }

    /**
     * Without branches that do nothing and look at nothing more. Where there is no other branch, or one has a condition of
     * its own, all stay as they are.
     */
    private static List<Token> withoutNothing(List<Token> tokens) {
        List<Token> plain = new ArrayList<>();
        int start = topLevel(tokens, "when", 0, tokens.size());
        plain.addAll(tokens.subList(0, start));
        boolean others = false;
        while (start < tokens.size()) {
            int next = nextBranch(tokens, start + 1);
            List<Token> branch = tokens.subList(start, next);
            boolean nothing = isNothing(branch);
            others |= !nothing;
            if (!nothing) {
                plain.addAll(withValues(branch));
            } else if (next == tokens.size()) {
                int then = topLevel(tokens, "then", start, next);
                plain.addAll(tokens.subList(then + 3, next)); // RETURNING behind the last branch
            }
            start = next;
        }
        return others ? plain : tokens;
    }

    private static boolean isNothing(List<Token> branch) {
        int then = topLevel(branch, "then", 0, branch.size());
        boolean plain = topLevel(branch, "and", 0, Math.max(0, then)) < 0;
        return plain
                && then > 0
                && then + 2 < branch.size()
                && branch.get(then + 1).is("do")
                && branch.get(then + 2).is("nothing");
    }

    /** INSERT DEFAULT VALUES as an INSERT of a default. */
    private static List<Token> withValues(List<Token> branch) {
        int insert = topLevel(branch, "insert", 0, branch.size());
        boolean isDefault = insert > 0
                && insert + 2 < branch.size()
                && branch.get(insert + 1).is("default")
                && branch.get(insert + 2).is("values");
        if (!isDefault) {
            return branch;
        }
        List<Token> plain = new ArrayList<>(branch.subList(0, insert + 1));
        Token values = branch.get(insert + 2);
        plain.add(values);
        plain.add(symbol("(", values));
        plain.add(branch.get(insert + 1));
        plain.add(symbol(")", values));
        plain.addAll(branch.subList(insert + 3, branch.size()));
        return plain;
    }

    /** Where the next branch begins; a CASE has words of the same name inside. */
    private static int nextBranch(List<Token> tokens, int from) {
        for (int i = topLevel(tokens, "when", from, tokens.size());
                i >= 0;
                i = topLevel(tokens, "when", i + 1, tokens.size())) {
            boolean branch = i + 1 < tokens.size()
                    && (tokens.get(i + 1).is("matched")
                            || (tokens.get(i + 1).is("not")
                                    && i + 2 < tokens.size()
                                    && tokens.get(i + 2).is("matched")));
            if (branch) {
                return i;
            }
        }
        return tokens.size();
    }

    private static int topLevel(List<Token> tokens, String word, int from, int to) {
        int depth = 0;
        for (int i = from; i < to; i++) {
            depth += tokens.get(i).isSymbol("(") ? 1 : tokens.get(i).isSymbol(")") ? -1 : 0;
            if (depth == 0 && tokens.get(i).is(word)) {
                return i;
            }
        }
        return -1;
    }

    private static Token symbol(String text, Token place) {
        return new Token(Token.Kind.SYMBOL, text, place.start(), place.start());
    }
}
