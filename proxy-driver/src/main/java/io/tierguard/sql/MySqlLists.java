package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;

/** Takes lists of tokens apart outside of parentheses. */
final class MySqlLists {

    private MySqlLists() {}

    /** What stands between commas. */
    static List<List<Token>> items(List<Token> tokens) {
        List<List<Token>> items = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0 && token.isSymbol(",")) {
                items.add(tokens.subList(start, i));
                start = i + 1;
            }
        }
        items.add(tokens.subList(start, tokens.size()));
        return items;
    }

    /** The token at an index, or one that is nothing. */
    static Token at(List<Token> tokens, int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index) : MySqlTokens.END;
    }

    /** An expression without the parentheses around all of it. */
    static List<Token> unwrapped(List<Token> expression) {
        List<Token> value = expression;
        while (value.size() > 1 && value.get(0).isSymbol("(") && closing(value, 0) == value.size() - 1) {
            value = value.subList(1, value.size() - 1);
        }
        return value;
    }

    /** Where the parenthesis ends that opens at an index; -1 where it does not. */
    static int closing(List<Token> tokens, int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += tokens.get(i).isSymbol("(") ? 1 : tokens.get(i).isSymbol(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Where a sign stands first; -1 where it does not. */
    static int atTopSymbol(List<Token> tokens, String symbol) {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0 && token.isSymbol(symbol)) {
                return i;
            }
        }
        return -1;
    }

    /** Where a word stands first; -1 where it does not. */
    static int atTop(List<Token> tokens, String word) {
        return atTop(tokens, word, 0);
    }

    /** The same from an index on. */
    static int atTop(List<Token> tokens, String word, int from) {
        int depth = 0;
        for (int i = from; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0 && token.is(word)) {
                return i;
            }
        }
        return -1;
    }
}
