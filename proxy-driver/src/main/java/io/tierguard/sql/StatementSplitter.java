package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;

/** Splits a text's tokens into statements at the semicolons outside of parentheses, and bounds their nesting. */
final class StatementSplitter {

    static final int MAX_NESTING = 64;

    /** Each statement costs a parse, so that more than these would take seconds. */
    static final int MAX_STATEMENTS = 1_000;

    private StatementSplitter() {}

    /**
     * The statements that hold anything.
     *
     * @throws UnreadableTextException when parentheses do not match or nest too deep
     */
    static List<List<Token>> split(List<Token> tokens) {
        return split(Dialect.POSTGRESQL, tokens);
    }

    /** The same, where code of MySQL, MariaDB, SQLite and PostgreSQL is one statement with semicolons inside. */
    static List<List<Token>> split(Dialect dialect, List<Token> tokens) {
        List<List<Token>> statements = new ArrayList<>();
        Nesting nesting = new Nesting();
        int start = 0;
        int endOfCode = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (i == start && dialect.isOfMySqlFamily()) {
                endOfCode = MySqlBlocks.endOf(tokens, start);
            } else if (i == start && dialect == Dialect.SQLITE) {
                endOfCode = SqliteTriggers.endOf(tokens, start);
            } else if (i == start && dialect == Dialect.POSTGRESQL) {
                endOfCode = AtomicBodies.endOf(tokens, start);
            }
            nesting.enter(token);
            if (statements.size() == MAX_STATEMENTS && !token.isSymbol(";")) {
                throw new UnreadableTextException(
                        "the text has more than " + MAX_STATEMENTS + " statements", token.start(), "split it");
            }
            if (token.isSymbol(";") && i >= endOfCode && nesting.isFlat()) {
                addUnlessEmpty(statements, tokens.subList(start, i));
                start = i + 1;
                nesting.clear();
            }
        }
        nesting.requireFlat();
        addUnlessEmpty(statements, tokens.subList(start, tokens.size()));
        return statements;
    }

    private static void addUnlessEmpty(List<List<Token>> statements, List<Token> statement) {
        if (!statement.isEmpty()) {
            statements.add(statement);
        }
    }

    /** How deep tokens stand in brackets, CASE and runs of prefix operators. */
    private static final class Nesting {
        private final StringBuilder open = new StringBuilder();
        private int cases;
        private int prefixes;
        private int dots;
        private boolean isBehindDot;
        private int lastOpen;

        void enter(Token token) {
            prefixes = token.is("not") || token.isSymbol("-") || token.isSymbol("+") || token.isSymbol("~")
                    ? prefixes + 1
                    : 0;
            boolean isDot = token.isSymbol(".");
            dots = isDot ? dots + 1 : isBehindDot ? dots : 0;
            isBehindDot = isDot;
            if (token.isSymbol("(") || token.isSymbol("[")) {
                open.append(token.text());
                lastOpen = token.start();
            } else if (token.isSymbol(")") || token.isSymbol("]")) {
                close(token);
            } else if (token.is("case")) {
                cases++;
            } else if (token.is("end")) {
                cases = Math.max(0, cases - 1);
            }
            if (open.length() + cases + prefixes > MAX_NESTING || dots > MAX_NESTING) {
                throw new UnreadableTextException(
                        "the text nests deeper than " + MAX_NESTING, token.start(), "write it flatter");
            }
        }

        private void close(Token token) {
            char expected = token.isSymbol(")") ? '(' : '[';
            int last = open.length() - 1;
            if (last < 0 || open.charAt(last) != expected) {
                throw new UnreadableTextException("a bracket closes that was not opened", token.start(), "");
            }
            open.setLength(last);
        }

        boolean isFlat() {
            return open.isEmpty();
        }

        void clear() {
            cases = 0;
        }

        void requireFlat() {
            if (!isFlat()) {
                throw new UnreadableTextException("a bracket is not closed", lastOpen, "");
            }
        }
    }
}
