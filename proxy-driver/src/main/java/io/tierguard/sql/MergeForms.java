package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes parts of PostgreSQL's MERGE that the structure parser does not know in a form that it does.
 *
 * <p>INVARIANT: of a branch that does nothing its own words alone are left out; its condition goes on in the condition of
 * the join, where it sees the same names and narrows nothing that an effect tells.
 */
final class MergeForms {

    private MergeForms() {}

    /** The tokens of a statement; of any other than MERGE as they are. */
    static List<Token> of(List<Token> tokens) {
        int using = topLevel(tokens, "using", 0, tokens.size());
        boolean isMerge = topLevel(tokens, "merge", 0, tokens.size()) >= 0
                && using > 0
                && nextBranch(tokens, using) < tokens.size();
        return isMerge ? withoutNothing(withSourceInParentheses(tokens, using)) : tokens;
    }

    /** A source that is a join, in parentheses of its own. */
    private static List<Token> withSourceInParentheses(List<Token> tokens, int using) {
        int when = nextBranch(tokens, using);
        int on = lastOn(tokens, using, when);
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

    /** Where the condition begins, behind those of a source that is a join; -1 where there is none. */
    static int lastOn(List<Token> tokens, int using, int when) {
        int on = -1;
        for (int i = topLevel(tokens, "on", using, when); i >= 0; i = topLevel(tokens, "on", i + 1, when)) {
            on = i;
        }
        return on;
    }

    /** Without branches that do nothing; where there is no other branch all stay as they are. */
    private static List<Token> withoutNothing(List<Token> tokens) {
        int start = nextBranch(tokens, 0);
        List<Token> plain = new ArrayList<>(tokens.subList(0, start));
        List<Token> branches = new ArrayList<>();
        boolean others = false;
        while (start < tokens.size()) {
            int next = nextBranch(tokens, start + 1);
            List<Token> branch = tokens.subList(start, next);
            int nothing = endOfNothing(branch);
            if (nothing > 0 && (nothing == branch.size() || next == tokens.size())) {
                addCondition(plain, branch);
                branches.addAll(branch.subList(nothing, branch.size())); // RETURNING behind the last branch
            } else {
                others = true;
                branches.addAll(withValues(branch));
            }
            start = next;
        }
        plain.addAll(branches);
        return others ? plain : tokens;
    }

    /** Where a branch that does nothing ends; -1 of any other. */
    static int endOfNothing(List<Token> branch) {
        int then = thenOf(branch);
        boolean nothing = then > 0
                && then + 2 < branch.size()
                && branch.get(then + 1).is("do")
                && branch.get(then + 2).is("nothing");
        return nothing ? then + 3 : -1;
    }

    /** Where THEN stands of a branch whose head is plain; -1 where it is not. */
    private static int thenOf(List<Token> branch) {
        int head = endOfHead(branch);
        boolean known = head < branch.size()
                && (branch.get(head).is("and") || branch.get(head).is("then"));
        return known ? topLevel(branch, "then", head, branch.size()) : -1;
    }

    private static int endOfHead(List<Token> branch) {
        int end = branch.get(1).is("not") ? 3 : 2;
        boolean bySide = end + 1 < branch.size()
                && branch.get(end).is("by")
                && (branch.get(end + 1).is("source") || branch.get(end + 1).is("target"));
        return bySide ? end + 2 : end;
    }

    /** Adds the condition of a branch that does nothing, where it has one. */
    static void addCondition(List<Token> plain, List<Token> branch) {
        int head = endOfHead(branch);
        int then = thenOf(branch);
        if (head < then) {
            Token and = branch.get(head);
            plain.add(and);
            plain.add(symbol("(", and));
            plain.addAll(branch.subList(head + 1, then));
            plain.add(symbol(")", branch.get(then)));
        }
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

    /** Where the next branch begins. */
    static int nextBranch(List<Token> tokens, int from) {
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

    /** Where a word stands in no parentheses and no CASE; -1 where it does not. */
    static int topLevel(List<Token> tokens, String word, int from, int to) {
        int depth = 0;
        int cases = 0;
        for (int i = from; i < to; i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0 && cases == 0 && token.is(word)) {
                return i;
            }
            boolean named = i > 0
                    && (tokens.get(i - 1).isSymbol(".") || tokens.get(i - 1).is("as"));
            if (depth == 0 && !named) {
                cases += token.is("case") ? 1 : token.is("end") && cases > 0 ? -1 : 0;
            }
        }
        return -1;
    }

    private static Token symbol(String text, Token place) {
        return new Token(Token.Kind.SYMBOL, text, place.start(), place.start());
    }
}
