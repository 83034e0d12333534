package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.List;

/**
 * Writes INSERT and REPLACE of MySQL and MariaDB so that their structure can be read.
 *
 * <p>INVARIANT: the same rows go into the same table, and whatever is asked for them stays.
 */
final class MySqlInserts {

    /** The function by which a statement that finds a row tells its number, as if it had made the row. */
    static final String TELLING = "last_insert_id";

    private MySqlInserts() {}

    /** Leaves out what says nothing of tables. */
    static void simplify(List<Token> tokens, int verb) {
        Token token = tokens.get(verb);
        if (!MySqlLists.at(tokens, verb + 1).is("into")) {
            tokens.add(verb + 1, new Token(Token.Kind.WORD, "into", token.start(), token.end()));
        }
        insertDefaults(tokens, verb);
        insertTable(tokens, verb);
        int duplicate = MySqlLists.atTop(tokens, "duplicate", verb);
        int end = duplicate > 0 ? duplicate - 1 : tokens.size();
        if (!removeAlias(tokens, verb, end)) {
            sayOwnColumns(tokens, verb);
        }
        MySqlJoins.endBeforeDuplicate(tokens, verb);
    }

    /** {@code INSERT INTO t TABLE u} takes all rows of u. */
    private static void insertTable(List<Token> tokens, int verb) {
        int table = MySqlLists.atTop(tokens, "table", verb);
        boolean isQuery = table > verb + 2
                && MySqlLists.at(tokens, table + 1).isIdentifier()
                && MySqlLists.atTop(tokens, "select", verb) < 0;
        if (isQuery) {
            Token token = tokens.get(table);
            tokens.set(table, MySqlTokens.word("from", token));
            tokens.add(table, MySqlTokens.symbol("*", token));
            tokens.add(table, MySqlTokens.word("select", token));
        }
    }

    /** {@code t () VALUES ()} becomes {@code t DEFAULT VALUES}. */
    private static void insertDefaults(List<Token> tokens, int verb) {
        int values = Math.max(MySqlLists.atTop(tokens, "values", verb), MySqlLists.atTop(tokens, "value", verb));
        if (values < 0) {
            return;
        }
        if (MySqlLists.at(tokens, values - 1).isSymbol(")")
                && MySqlLists.at(tokens, values - 2).isSymbol("(")) {
            tokens.subList(values - 2, values).clear();
            values -= 2;
        }
        int end = values + 1;
        while (MySqlLists.at(tokens, end).isSymbol("(")
                && MySqlLists.at(tokens, end + 1).isSymbol(")")) {
            end += MySqlLists.at(tokens, end + 2).isSymbol(",") ? 3 : 2;
        }
        if (end > values + 1) {
            Token token = tokens.get(values);
            tokens.subList(values, end).clear();
            tokens.add(values, new Token(Token.Kind.WORD, "values", token.start(), token.end()));
            tokens.add(values, new Token(Token.Kind.WORD, "default", token.start(), token.end()));
        }
    }

    /** {@code AS new (a, b)} names the rows for what follows ON DUPLICATE KEY. */
    private static boolean removeAlias(List<Token> tokens, int verb, int end) {
        int as = end - 1;
        if (MySqlLists.at(tokens, as).isSymbol(")")) {
            int depth = 0;
            while (as > verb) {
                depth += tokens.get(as).isSymbol(")") ? 1 : tokens.get(as).isSymbol("(") ? -1 : 0;
                if (depth == 0) {
                    break;
                }
                if (!tokens.get(as).isIdentifier() && !tokens.get(as).isSymbol(",") && depth != 1) {
                    return false;
                }
                as--;
            }
            as--;
        }
        boolean isAlias = as - 2 > verb
                && MySqlLists.at(tokens, as).isIdentifier()
                && MySqlLists.at(tokens, as - 1).is("as");
        boolean behindRows = isAlias
                && (MySqlLists.atTop(tokens, "values", verb) > 0
                        || MySqlLists.atTop(tokens, "value", verb) > 0
                        || MySqlLists.atTop(tokens, "set", verb) > 0);
        boolean isRemoved = behindRows && MySqlLists.atTop(tokens, "select", verb) < 0;
        if (isRemoved) {
            tokens.subList(as - 1, end).clear();
        }
        return isRemoved;
    }

    /** {@code VALUES … ON DUPLICATE KEY UPDATE id = id} means the column of the table, and nothing else that it could be. */
    private static void sayOwnColumns(List<Token> tokens, int verb) {
        int table = verb + 2;
        int update = MySqlLists.atTop(tokens, "duplicate", verb) + 2;
        boolean hasQuery = MySqlLists.atTop(tokens, "select", verb) > 0 || MySqlLists.atTop(tokens, "with", verb) > 0;
        if (update < 2 || hasQuery || !MySqlLists.at(tokens, table).isIdentifier()) {
            return;
        }
        Token name = tokens.get(DottedName.at(tokens, table).end() - 1);
        for (int i = update + 1; i < tokens.size(); i++) {
            Token value = tokens.get(i);
            Token next = MySqlLists.at(tokens, i + 1);
            boolean isGiven = next.isSymbol(")") && isTold(tokens, i);
            boolean ends = next == MySqlTokens.END || next.isSymbol(",") || isGiven;
            int sign = isGiven ? i - 3 : i - 1;
            boolean isOwn = value.isIdentifier()
                    && ends
                    && MySqlLists.at(tokens, sign).isSymbol("=")
                    && MySqlLists.at(tokens, sign - 1).isIdentifier()
                    && TableName.fold(tokens.get(sign - 1).text()).equals(TableName.fold(value.text()));
            if (isOwn) {
                tokens.add(i, MySqlTokens.symbol(".", value));
                tokens.add(i, name);
                i += 2;
            }
        }
    }

    /** Whether what stands somewhere is all that a call of the function is given, and the call all that is assigned. */
    private static boolean isTold(List<Token> tokens, int at) {
        Token behind = MySqlLists.at(tokens, at + 2);
        return MySqlLists.at(tokens, at - 1).isSymbol("(")
                && MySqlLists.at(tokens, at - 2).is(TELLING)
                && (behind == MySqlTokens.END || behind.isSymbol(","));
    }
}
