package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes PostgreSQL's {@code DELETE … USING} with a join or a query in it in a plainer form that the structure parser knows.
 *
 * <p>What stands behind USING becomes a query of its own, in the condition where there is one and in what is returned where
 * there is none, so that the table that rows are deleted from, and whether a condition narrows them, stay what they are.
 */
final class DeleteForms {
    private static final Set<String> ENDS_LIST = Set.of("where", "returning");

    private final List<Token> in;
    private final List<Token> out = new ArrayList<>();

    private DeleteForms(List<Token> in) {
        this.in = in;
    }

    /** The tokens of a statement in plainer forms. */
    static List<Token> of(List<Token> tokens) {
        boolean uses = tokens.stream().anyMatch(token -> token.is("using"))
                && tokens.stream().anyMatch(token -> token.is("delete"));
        return uses ? new DeleteForms(tokens).rewrite() : tokens;
    }

    private List<Token> rewrite() {
        int at = 0;
        while (at < in.size()) {
            int using = usingOf(at);
            int end = using < 0 ? -1 : endOfPart(using + 1);
            if (end > 0 && isMoreThanTables(using + 1, end)) {
                out.addAll(in.subList(at, using));
                at = write(using, end);
            } else {
                out.add(in.get(at));
                at++;
            }
        }
        return out;
    }

    /** Where USING stands of the DELETE that begins at an index; -1 where there is no such thing. */
    private int usingOf(int start) {
        boolean begins = start + 3 < in.size()
                && in.get(start).is("delete")
                && in.get(start + 1).is("from")
                && (start == 0 || !in.get(start - 1).isSymbol("."));
        if (!begins) {
            return -1;
        }
        int end = endOfPart(start + 2);
        for (int at = start + 2, depth = 0; at < end; at++) {
            depth += step(at);
            if (depth == 0 && in.get(at).is("using")) {
                return at;
            }
        }
        return -1;
    }

    /** Where the condition, what is returned, or the whole statement ends. */
    private int endOfPart(int start) {
        int depth = 0;
        for (int at = start; at < in.size(); at++) {
            depth += step(at);
            boolean ends = in.get(at).kind() == Token.Kind.WORD
                    && ENDS_LIST.contains(in.get(at).text());
            if (depth < 0 || (depth == 0 && ends)) {
                return at;
            }
        }
        return in.size();
    }

    private int step(int at) {
        return in.get(at).isSymbol("(") ? 1 : in.get(at).isSymbol(")") ? -1 : 0;
    }

    private boolean isMoreThanTables(int start, int end) {
        return in.subList(start, end).stream().anyMatch(token -> token.is("join") || token.isSymbol("("));
    }

    /** Writes the statement from USING on; where what comes after it begins. */
    private int write(int using, int end) {
        boolean hasCondition = end < in.size() && in.get(end).is("where");
        int endOfCondition = hasCondition ? endOfPart(end + 1) : end;
        Token place = in.get(using);
        word(hasCondition ? "where" : "returning", place);
        word("exists", place);
        symbol("(", place);
        word("select", place);
        out.add(new Token(Token.Kind.NUMBER, "0", place.start(), place.end()));
        word("from", place);
        // A DELETE inside is a statement of its own.
        out.addAll(of(in.subList(using + 1, endOfCondition)));
        symbol(")", place);
        boolean returns = endOfCondition < in.size() && in.get(endOfCondition).is("returning");
        if (returns && !hasCondition) {
            symbol(",", place);
            return endOfCondition + 1;
        }
        return endOfCondition;
    }

    private void word(String text, Token at) {
        out.add(new Token(Token.Kind.WORD, text, at.start(), at.end()));
    }

    private void symbol(String text, Token at) {
        out.add(new Token(Token.Kind.SYMBOL, text, at.start(), at.end()));
    }
}
