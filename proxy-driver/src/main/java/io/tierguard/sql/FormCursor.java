package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;

/** A place in a statement's tokens, and what has been written in their stead so far; for one thread. */
final class FormCursor {
    static final Token END = new Token(Token.Kind.SYMBOL, "", 0, 0);

    final List<Token> in;
    final List<Token> out = new ArrayList<>();
    int position;

    FormCursor(List<Token> in) {
        this.in = in;
    }

    /** The token so far ahead. */
    Token at(int distance) {
        int index = position + distance;
        return index < in.size() ? in.get(index) : END;
    }

    /** The token that was written last. */
    Token previous() {
        return out.isEmpty() ? END : out.get(out.size() - 1);
    }

    void addNumber() {
        int place = in.get(position).start();
        out.add(new Token(Token.Kind.NUMBER, "0", place, place));
    }
}
