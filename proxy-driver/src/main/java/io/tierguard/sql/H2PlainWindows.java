package io.tierguard.sql;

import java.util.Set;

/** Rewrites what stands behind a call in H2's queries, windows above all; each method says whether there was anything. */
final class H2PlainWindows {
    private static final Set<String> IN_WINDOW = Set.of("order", "partition", "rows", "range", "groups");

    private final H2PlainForm form;

    H2PlainWindows(H2PlainForm form) {
        this.form = form;
    }

    boolean fromLast(int i) {
        boolean ofWindow = form.at(i - 1).isSymbol(")")
                && (form.is(i + 1, "last") || form.is(i + 1, "first"))
                && (form.is(i + 2, "over") || form.is(i + 2, "respect") || form.is(i + 2, "ignore"))
                && form.isCallOf("nth_value", i - 1);
        return ofWindow && skip(2);
    }

    boolean exclude(int i) {
        boolean frame = form.is(i - 1, "row") || form.is(i - 1, "preceding") || form.is(i - 1, "following");
        if (!frame) {
            return false;
        }
        boolean one = form.is(i + 1, "group") || form.is(i + 1, "ties");
        boolean two = form.is(i + 1, "current", "row") || form.is(i + 1, "no", "others");
        return (one || two) && skip(one ? 2 : 3);
    }

    /** A clause in parentheses behind a call becomes a query beside it, with everything in it. */
    boolean postfix(int i, int length, String inside) {
        boolean clause =
                form.at(i - 1).isSymbol(")") && form.at(i + length).isSymbol("(") && form.is(i + length + 1, inside);
        if (!clause) {
            return false;
        }
        form.symbol("||");
        form.skip(length);
        form.open(H2PlainForm.Group.Kind.PLAIN, 0);
        form.word("select");
        form.number();
        return true;
    }

    boolean over(int i) {
        if (!form.at(i - 1).isSymbol(")") && !form.is(i - 1, "nulls")) {
            return false;
        }
        if (form.at(i + 1).isIdentifier()) {
            return skip(2);
        }
        if (!form.at(i + 1).isSymbol("(") || form.is(i - 1, "nulls")) {
            return false;
        }
        form.symbol("||");
        form.symbol("(");
        form.word("select");
        form.word("sum");
        form.symbol("(");
        form.number();
        form.symbol(")");
        form.copy();
        form.open(H2PlainForm.Group.Kind.PLAIN, 1);
        if (isBaseWindow(i + 2)) {
            form.skip(1);
        }
        return true;
    }

    /** {@code WINDOW a AS (b ORDER BY …)} builds on another window. */
    boolean window(int i) {
        boolean base = form.at(i - 1).isSymbol("(") && form.is(i - 2, "as") && isBaseWindow(i);
        return base && !form.at(i + 1).isSymbol(")") && skip(1);
    }

    private boolean isBaseWindow(int i) {
        Token name = form.at(i);
        Token next = form.at(i + 1);
        boolean named = name.isIdentifier()
                && !(name.kind() == Token.Kind.WORD
                        && (IN_WINDOW.contains(name.text()) || WritingWords.FIRST.contains(name.text())));
        return named && (next.isSymbol(")") || (next.kind() == Token.Kind.WORD && IN_WINDOW.contains(next.text())));
    }

    private boolean skip(int count) {
        form.skip(count);
        return true;
    }
}
