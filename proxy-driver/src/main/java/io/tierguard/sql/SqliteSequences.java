package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The numbers that SQLite has given to rows of its tables with AUTOINCREMENT, in a table of its own. A statement that changes
 * those of tables which it names changes those tables.
 *
 * @param tables whose numbers a statement tells; none where it tells none, or something else
 */
record SqliteSequences(Set<TableName> tables) {
    /** The columns that an update may set, which the next number comes from. */
    static final Set<String> NUMBER = Set.of("seq");

    private static final String NAME = "sqlite_sequence";

    private static final String KEY = "name";

    /** What a name in quotes may mean where a column of the table can stand; any other is a string. */
    private static final Set<String> COLUMNS = Set.of(KEY, "seq", "rowid", "oid", "_rowid_");

    private static final SqliteSequences NONE = new SqliteSequences(Set.of());

    SqliteSequences {
        tables = Set.copyOf(tables);
    }

    /**
     * Looks at the condition where it begins, which must be the last of the statement.
     *
     * @param isAlone whether no other table has columns there
     */
    static SqliteSequences at(SqliteCursor cursor, TableName changed, boolean isAlone) {
        List<Token> rest = cursor.rest();
        if (!changed.name().equals(NAME) || rest.isEmpty() || !rest.get(0).is("where")) {
            return NONE;
        }
        Set<String> names = new LinkedHashSet<>();
        int at = 0; // before the first comparison stands WHERE, before each other one OR
        do {
            at = comparison(rest, at + 1, isAlone, names);
        } while (at > 0 && at < rest.size() && rest.get(at).is("or"));
        return at == rest.size() ? of(names, changed) : NONE;
    }

    /** Looks at the columns and rows of an insertion, which must be the last of the statement. */
    static SqliteSequences added(List<Token> rest, TableName changed) {
        if (!changed.name().equals(NAME)) {
            return NONE;
        }
        List<String> columns = List.of(KEY, "seq");
        int at = 0;
        if (!rest.isEmpty() && rest.get(0).isSymbol("(")) {
            int end = end(rest, 0);
            columns = items(rest, 0, end).stream().map(SqliteSequences::column).toList();
            at = end;
        }
        boolean areSettable = columns.equals(List.of(KEY))
                || (columns.size() == 2
                        && Set.copyOf(columns).equals(Set.of(KEY, "seq"))); // by its number a row could replace another
        Set<String> names = new LinkedHashSet<>();
        boolean isRead = areSettable && at < rest.size() && rest.get(at).is("values");
        int key = columns.indexOf(KEY);
        while (isRead && at < rest.size()) {
            boolean isRow = at + 1 < rest.size() && rest.get(at + 1).isSymbol("(");
            int end = isRow ? end(rest, at + 1) : rest.size();
            List<List<Token>> values = isRow ? items(rest, at + 1, end) : List.of();
            isRead = values.size() == columns.size()
                    && values.get(key).size() == 1
                    && add(values.get(key).get(0), true, names)
                    && (end == rest.size() || rest.get(end).isSymbol(","));
            at = end;
        }
        return isRead ? of(names, changed) : NONE;
    }

    private static SqliteSequences of(Set<String> names, TableName changed) {
        Set<TableName> tables = new LinkedHashSet<>();
        names.forEach(name -> tables.add(TableName.of(changed.schema(), name)));
        return new SqliteSequences(tables);
    }

    /** Steps over {@code name = 'pet'} or {@code name IN ('pet', 'dog')}; not above 0 where something else stands. */
    private static int comparison(List<Token> tokens, int start, boolean isAlone, Set<String> names) {
        int at = start;
        boolean isQualified = isAlone // another table may be called so there
                && at + 1 < tokens.size()
                && tokens.get(at + 1).isSymbol(".")
                && isName(tokens.get(at), NAME);
        at += isQualified ? 2 : 0;
        if (at + 2 >= tokens.size() || !isName(tokens.get(at), KEY)) {
            return -1;
        }
        Token sign = tokens.get(at + 1);
        if (sign.isSymbol("=") || sign.isSymbol("==")) {
            return add(tokens.get(at + 2), isAlone, names) ? at + 3 : -1;
        }
        if (!sign.is("in") || !tokens.get(at + 2).isSymbol("(")) {
            return -1;
        }
        int end = end(tokens, at + 2);
        for (List<Token> item : items(tokens, at + 2, end)) {
            if (item.size() != 1 || !add(item.get(0), isAlone, names)) {
                return -1;
            }
        }
        return end;
    }

    /** Adds the name that a value is for certain: a string, or what SQLite takes for one because no column has the name. */
    private static boolean add(Token value, boolean isAlone, Set<String> names) {
        boolean isString = value.kind() == Token.Kind.STRING
                || (isAlone && value.kind() == Token.Kind.NAME && !COLUMNS.contains(TableName.fold(value.text())));
        if (!isString || value.text().isEmpty()) {
            return false;
        }
        names.add(value.text());
        return true;
    }

    private static boolean isName(Token token, String name) {
        return token.isIdentifier() && TableName.fold(token.text()).equals(name);
    }

    private static String column(List<Token> item) {
        return item.size() == 1 ? TableName.fold(item.get(0).text()) : "";
    }

    /** Where a group in parentheses is over. */
    private static int end(List<Token> tokens, int start) {
        int depth = 0;
        for (int i = start; i < tokens.size(); i++) {
            depth += tokens.get(i).isSymbol("(") ? 1 : tokens.get(i).isSymbol(")") ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return tokens.size();
    }

    /** What stands between the commas of a group in parentheses. */
    private static List<List<Token>> items(List<Token> tokens, int start, int end) {
        List<List<Token>> items = new ArrayList<>();
        int depth = 0;
        int first = start + 1;
        for (int i = start; i < end; i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if ((depth == 1 && token.isSymbol(",")) || depth == 0) {
                items.add(tokens.subList(first, i));
                first = i + 1;
            }
        }
        return items;
    }

    boolean areNamed() {
        return !tables.isEmpty();
    }

    /** The changes of those tables, whose rows they are none of. */
    List<Effect> changes(Verb verb) {
        return tables.stream()
                .map(table -> new Effect(verb, table, Collections.emptySortedSet(), true, "", false))
                .toList();
    }
}
