package io.tierguard.sql;

import java.util.Set;

/** Writes clauses and predicates of PostgreSQL in plainer forms; each method says how many tokens it has read, 0 for none. */
final class ClauseForms {
    /** Labels behind AS that PostgreSQL allows whatever else they mean. */
    private static final Set<String> LABELS = Set.of(
            "true", "false", "null", "constraint", "key", "default", "user", "end", "unique", "foreign", "check");

    private static final Set<String> BEFORE_TABLE_QUERY =
            Set.of("as", "union", "intersect", "except", "all", "distinct");

    private static final Set<String> AFTER_EMPTY_LIST = Set.of(
            "from",
            "where",
            "union",
            "intersect",
            "except",
            "group",
            "having",
            "order",
            "limit",
            "offset",
            "into",
            "returning",
            "fetch",
            "for");

    private final FormCursor form;

    ClauseForms(FormCursor form) {
        this.form = form;
    }

    /** {@code WHERE CURRENT OF cursor}, which narrows to one row. */
    int currentOf() {
        if (!form.previous().is("where")
                || !form.at(1).is("of")
                || !(form.at(2).isIdentifier() || form.at(2).isValue())) {
            return 0;
        }
        form.addNumber();
        form.out.add(new Token(
                Token.Kind.SYMBOL,
                "=",
                form.in.get(form.position).start(),
                form.in.get(form.position).end()));
        form.addNumber();
        return 3;
    }

    int emptyList() {
        int words = form.at(1).is("distinct") || form.at(1).is("all") ? 2 : 1;
        Token next = form.at(words);
        boolean isEmpty = next == FormCursor.END
                || next.isSymbol(")")
                || (next.kind() == Token.Kind.WORD && AFTER_EMPTY_LIST.contains(next.text()));
        if (!isEmpty) {
            return 0;
        }
        form.out.addAll(form.in.subList(form.position, form.position + words));
        form.addNumber();
        return words;
    }

    /** {@code TABLE t} inside another statement, as the query of all its rows that it is. */
    int tableQuery() {
        int name = form.at(1).is("only") ? 2 : 1;
        name += name == 2 && form.at(2).isSymbol("(") ? 1 : 0;
        Token first = form.at(name);
        boolean named =
                first.isIdentifier() && !(first.kind() == Token.Kind.WORD && WritingWords.isReserved(first.text()));
        if (!named || !isQueryPlace()) {
            return 0;
        }
        Token table = form.in.get(form.position);
        form.out.add(new Token(Token.Kind.WORD, "select", table.start(), table.end()));
        form.out.add(new Token(Token.Kind.SYMBOL, "*", table.start(), table.end()));
        form.out.add(new Token(Token.Kind.WORD, "from", table.start(), table.end()));
        return 1;
    }

    /** Whether a query may begin here, other than the one that is the whole statement. */
    private boolean isQueryPlace() {
        Token before = form.previous();
        boolean begins = before.isSymbol("(") || before.isSymbol(")");
        boolean goesOn = before.kind() == Token.Kind.WORD && BEFORE_TABLE_QUERY.contains(before.text());
        return begins || goesOn || isBehindInsertInto() || isFirstOfSeveral();
    }

    /** Whether the name of the table that rows are inserted into ends here, or the alias of it. */
    private boolean isBehindInsertInto() {
        int i = form.out.size() - 1;
        if (i > 1 && form.out.get(i - 1).is("as")) {
            i -= 2;
        }
        while (i > 1 && form.out.get(i).isIdentifier() && form.out.get(i - 1).isSymbol(".")) {
            i -= 2;
        }
        return i > 1
                && form.out.get(i).isIdentifier()
                && form.out.get(i - 1).is("into")
                && form.out.get(i - 2).is("insert");
    }

    /** Whether the whole statement begins here, and other queries follow. */
    private boolean isFirstOfSeveral() {
        return form.out.isEmpty()
                && form.in.stream().anyMatch(token -> token.is("union") || token.is("intersect") || token.is("except"));
    }

    int label() {
        Token label = form.at(1);
        Token next = form.at(2);
        boolean ends = next == FormCursor.END
                || next.isSymbol(",")
                || next.isSymbol(")")
                || next.is("from")
                || next.is("union");
        if (label.kind() != Token.Kind.WORD || !ends || !LABELS.contains(label.text())) {
            return 0;
        }
        form.out.add(form.in.get(form.position));
        form.out.add(new Token(Token.Kind.NAME, label.text(), label.start(), label.end()));
        return 2;
    }

    /** {@code ROWS FROM (f() AS (a int))}, where a function's columns are told. */
    int columnsOfRecord() {
        boolean names = form.at(2).isIdentifier()
                && !WritingWords.FIRST.contains(form.at(2).text());
        int close = names && form.previous().isSymbol(")") ? SpecialCalls.close(form.in, form.position + 1) : -1;
        return close > 0 && isInRowsFrom() ? close + 1 - form.position : 0;
    }

    private boolean isInRowsFrom() {
        int depth = 0;
        for (int i = form.out.size() - 1; i > 1; i--) {
            depth += form.out.get(i).isSymbol(")") ? 1 : form.out.get(i).isSymbol("(") ? -1 : 0;
            if (depth < 0) {
                return form.out.get(i - 1).is("from") && form.out.get(i - 2).is("rows");
            }
        }
        return false;
    }

    /** {@code IS JSON …}, {@code IS NFC NORMALIZED}, {@code IS DOCUMENT}. */
    int predicate() {
        int i = form.at(1).is("not") ? 2 : 1;
        int end = -1;
        if (form.at(i).is("json")) {
            end = i + 1;
            end += form.at(end).is("value")
                            || form.at(end).is("scalar")
                            || form.at(end).is("object")
                            || form.at(end).is("array")
                    ? 1
                    : 0;
            end += (form.at(end).is("with") || form.at(end).is("without"))
                            && form.at(end + 1).is("unique")
                    ? 2
                    : 0;
            end += form.at(end).is("keys") ? 1 : 0;
        } else if (form.at(i).is("document") || form.at(i).is("normalized")) {
            end = i + 1;
        } else if (form.at(i + 1).is("normalized")
                && Set.of("nfc", "nfd", "nfkc", "nfkd").contains(form.at(i).text())) {
            end = i + 2;
        }
        if (end < 0) {
            return 0;
        }
        Token is = form.in.get(form.position);
        form.out.add(is);
        form.out.add(new Token(Token.Kind.WORD, "null", is.start(), is.end()));
        return end;
    }

    /** {@code ROW(1, 2)} as a call, which may be cast and compared; behind {@code SET (a, b) =} as a list. */
    int row() {
        if (!form.at(1).isSymbol("(")) {
            return 0;
        }
        boolean assigned = form.previous().isSymbol("=")
                && form.out.size() > 1
                && form.out.get(form.out.size() - 2).isSymbol(")");
        return assigned ? 1 : replacedCall(true, 1);
    }

    /** A call of a built-in that does nothing in place of words before a parenthesis. */
    int replacedCall(boolean isHere, int words) {
        if (!isHere) {
            return 0;
        }
        Token first = form.in.get(form.position);
        form.out.add(new Token(Token.Kind.WORD, "coalesce", first.start(), first.end()));
        return words;
    }

    int checkOption() {
        int i = form.at(1).is("local") || form.at(1).is("cascaded") ? 2 : 1;
        return form.at(i).is("check") && form.at(i + 1).is("option") && form.at(i + 2) == FormCursor.END ? i + 2 : 0;
    }

    int groupBy() {
        form.out.add(form.in.get(form.position));
        form.out.add(form.in.get(form.position + 1));
        return 3;
    }
}
