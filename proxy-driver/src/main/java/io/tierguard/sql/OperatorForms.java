package io.tierguard.sql;

import java.util.Set;

/** Writes the operators that only PostgreSQL has in plainer forms; each method says how many tokens it has read, 0 for none. */
final class OperatorForms {
    private static final String OPERATOR_CHARACTERS = "~!@#^&|`?+-*/%<>=";

    /** Reserved words behind which an operand begins. */
    private static final Set<String> BEFORE_OPERAND = Set.of(
            "select",
            "distinct",
            "all",
            "where",
            "and",
            "or",
            "not",
            "on",
            "having",
            "by",
            "case",
            "when",
            "then",
            "else",
            "in",
            "like",
            "ilike",
            "between",
            "limit",
            "offset",
            "returning");

    private final FormCursor form;

    OperatorForms(FormCursor form) {
        this.form = form;
    }

    /** {@code OPERATOR(pg_catalog.+)}. */
    int namedOperator() {
        int close = closeOfNamedOperator(form.position);
        if (close > 0 && !isPrefixPlace()) {
            form.out.add(form.in.get(close - 1));
        }
        return close < 0 ? 0 : close + 1 - form.position;
    }

    private int closeOfNamedOperator(int start) {
        int end = start + 2;
        while (end + 1 < form.in.size()
                && form.in.get(end).isIdentifier()
                && form.in.get(end + 1).isSymbol(".")) {
            end += 2;
        }
        boolean named = end + 1 < form.in.size()
                && form.in.get(start + 1).isSymbol("(")
                && isOperator(form.in.get(end))
                && form.in.get(end + 1).isSymbol(")");
        return named ? end + 1 : -1;
    }

    int collation() {
        return form.at(1).isIdentifier() && !form.previous().is("as")
                ? DottedName.at(form.in, form.position + 1).end() - form.position
                : 0;
    }

    /** {@code ORDER BY a USING <}. */
    int sortOperator() {
        if (isOperator(form.at(1))) {
            return 2;
        }
        int operator = form.at(1).is("operator") ? closeOfNamedOperator(form.position + 1) : -1;
        if (operator > 0) {
            return operator + 1 - form.position;
        }
        boolean alias = form.at(1).isSymbol("(")
                && form.at(2).isIdentifier()
                && !form.at(2).is("table"); // a query, as the source of a MERGE
        int close = alias ? closeOfNames(form.position + 1) : -1;
        if (close > 0
                && close + 2 < form.in.size()
                && form.in.get(close + 1).is("as")
                && form.in.get(close + 2).isIdentifier()) {
            form.out.addAll(form.in.subList(form.position, close + 1)); // USING (a, b) AS columns
            return close + 3 - form.position;
        }
        return 0;
    }

    private int closeOfNames(int open) {
        int i = open + 1;
        while (i < form.in.size()
                && (form.in.get(i).isIdentifier() || form.in.get(i).isSymbol(","))) {
            i++;
        }
        return i < form.in.size() && form.in.get(i).isSymbol(")") ? i : -1;
    }

    int symbol(Token token) {
        if (token.isSymbol("[")) {
            return Subscripts.length(form.in, form.position, form.out);
        }
        if (token.isSymbol(":") && Subscripts.isIn(form.in, form.position)) {
            slice();
            return 1;
        }
        if (token.isSymbol(")") && form.previous().isSymbol("(") && form.out.size() > 1) {
            Token before = form.out.get(form.out.size() - 2);
            if (before.isSymbol("(") || before.isSymbol(",") || before.is("by")) {
                form.addNumber(); // the empty grouping set
            }
            return 0;
        }
        if (token.isSymbol(".") && form.previous().isSymbol(")") && form.at(1).isSymbol("*")) {
            return 2;
        }
        boolean sign = token.isSymbol("+") || token.isSymbol("-") || token.isSymbol("*");
        return isOperator(token) && !sign && isPrefixPlace() ? 1 : 0;
    }

    /** Between the bounds of an array's slice, each of which may be missing; a parser takes the colon for more. */
    private void slice() {
        if (!form.previous().isSymbol("[") && !form.at(1).isSymbol("]")) {
            int place = form.at(0).start();
            form.out.add(new Token(Token.Kind.SYMBOL, "+", place, place + 1));
        }
    }

    /** Whether an operand begins here, so that an operator stands before it and not between two. */
    private boolean isPrefixPlace() {
        Token before = form.previous();
        if (before == FormCursor.END || before.isSymbol("(") || before.isSymbol(",") || before.isSymbol("[")) {
            return true;
        }
        return (isOperator(before) && !before.isSymbol("*"))
                || (before.kind() == Token.Kind.WORD && BEFORE_OPERAND.contains(before.text()));
    }

    static boolean isOperator(Token token) {
        return token.kind() == Token.Kind.SYMBOL
                && !token.text().isEmpty()
                && OPERATOR_CHARACTERS.indexOf(token.text().charAt(0)) >= 0;
    }
}
