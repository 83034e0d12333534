package io.tierguard.sql;

import java.util.List;
import java.util.Set;

/** Tells the definitions of tables, views and indexes that mean the same in every database; for one thread. */
final class AnsiDefinitions {
    private static final Set<String> ORDER = Set.of("asc", "desc");

    private static final Set<String> CONSTRAINTS = Set.of("constraint", "primary", "foreign", "unique", "check");

    /** Types of the standard and their usual short names. */
    private static final Set<String> TYPES = Set.of(
            "bigint",
            "binary",
            "bit",
            "blob",
            "boolean",
            "char",
            "character",
            "clob",
            "date",
            "datetime",
            "dec",
            "decimal",
            "double",
            "float",
            "int",
            "integer",
            "nchar",
            "national",
            "number",
            "numeric",
            "nvarchar",
            "real",
            "smallint",
            "text",
            "time",
            "timestamp",
            "tinyint",
            "longvarchar",
            "longvarbinary",
            "uuid",
            "varbinary",
            "varchar",
            "varchar2",
            "xml");

    /** Words of columns and constraints. */
    private static final Set<String> DEFINING = Set.of(
            "column",
            "constraint",
            "primary",
            "foreign",
            "key",
            "unique",
            "check",
            "references",
            "not",
            "null",
            "default",
            "on",
            "update",
            "delete",
            "cascade",
            "set",
            "no",
            "action",
            "restrict",
            "generated",
            "always",
            "by",
            "as",
            "identity",
            "precision",
            "varying",
            "large",
            "object",
            "with",
            "without",
            "time",
            "zone",
            "data",
            "type",
            "restart",
            "start",
            "increment",
            "drop");

    /** Words behind which a name stands, or the value of a column. */
    private static final Set<String> BEFORE_NAMES =
            Set.of("add", "drop", "column", "constraint", "references", "default", "key", "collate");

    private final StatementTokens statement;
    private final AnsiCursor cursor;

    AnsiDefinitions(StatementTokens statement, AnsiCursor cursor) {
        this.statement = statement;
        this.cursor = cursor;
    }

    boolean isCreate() {
        if (statement.accept("table")) {
            statement.accept("if", "not", "exists");
            return cursor.acceptTarget() && statement.peek().isSymbol("(") && isDefinition(true);
        }
        if (statement.accept("view")) {
            boolean isNamed =
                    cursor.acceptTarget() && (!statement.peek().isSymbol("(") || cursor.acceptNames(Set.of()));
            return isNamed && statement.accept("as") && cursor.isQuery();
        }
        if (statement.accept("sequence")) {
            return cursor.acceptTarget() && statement.rest().stream().noneMatch(AnsiCursor::isChanging);
        }
        statement.accept("unique");
        return statement.accept("index")
                && cursor.acceptTarget()
                && statement.accept("on")
                && cursor.acceptTarget()
                && cursor.acceptNames(ORDER)
                && statement.atEnd();
    }

    /** Whatever is neither a column nor a constraint may take rows along, as the history of a table. */
    boolean isAlteration() {
        boolean isKnown = switch (statement.peek().text()) {
            case "add" ->
                cursor.isAnyAt(1, CONSTRAINTS)
                        || cursor.isAnyAt(2, TYPES)
                        || (statement.is("add", "column") && cursor.isAnyAt(3, TYPES));
            case "alter" -> statement.is("alter", "column");
            case "drop" ->
                statement.is("drop", "column")
                        || statement.is("drop", "constraint")
                        || statement.is("drop", "primary", "key")
                        || statement.is("drop", "foreign", "key")
                        || statement.rest().size() == 2;
            default -> false;
        };
        return isKnown && isDefinition(false);
    }

    /** Columns and constraints, with nothing behind them and no query inside. */
    private boolean isDefinition(boolean isGroup) {
        List<Token> tokens = statement.rest();
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean isLast = i == tokens.size() - 1;
            if (depth == 0 && (isGroup ? !isLast : token.isSymbol(","))) {
                return false;
            }
            boolean isAction = i > 0 && tokens.get(i - 1).is("on") && (token.is("update") || token.is("delete"));
            boolean isAlteration = !isGroup && (i == 0 || (i == 3 && dropsFromColumn(tokens)));
            if (!isGroup && i > 0 && depth == 0 && !defines(tokens, i)) {
                return false;
            }
            boolean isCascade = i > 0
                    && (tokens.get(i - 1).is("update") || tokens.get(i - 1).is("delete"));
            boolean isRefused = (AnsiCursor.isChanging(token) && !isAction && !isAlteration)
                    || token.is("select")
                    || (token.is("cascade") && !isCascade);
            if (isRefused) {
                return false;
            }
        }
        return depth == 0;
    }

    /** {@code ALTER COLUMN a DROP DEFAULT} and its like. */
    private static boolean dropsFromColumn(List<Token> tokens) {
        return tokens.size() > 4
                && tokens.get(0).is("alter")
                && tokens.get(3).is("drop")
                && (tokens.get(4).is("default")
                        || tokens.get(4).is("not")
                        || tokens.get(4).is("identity"));
    }

    /** Whether a token can only be a part of a column or constraint, and begin no statement of its own. */
    private static boolean defines(List<Token> tokens, int index) {
        Token token = tokens.get(index);
        Token before = tokens.get(index - 1);
        return token.kind() != Token.Kind.WORD
                || DEFINING.contains(token.text())
                || TYPES.contains(token.text())
                || before.isSymbol(".")
                || (before.kind() == Token.Kind.WORD && BEFORE_NAMES.contains(before.text()))
                || (before.is("column") && index == 2);
    }

    boolean isDrop() {
        boolean isKnown = statement.accept("table")
                || statement.accept("view")
                || statement.accept("index")
                || statement.accept("sequence");
        statement.accept("if", "exists");
        if (!isKnown || !cursor.acceptTarget()) {
            return false;
        }
        statement.accept("if", "exists");
        statement.accept("restrict");
        return statement.atEnd();
    }
}
