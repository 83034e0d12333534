package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.ArrayList;
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
        boolean isNamedAgain = isNamedAgain(tokens, verb, end);
        boolean hasAlias = removeAlias(tokens, verb, end);
        if (isNamedAgain || !hasAlias) {
            sayOwnColumns(tokens, verb, !hasAlias, isNamedAgain);
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

    /**
     * Whether something else that the statement asks, or its own rows, may have the name of its table but for letter case, which these
     * servers tell apart: then a column of that name is not certain to be the table's own.
     */
    private static boolean isNamedAgain(List<Token> tokens, int verb, int end) {
        int table = verb + 2;
        if (!MySqlLists.at(tokens, table).isIdentifier()) {
            return false;
        }
        int behind = DottedName.at(tokens, table).end();
        String name = TableName.fold(tokens.get(behind - 1).text());
        boolean hasOthers = false;
        boolean isNamed = false;
        for (int i = behind; i < end; i++) {
            Token token = tokens.get(i);
            hasOthers |= token.is("select") || token.is("from") || token.is("as");
            isNamed |= token.isIdentifier() && TableName.fold(token.text()).equals(name);
        }
        return hasOthers && isNamed;
    }

    /**
     * {@code ON DUPLICATE KEY UPDATE id = id} means the column of the table: where the rows come from a query that has one of the
     * name too, the servers refuse the name.
     *
     * @param saysOwn whether a name alone means a column of the table
     * @param isNamedAgain whether the table's name may mean something else besides
     */
    private static void sayOwnColumns(List<Token> tokens, int verb, boolean saysOwn, boolean isNamedAgain) {
        int table = verb + 2;
        int update = assignments(tokens, verb);
        if (update < 0 || !MySqlLists.at(tokens, table).isIdentifier()) {
            return;
        }
        Token name = tokens.get(DottedName.at(tokens, table).end() - 1);
        List<Token> plain = new ArrayList<>();
        for (List<Token> item : MySqlLists.items(tokens.subList(update, tokens.size()))) {
            if (!plain.isEmpty()) {
                plain.add(MySqlTokens.symbol(",", item.isEmpty() ? name : item.get(0)));
            }
            plain.addAll(sayOwnColumn(item, name, saysOwn, isNamedAgain));
        }
        tokens.subList(update, tokens.size()).clear();
        tokens.addAll(plain);
    }

    /** Where the assignments begin; -1 where there are none. */
    private static int assignments(List<Token> tokens, int verb) {
        for (int at = tokens.size() - 1; at > verb + 3; at--) {
            boolean isHead = tokens.get(at).is("update")
                    && tokens.get(at - 1).is("key")
                    && tokens.get(at - 2).is("duplicate")
                    && tokens.get(at - 3).is("on");
            if (isHead) {
                return at + 1;
            }
        }
        return -1;
    }

    private static List<Token> sayOwnColumn(List<Token> item, Token table, boolean saysOwn, boolean isNamedAgain) {
        int sign = MySqlLists.atTopSymbol(item, "=");
        if (sign < 1 || !item.get(sign - 1).isIdentifier()) {
            return item;
        }
        List<Token> value = MySqlLists.unwrapped(item.subList(sign + 1, item.size()));
        boolean isTold = value.size() > 3
                && value.get(0).is(TELLING)
                && value.get(1).isSymbol("(")
                && MySqlLists.closing(value, 1) == value.size() - 1;
        List<Token> column = isTold ? MySqlLists.unwrapped(value.subList(2, value.size() - 1)) : value;
        boolean isColumn = !column.isEmpty()
                && column.get(0).isIdentifier()
                && DottedName.at(column, 0).end() == column.size();
        if (!isColumn) {
            return item;
        }
        List<Token> said = new ArrayList<>(item.subList(0, sign + 1));
        said.addAll(isTold ? value.subList(0, 2) : List.of());
        String assigned = TableName.fold(item.get(sign - 1).text());
        boolean isQualified = column.size() > 1;
        if (saysOwn
                && !isQualified
                && assigned.equals(TableName.fold(column.get(0).text()))) {
            said.add(table);
            said.add(MySqlTokens.symbol(".", column.get(0)));
        }
        if (isQualified && isNamedAgain) { // a value like any other
            Token first = column.get(0);
            said.add(new Token(Token.Kind.NUMBER, "0", first.start(), first.start()));
            said.add(MySqlTokens.symbol("+", first));
        }
        said.addAll(column);
        said.addAll(isTold ? value.subList(value.size() - 1, value.size()) : List.of());
        return said;
    }
}
