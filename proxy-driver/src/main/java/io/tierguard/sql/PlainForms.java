package io.tierguard.sql;

import java.util.List;
import java.util.Set;

/**
 * Writes PostgreSQL's own forms of expressions in plainer ones that the structure parser knows.
 *
 * <p>INVARIANT: what is left out names no table, no column that is written, no routine and no query; what is put in has
 * none of these either. The token reading and the witness go by the statement's own tokens.
 */
final class PlainForms {

    /** Words behind which a string is no literal of a type called like the word. */
    private static final Set<String> BEFORE_STRING = Set.of(
            "escape",
            "path",
            "zone",
            "uescape",
            "version",
            "document",
            "content",
            "passing",
            "value",
            "to",
            "variadic",
            "standalone",
            "date",
            "time",
            "timestamp",
            "interval",
            "format",
            "both",
            "leading",
            "trailing",
            "placing",
            "without",
            "columns",
            "ilike",
            "similar",
            "timestamptz",
            "set",
            "into",
            "from",
            "only",
            "analyze",
            "verbose",
            "concurrently",
            "tablesample",
            "collation",
            "freeze",
            "is",
            "authorization",
            "symmetric",
            "asymmetric",
            "wrapper",
            "keys",
            "call");

    /**
     * Words that the parser takes for its own and PostgreSQL takes for a name wherever they stand in a query or a change of
     * rows; some of them would hide a call or a table from it.
     */
    private static final Set<String> NAMES = Words.of("""
            final minus semi statement sample pivot unpivot qualify emit prewhere prior value distinctrow straight_join
            sql_cache sql_no_cache sql_calc_found_rows
            """);

    private final FormCursor form;
    private final OperatorForms operators;
    private final ClauseForms clauses;

    private PlainForms(List<Token> in) {
        this.form = new FormCursor(in);
        this.operators = new OperatorForms(form);
        this.clauses = new ClauseForms(form);
    }

    /** The tokens of a statement, or of a part of one, in plainer forms. */
    static List<Token> of(Dialect dialect, List<Token> tokens) {
        return switch (dialect) {
            case H2, SQLITE, ANSI, ORACLE, SQLSERVER -> tokens;
            case POSTGRESQL -> new PlainForms(RowTargets.apart(DeleteForms.of(MergeForms.of(tokens)))).rewrite();
            case MYSQL, MARIADB -> MySqlPlainForm.of(tokens);
        };
    }

    /** The same of the arguments of a call. */
    static List<Token> ofPart(List<Token> tokens) {
        return new PlainForms(tokens).rewrite();
    }

    private List<Token> rewrite() {
        while (form.position < form.in.size()) {
            Token token = form.in.get(form.position);
            int length = token.isIdentifier() ? word(token) : operators.symbol(token);
            if (length == 0) {
                form.out.add(token);
                form.position++;
            } else {
                form.position += length;
            }
        }
        return form.out;
    }

    /** Reads a form that begins with a word; how many tokens it has, 0 where none begins here. */
    private int word(Token token) {
        int typed = typedLiteral(token);
        if (typed > 0 || token.kind() == Token.Kind.NAME) {
            return typed;
        }
        if (form.previous().isSymbol(".")) {
            return other(token);
        }
        int special = SpecialCalls.rewrite(form.in, form.position, form.out);
        if (special > 0) {
            return special;
        }
        return switch (token.text()) {
            case "current" -> clauses.currentOf();
            case "select" -> clauses.emptyList();
            case "table" -> clauses.tableQuery();
            case "operator" -> operators.namedOperator();
            case "variadic" -> form.previous().isSymbol("(") || form.previous().isSymbol(",") ? 1 : 0;
            case "collate" -> operators.collation();
            case "using" -> operators.sortOperator();
            case "as" -> form.at(1).isSymbol("(") ? clauses.columnsOfRecord() : clauses.label();
            case "at" -> form.at(1).is("local") && endsOperand(form.previous()) ? 2 : 0;
            case "is" -> clauses.predicate();
            case "row" -> clauses.row();
            case "with" -> clauses.checkOption();
            case "overriding" ->
                (form.at(1).is("system") || form.at(1).is("user")) && form.at(2).is("value") ? 3 : 0;
            case "collation" ->
                clauses.replacedCall(form.at(1).is("for") && form.at(2).isSymbol("("), 2);
            case "grouping" -> form.at(1).is("sets") && form.at(2).isSymbol("(") ? 2 : 0;
            case "group" ->
                form.at(1).is("by") && (form.at(2).is("distinct") || form.at(2).is("all")) ? clauses.groupBy() : 0;
            default -> other(token);
        };
    }

    private int other(Token token) {
        boolean opensWindow = form.previous().isSymbol("(")
                && form.out.size() > 1
                && form.out.get(form.out.size() - 2).is("over")
                && (form.at(1).is("partition")
                        || form.at(1).is("order")
                        || form.at(1).is("range")
                        || form.at(1).is("rows")
                        || form.at(1).is("groups"));
        if (opensWindow && !token.is("partition") && !token.is("order")) {
            return 1; // the name of the window that this one goes on from
        }
        // What the parser takes for an interval of a call of IN, and for a list of values.
        boolean isColumn =
                token.is("interval") && (form.at(1).is("in") || form.at(1).is("not"));
        boolean isTable = token.is("values")
                && !form.at(1).isSymbol("(")
                && !form.previous().is("default");
        if (isColumn || isTable || NAMES.contains(token.text())) {
            form.out.add(new Token(Token.Kind.NAME, token.text(), token.start(), token.end()));
            return 1;
        }
        return 0;
    }

    /** {@code point '(1,2)'}: a literal of a type is one whatever the type. */
    private int typedLiteral(Token token) {
        if (form.previous().isSymbol(".")) {
            return 0;
        }
        DottedName name = DottedName.at(form.in, form.position);
        boolean isString = name.end() < form.in.size()
                && (form.in.get(name.end()).kind() == Token.Kind.STRING
                        || form.in.get(name.end()).kind() == Token.Kind.ESCAPED_STRING);
        boolean isKeyword = token.kind() == Token.Kind.WORD
                && name.parts().size() == 1
                && (WritingWords.isStructure(token.text())
                        || WritingWords.isReserved(token.text())
                        || BEFORE_STRING.contains(token.text()));
        return isString && !isKeyword ? name.end() - form.position : 0;
    }

    private static boolean endsOperand(Token token) {
        return token.isSymbol(")")
                || token.isValue()
                || token.kind() == Token.Kind.NAME
                || (token.kind() == Token.Kind.WORD
                        && !WritingWords.isStructure(token.text())
                        && !WritingWords.isReserved(token.text())
                        && !WritingWords.BEFORE_TABLE.contains(token.text()));
    }
}
