package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.List;
import java.util.Optional;

/** Tells what the catalog of SQLite holds only as the statement that made an object. */
public final class SqliteObjects {
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
                if (cursor.accept("on", "conflict", "replace")) {
                    return true;
                }
                cursor.next();
            }
            return false;
        } catch (UnreadableTextException notCut) {
            return true;
        }
    }

    /** The module of a virtual table, folded; empty where the table is none. */
    public static Optional<String> moduleOf(String createTable) {
        if (!holds(createTable, "virtual")) {
            return Optional.empty();
        }
        try {
            SqliteCursor cursor = new SqliteCursor(new SqliteTokenizer(createTable).tokenize());
            if (!cursor.accept("create", "virtual", "table")) {
                return Optional.empty();
            }
            cursor.acceptIfExists();
            cursor.table();
            cursor.expect("using");
            return Optional.of(TableName.fold(cursor.name()));
        } catch (UnreadableTextException notCut) {
            return Optional.empty();
        }
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
