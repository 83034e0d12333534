package io.tierguard.sql;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds what a definition of a table of MySQL or MariaDB computes: defaults, generated columns, checks, parts of keys. */
final class MySqlDefinitionCalls {

    /** Types, where a column's name stands before them. */
    private static final Set<String> TYPES = Words.of("""
            bigint binary bit blob bool char character datetime dec decimal double enum fixed float float4
            float8 inet4 inet6 int int1 int2 int3 int4 int8 integer longblob longtext mediumblob mediumint
            mediumtext middleint nchar number numeric nvarchar precision raw real set smallint text time
            timestamp tinyblob tinyint tinytext uuid varbinary varchar varchar2 varcharacter varying vector year
            byte ref_system_id
            """);

    /** Words of a definition that a group may follow and that call nothing. */
    private static final Set<String> STRUCTURE = Words.of("""
            add always and any as between btree by case check column columns default else exists foreign
            fulltext hash if in index into is key like linear list not or partition partitions period primary
            range references regexp rlike rtree spatial subpartition system_time than then unique update using
            values virtual when where with xor div mod change modify drop on limit order cast convert interval
            union engine_attribute
            """);

    /** What an operand follows at the beginning of an expression. */
    private static final Set<String> BEFORE_OPERANDS =
            Set.of("not", "case", "binary", "interval", "distinct", "exists");

    private static final Set<String> KEYS = Set.of("key", "index", "unique", "fulltext", "spatial");

    private MySqlDefinitionCalls() {}

    /** The routines not known to be harmless. */
    static List<RoutineCall> in(Dialect dialect, List<Token> tokens) {
        Set<RoutineCall> calls = new LinkedHashSet<>();
        int i = 0;
        while (i < tokens.size()) {
            if (!tokens.get(i).isIdentifier()) {
                i++;
                continue;
            }
            DottedName name = DottedName.at(tokens, i);
            if (isCall(tokens, i, name)) {
                RoutineCall call = name.routine();
                if (tokens.get(i).kind() == Token.Kind.NAME || !HarmlessRoutines.isHarmless(dialect, call)) {
                    calls.add(call);
                }
            }
            i = name.end();
        }
        return List.copyOf(calls);
    }

    private static boolean isCall(List<Token> tokens, int start, DottedName name) {
        boolean opens = name.end() < tokens.size() && tokens.get(name.end()).isSymbol("(");
        if (!opens) {
            return false;
        }
        Token first = tokens.get(start);
        Token before = start > 0 ? tokens.get(start - 1) : MySqlTokens.symbol("", first);
        boolean isWord = first.kind() == Token.Kind.WORD && name.parts().size() == 1;
        if (isWord && STRUCTURE.contains(first.text())) {
            return false;
        }
        boolean isType = isWord
                && TYPES.contains(first.text())
                && ((before.isIdentifier() && !isBeforeValue(before))
                        || before.is("as")
                        || isColumn(tokens, start - 1));
        return !isType && !isAfterName(tokens, start) && !isPrefix(tokens, start, name.end());
    }

    private static boolean isBeforeValue(Token token) {
        return token.kind() == Token.Kind.WORD && STRUCTURE.contains(token.text()) && !token.is("column");
    }

    /** Whether a word stands where a column's name does, as all do that are not reserved. */
    private static boolean isColumn(List<Token> tokens, int at) {
        if (at < 1 || !tokens.get(at).isIdentifier() || isBeforeOperand(tokens.get(at))) {
            return false;
        }
        Token before = tokens.get(at - 1);
        return before.isSymbol("(")
                || before.isSymbol(",")
                || before.is("add")
                || before.is("column")
                || before.is("modify")
                || before.is("exists")
                || isBehindChange(tokens, at - 1);
    }

    private static boolean isBeforeOperand(Token token) {
        return token.kind() == Token.Kind.WORD && BEFORE_OPERANDS.contains(token.text());
    }

    /** {@code CHANGE a b INT}, where the new name stands behind the old one. */
    private static boolean isBehindChange(List<Token> tokens, int old) {
        return old > 0
                && tokens.get(old).isIdentifier()
                && (tokens.get(old - 1).is("change")
                        || tokens.get(old - 1).is("column")
                        || tokens.get(old - 1).is("exists"));
    }

    /** Whether it is the name of a table, a constraint or a key. */
    private static boolean isAfterName(List<Token> tokens, int start) {
        if (start == 0) {
            return false;
        }
        Token before = tokens.get(start - 1);
        boolean isKey = before.kind() == Token.Kind.WORD && KEYS.contains(before.text());
        boolean isExistential = before.is("exists");
        return isKey
                || isExistential
                || before.is("references")
                || before.is("constraint")
                || before.is("partition")
                || before.is("using")
                || before.is("like")
                || before.is("period")
                || before.is("for")
                || before.is("subpartition");
    }

    /** {@code KEY k (name(10))}: how much of a column is in a key. */
    private static boolean isPrefix(List<Token> tokens, int start, int open) {
        boolean isLength = open + 2 < tokens.size()
                && tokens.get(open + 1).kind() == Token.Kind.NUMBER
                && tokens.get(open + 2).isSymbol(")");
        if (!isLength) {
            return false;
        }
        // back to the group that it stands in, past other columns
        int i = start - 1;
        int depth = 0;
        while (i >= 0) {
            Token token = tokens.get(i);
            depth += token.isSymbol(")") ? 1 : token.isSymbol("(") ? -1 : 0;
            if (depth < 0) {
                return isKeyHead(tokens, i - 1);
            }
            boolean isColumn = token.isIdentifier()
                    || token.isSymbol(",")
                    || depth > 0
                    || token.isSymbol("(")
                    || token.isSymbol(")");
            if (!isColumn) {
                return false;
            }
            i--;
        }
        return false;
    }

    private static boolean isKeyHead(List<Token> tokens, int last) {
        for (int i = last; i >= 0 && i > last - 5; i--) {
            Token token = tokens.get(i);
            if (token.kind() == Token.Kind.WORD && KEYS.contains(token.text())) {
                return true;
            }
            if (!token.isIdentifier()) {
                return false;
            }
        }
        return false;
    }
}
