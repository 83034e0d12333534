package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.List;

/** Tells what the catalog of SQLite holds only as the statement that made an object. */
public final class SqliteObjects {
    private static final String VIRTUAL = "CREATE VIRTUAL TABLE";

    private SqliteObjects() {}

    /** The query of a view; empty where its statement cannot be read. */
    public static String queryOf(String createView) {
        try {
            List<Token> tokens = new SqliteTokenizer(createView).tokenize();
            int depth = 0;
            for (Token token : tokens) {
                depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
                if (depth == 0 && token.is("as")) {
                    return createView.substring(token.end());
                }
            }
            return "";
        } catch (UnreadableTextException notCut) {
            return "";
        }
    }

    /** Whether a row that is added to a table, or changed in it, may take others away; so too where nobody can tell. */
    public static boolean replacesRows(String createTable) {
        if (!holds(createTable, "replace")) {
            return false;
        }
        try {
            SqliteCursor cursor = new SqliteCursor(new SqliteTokenizer(createTable).tokenize());
            while (!cursor.atEnd()) {
                boolean isOfNull = cursor.peek(-1).is("null"); // puts the default there and removes no row
                if (cursor.accept("on", "conflict", "replace")) {
                    if (!isOfNull) {
                        return true;
                    }
                } else {
                    cursor.next();
                }
            }
            return false;
        } catch (UnreadableTextException notCut) {
            return true;
        }
    }

    /**
     * Whether what a table, index, trigger or view says rests on what LIKE means, the word or the function behind it; so too where
     * nobody can tell.
     */
    public static boolean comparesByLike(String create) {
        if (!holds(create, "like")) {
            return false;
        }
        try {
            List<Token> tokens = new SqliteTokenizer(create).tokenize();
            for (int i = 0; i < tokens.size(); i++) {
                Token token = tokens.get(i);
                boolean isCalled = i + 1 < tokens.size() && tokens.get(i + 1).isSymbol("(");
                boolean isFunction = isCalled
                        && token.kind() == Token.Kind.NAME
                        && TableName.fold(token.text()).equals("like");
                if (token.is("like") || isFunction) {
                    return true;
                }
            }
            return false;
        } catch (UnreadableTextException notCut) {
            return true;
        }
    }

    /** Whether a table is a virtual one, as the catalog writes its statement. */
    public static boolean isVirtual(String createTable) {
        return createTable.regionMatches(true, 0, VIRTUAL, 0, VIRTUAL.length());
    }

    /** Whether a word stands in a text, in whatever case; most tables need no closer look. */
    private static boolean holds(String text, String word) {
        int last = text.length() - word.length();
        for (int i = 0; i <= last; i++) {
            if (text.regionMatches(true, i, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }
}
