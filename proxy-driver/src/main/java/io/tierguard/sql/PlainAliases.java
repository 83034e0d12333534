package io.tierguard.sql;

import java.util.Set;

/** Tells whether a word of a statement of PostgreSQL is what a column, a table or a query is called in it, with AS or without. */
final class PlainAliases {

    /** Words of the language with which a table, or its other name, is over. */
    private static final Set<String> BEHIND_TABLE = Words.of("""
            where set using from join left right inner cross full natural on as group order having limit offset fetch for
            union intersect except returning window tablesample when values select default overriding with
            """);

    /** Words behind which only a table stands. */
    private static final Set<String> BEFORE_TABLE = Set.of("from", "join", "into", "update", "using", "only", "table");

    /** Words that begin a clause whose items may have another name. */
    private static final Set<String> NAMING = Set.of("select", "returning", "from", "join", "using");

    /** Words that begin any other clause. */
    private static final Set<String> NOT_NAMING = Words.of("""
            where on set values group order having limit offset fetch for window with into as union intersect except
            """);

    /** Words that name a column only behind AS, because they may go on with a type or a value. */
    private static final Set<String> ONLY_BEHIND_AS = Words.of("""
            char character day filter hour minute month over precision second varying within without year
            """);

    private final PlainNames names;

    PlainAliases(PlainNames names) {
        this.names = names;
    }

    /** Whether the word at an index is such a name. */
    boolean isAt(int i) {
        Token next = names.at(i + 1);
        if (names.at(i - 1).is("as")) {
            boolean opensColumns =
                    next.isSymbol("(") && (endsTable(i - 2) || (names.at(i - 2).isSymbol(")") && isNameList(i + 1)));
            return (opensColumns || PlainNames.endsValue(next) || endsTableName(next))
                    && !names.at(i).is("materialized")
                    && !isInCast(i);
        }
        return isQueryName(i) || (endsTable(i - 1) && endsTableName(next)) || isBare(i);
    }

    /** Whether a table stands at an index that has no qualifier. */
    boolean isTableAt(int i) {
        Token next = names.at(i + 1);
        boolean hasAlias = next.isIdentifier() && endsTableName(names.at(i + 2));
        if (isBehindTableWord(i)) {
            boolean opensColumns = names.at(i - 1).is("into") && next.isSymbol("(");
            return opensColumns || endsTableName(next) || hasAlias;
        }
        return hasAlias && (names.at(i - 1).isSymbol(",") ? isInNamingClause(i) : isInJoin(i));
    }

    /** Whether a table's name ends at an index. */
    boolean endsTable(int end) {
        int first = end;
        while (names.at(first).isIdentifier() && names.at(first - 1).isSymbol(".")) {
            first -= 2;
        }
        return names.at(first).isIdentifier() && isBehindTableWord(first);
    }

    /** Whether it is the first of tables in parentheses. */
    private boolean isInJoin(int i) {
        return names.at(i - 1).isSymbol("(") && (names.at(i - 2).isSymbol(",") || isBehindTableWord(i - 1));
    }

    private boolean isBehindTableWord(int i) {
        Token before = names.at(i - 1);
        Token second = names.at(i - 2);
        boolean begins = second == FormCursor.END || second.isSymbol("(") || second.isSymbol(")");
        return before.kind() == Token.Kind.WORD
                && BEFORE_TABLE.contains(before.text())
                && !second.isSymbol(".")
                && (begins || !before.is("update")); // else a lock, or what a conflict does
    }

    private static boolean endsTableName(Token next) {
        if (next.kind() == Token.Kind.SYMBOL) {
            return next == FormCursor.END || next.isSymbol(",") || next.isSymbol(")");
        }
        return next.kind() == Token.Kind.WORD && BEHIND_TABLE.contains(next.text());
    }

    /** Whether it stands behind a value or a table without AS, and the next one or the next clause follows. */
    private boolean isBare(int i) {
        Token before = names.at(i - 1);
        boolean follows = before.isSymbol(")")
                || before.isSymbol("]")
                || before.isValue()
                || before.kind() == Token.Kind.NAME
                || before.is("end")
                || PostgreSqlWords.mayName(before);
        return follows
                && endsTableName(names.at(i + 1))
                && !ONLY_BEHIND_AS.contains(names.at(i).text())
                && !goesOn(i)
                && isInNamingClause(i);
    }

    /** Whether the word goes on with the one before it: AT LOCAL, TIME ZONE, IS JSON OBJECT, OVER a window. */
    private boolean goesOn(int i) {
        Token before = names.at(i - 1);
        Token second = names.at(i - 2);
        return before.is("at")
                || before.is("over")
                || (before.is("time") && names.at(i).is("zone"))
                || second.is("is")
                || second.is("not")
                || second.isSymbol("::") && (before.is("double") || before.is("national") || before.is("character"));
    }

    private boolean isInNamingClause(int i) {
        int depth = 0;
        for (int at = i - 1; at >= 0; at--) {
            Token token = names.at(at);
            depth += token.isSymbol(")") ? 1 : token.isSymbol("(") ? -1 : 0;
            if (depth < 0) {
                return false;
            }
            boolean isWord = depth == 0
                    && token.kind() == Token.Kind.WORD
                    && !names.at(at - 1).isSymbol(".");
            if (isWord && NAMING.contains(token.text())) {
                return true;
            }
            if (isWord && NOT_NAMING.contains(token.text()) && !(token.is("as") && at < i - 2)) {
                return false;
            }
        }
        return false;
    }

    /** Whether the group around an index is a CAST, where a type stands behind AS. */
    private boolean isInCast(int i) {
        int depth = 0;
        for (int at = i; at >= 0; at--) {
            Token token = names.at(at);
            depth += token.isSymbol(")") ? 1 : token.isSymbol("(") ? -1 : 0;
            if (depth < 0) {
                Token called = names.at(at - 1);
                return called.is("cast") || called.is("treat") || called.is("xmlserialize");
            }
        }
        return false;
    }

    /** Whether the word names a query of WITH, with its columns or without. */
    private boolean isQueryName(int i) {
        Token before = names.at(i - 1);
        boolean begins =
                before.is("with") || (before.is("recursive") && names.at(i - 2).is("with"));
        if (!begins) {
            return false;
        }
        int close = names.at(i + 1).isSymbol("(") && isNameList(i + 1) ? names.close(i + 1) : i;
        Token query = names.at(close + 2);
        return names.at(close + 1).is("as") && (query.isSymbol("(") || query.is("not") || query.is("materialized"));
    }

    private boolean isNameList(int open) {
        int at = open;
        do {
            if (!names.at(at + 1).isIdentifier()) {
                return false;
            }
            at += 2;
        } while (names.at(at).isSymbol(","));
        return names.at(at).isSymbol(")");
    }
}
