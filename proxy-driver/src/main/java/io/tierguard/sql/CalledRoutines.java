package io.tierguard.sql;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds what looks like a routine's call in the tokens of a definition. */
final class CalledRoutines {

    /** Names of types and of parts of a definition that a group in parentheses may follow. */
    private static final Set<String> NOT_CALLED = Set.of(
            "char",
            "character",
            "varchar",
            "nvarchar",
            "longvarchar",
            "longvarbinary",
            "varchar2",
            "varying",
            "binary",
            "varbinary",
            "varchar_ignorecase",
            "numeric",
            "decimal",
            "dec",
            "number",
            "float",
            "double",
            "real",
            "time",
            "timestamp",
            "timestamptz",
            "timetz",
            "datetime",
            "datetime2",
            "smalldatetime",
            "year",
            "mediumint",
            "int2",
            "int4",
            "int8",
            "float4",
            "float8",
            "nchar",
            "nvarchar2",
            "bytea",
            "bit",
            "clob",
            "blob",
            "text",
            "object",
            "large",
            "int",
            "integer",
            "bigint",
            "smallint",
            "tinyint",
            "enum",
            "geometry",
            "decfloat",
            "java_object",
            "json",
            "uuid",
            "raw",
            "check",
            "key",
            "unique",
            "primary",
            "foreign",
            "references",
            "inherits",
            "generated",
            "always",
            "identity",
            "as",
            "include",
            "with",
            "where",
            "on",
            "using",
            "btree",
            "hash",
            "gin",
            "gist",
            "brin",
            "spgist",
            "exclude",
            "auto_increment",
            "default",
            "index",
            "array",
            "varray",
            "selectivity",
            "nvl2",
            "interval",
            "day",
            "second",
            "hour",
            "minute",
            "set",
            "reset",
            "in",
            "and",
            "or",
            "not",
            "between",
            "like",
            "add",
            "column",
            "type",
            "cast",
            "distinct",
            "constraint",
            "bpchar",
            "vector",
            "bool",
            "any",
            "all",
            "null",
            "when",
            "then",
            "case",
            "else",
            "values",
            "value",
            "only",
            "to",
            "from",
            "alter",
            "drop",
            "update",
            "modify",
            "nulls",
            "options");

    /** Words with which a part of a definition begins. */
    private static final Set<String> BEGINS_PART = Set.of(
            "check",
            "key",
            "unique",
            "primary",
            "foreign",
            "exclude",
            "index",
            "constraint",
            "add",
            "alter",
            "drop",
            "set",
            "reset",
            "column");

    private CalledRoutines() {}

    /** Whether a parenthesis may follow a name although it is never called. */
    static boolean isWordOrType(String name) {
        return NOT_CALLED.contains(name);
    }

    /** The routines not known to be harmless; the first names of an index or table are taken as no routine. */
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
                if (!HarmlessRoutines.isHarmless(dialect, call)) {
                    calls.add(call);
                }
            }
            i = name.end();
        }
        return List.copyOf(calls);
    }

    private static boolean isCall(List<Token> tokens, int start, DottedName name) {
        boolean group = name.end() < tokens.size() && tokens.get(name.end()).isSymbol("(");
        boolean listed = tokens.get(start).kind() == Token.Kind.WORD
                && name.parts().size() == 1
                && NOT_CALLED.contains(name.parts().get(0))
                && !isValue(tokens, start);
        boolean afterName = isAfterName(tokens, start);
        return group && !listed && !afterName;
    }

    /** Whether what stands here is a table, a constraint, or a way to index or partition; never a value to compute. */
    private static boolean isAfterName(List<Token> tokens, int start) {
        if (start == 0) {
            return false;
        }
        Token before = tokens.get(start - 1);
        boolean method =
                before.is("using") && (start == 1 || tokens.get(start - 2).is("exclude"));
        boolean strategy = before.is("by") && start > 1 && tokens.get(start - 2).is("partition");
        boolean index = before.is("index") || before.is("key");
        boolean table = before.is("references") || before.is("constraint") || before.is("of");
        return table || index || method || strategy;
    }

    /** Whether a value is computed here, so that not even a type's name is anything but a call. */
    private static boolean isValue(List<Token> tokens, int start) {
        if (start == 0 || BEGINS_PART.contains(tokens.get(start).text())) {
            return false;
        }
        Token before = tokens.get(start - 1);
        boolean afterOperator = before.kind() == Token.Kind.SYMBOL
                && !before.text().equals(")")
                && !before.text().equals("]")
                && !before.text().equals("::");
        return (afterOperator || before.is("default") || before.is("using"))
                && !WritingWords.isReserved(tokens.get(start).text());
    }
}
