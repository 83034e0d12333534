package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the forms of statements that mean the same in every database.
 *
 * <p>What a statement does is read elsewhere; here stands only where a word or mark could mean something else somewhere:
 * a second table in an UPDATE, a modifier where a table is expected, a clause that writes in a query.
 */
final class AnsiForms {
    /** Words that change something, or run something else, wherever they stand. */
    private static final Set<String> CHANGING = Set.of(
            "insert",
            "update",
            "delete",
            "merge",
            "upsert",
            "replace",
            "truncate",
            "create",
            "drop",
            "alter",
            "call",
            "exec",
            "execute",
            "returning",
            "output",
            "procedure",
            "outfile",
            "dumpfile",
            "into");

    /** Words that some database takes for a modifier where others take them for the table. */
    private static final Set<String> MODIFIERS = Set.of(
            "only",
            "ignore",
            "low_priority",
            "high_priority",
            "quick",
            "delayed",
            "overwrite",
            "top",
            "statistics",
            "or",
            "all",
            "first",
            "table",
            "final",
            "old",
            "new",
            "directory",
            "local",
            "temporary",
            "temp",
            "if",
            "concurrently",
            "external",
            "foreign",
            "materialized",
            "partition");

    /** Words that may not stand between a target and the rest of its statement, as an alias would. */
    private static final Set<String> NO_ALIAS =
            Set.of("where", "set", "using", "from", "partition", "join", "values", "select", "as", "on", "default");

    private static final Set<String> TRANSACTION = Set.of(
            "transaction",
            "work",
            "isolation",
            "level",
            "read",
            "write",
            "only",
            "committed",
            "uncommitted",
            "repeatable",
            "serializable",
            "to",
            "savepoint");

    /** Words before a parenthesis that are no function anywhere. */
    private static final Set<String> GRAMMAR =
            Set.of("all", "any", "some", "row", "array", "grouping", "cast", "exists", "unique", "values");

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
            "uuid",
            "varbinary",
            "varchar",
            "varchar2",
            "xml");

    /** Names that mean the key of a row somewhere, whatever the key is called. */
    private static final Set<String> PSEUDO_COLUMNS = Set.of("rowid", "_rowid_", "oid");

    private static final Set<String> ORDER = Set.of("asc", "desc");
    private static final Set<String> QUERIES = Set.of("select", "with", "values");

    private final StatementTokens statement;

    private AnsiForms(StatementTokens statement) {
        this.statement = statement;
    }

    /** Why a statement is not in a form that means the same everywhere; empty where it is. */
    static Optional<Problem> refusal(StatementTokens statement) {
        StatementTokens own = new StatementTokens(statement.sql(), statement.rest());
        boolean isPlain = new AnsiForms(own).isPlain();
        return isPlain
                ? Optional.empty()
                : Optional.of(own.problem(
                        "a form that not every database reads alike",
                        "under the ANSI reading only what is plain passes"));
    }

    private boolean isPlain() {
        if (holdsLongName() || holdsDetachedCall() || holdsNamedList()) {
            return false;
        }
        if (statement.peek().isSymbol("(") || statement.isAny(QUERIES)) {
            return isQuery();
        }
        Token first = statement.next();
        return switch (first.kind() == Token.Kind.WORD ? first.text() : "") {
            case "insert" -> statement.accept("into") && acceptTarget() && isInsert();
            case "update" -> acceptTarget() && acceptAlias() && statement.is("set") && isUpdate();
            case "delete" -> statement.accept("from") && acceptTarget() && acceptAlias() && isDelete();
            case "merge" -> statement.accept("into") && acceptTarget() && acceptAlias() && isMerge();
            case "create" -> isCreate();
            case "alter" -> statement.accept("table") && acceptTarget() && isAlteration();
            case "drop" -> isDrop();
            case "truncate" -> statement.accept("table") && acceptTarget() && statement.atEnd();
            case "call" -> statement.accept("next", "value", "for") && acceptTarget() && statement.atEnd();
            case "commit", "start", "set", "rollback", "savepoint", "release" -> isOfTransaction(first);
            default -> false;
        };
    }

    /** A name of more than two parts leads to another database in some, and into a column in others. */
    private boolean holdsLongName() {
        List<Token> tokens = statement.all();
        for (int i = 3; i < tokens.size(); i++) {
            if (tokens.get(i).isSymbol(".") && tokens.get(i - 2).isSymbol(".")) {
                return true;
            }
        }
        return false;
    }

    /** MySQL takes a built-in for a function of a user's own where a blank stands before its parenthesis. */
    private boolean holdsDetachedCall() {
        List<Token> tokens = statement.all();
        for (int i = 1; i < tokens.size(); i++) {
            Token name = tokens.get(i - 1);
            boolean isDetached =
                    tokens.get(i).isSymbol("(") && name.end() < tokens.get(i).start();
            if (isDetached
                    && name.kind() == Token.Kind.WORD
                    && !GRAMMAR.contains(name.text())
                    && HarmlessRoutines.isHarmless(Dialect.ANSI, new RoutineCall("", name.text()))) {
                return true;
            }
        }
        return false;
    }

    /** SQLite reads the table that IN names without parentheses; POSITION has an IN of its own. */
    private boolean holdsNamedList() {
        List<Token> tokens = statement.all();
        Deque<Boolean> isPosition = new ArrayDeque<>(List.of(false));
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).isSymbol("(")) {
                isPosition.push(i > 0 && tokens.get(i - 1).is("position"));
            } else if (tokens.get(i).isSymbol(")")) {
                isPosition.pop();
            } else if (tokens.get(i).is("in") && !tokens.get(i + 1).isSymbol("(") && !isPosition.element()) {
                return true;
            }
        }
        return false;
    }

    private boolean isQuery() {
        List<Token> tokens = statement.rest();
        for (int i = 0; i < tokens.size(); i++) {
            boolean isNamed = i > 0 && tokens.get(i - 1).isSymbol(".");
            boolean isCall = tokens.get(i).is("replace")
                    && i + 1 < tokens.size()
                    && tokens.get(i + 1).isSymbol("(");
            boolean isLock =
                    tokens.get(i).is("update") && i > 0 && tokens.get(i - 1).is("for");
            if (isChanging(tokens.get(i)) && !isNamed && !isCall && !isLock) {
                return false;
            }
        }
        return true;
    }

    private static boolean isChanging(Token token) {
        return token.kind() == Token.Kind.WORD && CHANGING.contains(token.text());
    }

    /** Reads a name that nothing but a table can be, wherever a modifier might stand before it. */
    private boolean acceptTarget() {
        Token first = statement.peek();
        boolean isModifier = first.kind() == Token.Kind.WORD
                && (MODIFIERS.contains(first.text()) || WritingWords.isReserved(first.text()));
        return !isModifier && statement.acceptTable().isPresent();
    }

    private boolean acceptAlias() {
        boolean announced = statement.accept("as");
        boolean follows = statement.peek().isIdentifier() && !statement.isAny(NO_ALIAS);
        if (follows) {
            statement.next();
        }
        return follows || !announced;
    }

    private boolean isInsert() {
        if (statement.peek().isSymbol("(") && statement.peek(1).isIdentifier() && !isAnyAt(1, QUERIES)) {
            if (!acceptNames(Set.of())) {
                return false;
            }
        }
        if (statement.accept("default", "values")) {
            return statement.atEnd();
        }
        boolean begins = statement.isAny(QUERIES) || statement.peek().isSymbol("(");
        return begins && !holdsPair("on", "duplicate") && !holdsPair("on", "conflict") && isQuery();
    }

    private boolean isUpdate() {
        Set<String> own = namesOf(statement
                .all()
                .subList(1, statement.all().size() - statement.rest().size()));
        statement.next();
        int depth = 0;
        List<Token> tokens = statement.rest();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean isComparison = i > 0 && tokens.get(i - 1).is("distinct");
            boolean isPseudo = token.isIdentifier() && PSEUDO_COLUMNS.contains(TableName.fold(token.text()));
            if (isPseudo || setsPart(tokens, i, own)) {
                return false;
            }
            if (depth == 0 && ((token.is("from") && !isComparison) || token.is("join") || token.is("using"))) {
                return false;
            }
        }
        return isQuery();
    }

    /** The names by which a target's columns may be qualified: its own and its alias. */
    private static Set<String> namesOf(List<Token> target) {
        Set<String> names = new HashSet<>();
        for (Token token : target) {
            if (token.isIdentifier()) {
                names.add(TableName.fold(token.text()));
            }
        }
        return names;
    }

    /** PostgreSQL takes {@code SET a.b} for a part of the column a. */
    private static boolean setsPart(List<Token> tokens, int index, Set<String> own) {
        boolean isTarget = tokens.get(index).isIdentifier()
                && (index == 0
                        || tokens.get(index - 1).isSymbol(",")
                        || tokens.get(index - 1).isSymbol("("))
                && index + 3 < tokens.size()
                && tokens.get(index + 1).isSymbol(".")
                && tokens.get(index + 3).isSymbol("=");
        return isTarget && !own.contains(TableName.fold(tokens.get(index).text()));
    }

    private boolean isDelete() {
        return statement.atEnd() || (statement.accept("where") && isQuery());
    }

    /** Each change stands behind THEN; one behind another change is some database's own. */
    private boolean isMerge() {
        if (!statement.accept("using")) {
            return false;
        }
        List<Token> tokens = statement.rest();
        for (int i = 0; i < tokens.size(); i++) {
            boolean isBranch = i > 0 && tokens.get(i - 1).is("then");
            boolean isAllowed = tokens.get(i).is("insert")
                    || tokens.get(i).is("update")
                    || tokens.get(i).is("delete");
            if (isChanging(tokens.get(i)) && !(isBranch && isAllowed)) {
                return false;
            }
        }
        return true;
    }

    private boolean isCreate() {
        if (statement.accept("table")) {
            statement.accept("if", "not", "exists");
            return acceptTarget() && statement.peek().isSymbol("(") && isDefinition(true);
        }
        if (statement.accept("view")) {
            boolean isNamed = acceptTarget() && (!statement.peek().isSymbol("(") || acceptNames(Set.of()));
            return isNamed && statement.accept("as") && isQuery();
        }
        if (statement.accept("sequence")) {
            return acceptTarget() && !statement.holds(CHANGING);
        }
        statement.accept("unique");
        return statement.accept("index")
                && acceptTarget()
                && statement.accept("on")
                && acceptTarget()
                && acceptNames(ORDER)
                && statement.atEnd();
    }

    /** Whatever is neither a column nor a constraint may take rows along, as the history of a table. */
    private boolean isAlteration() {
        boolean isKnown = switch (statement.peek().text()) {
            case "add" ->
                isAnyAt(1, CONSTRAINTS) || isAnyAt(2, TYPES) || (statement.is("add", "column") && isAnyAt(3, TYPES));
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
            boolean isAlteration = !isGroup && depth == 0 && (token.is("alter") || token.is("drop"));
            boolean isCascade = i > 0
                    && (tokens.get(i - 1).is("update") || tokens.get(i - 1).is("delete"));
            boolean isRefused = (isChanging(token) && !isAction && !isAlteration)
                    || token.is("select")
                    || (token.is("cascade") && !isCascade);
            if (isRefused) {
                return false;
            }
        }
        return depth == 0;
    }

    private boolean isDrop() {
        boolean isKnown = statement.accept("table")
                || statement.accept("view")
                || statement.accept("index")
                || statement.accept("sequence");
        statement.accept("if", "exists");
        if (!isKnown || !acceptTarget()) {
            return false;
        }
        statement.accept("if", "exists");
        statement.accept("restrict");
        return statement.atEnd();
    }

    private boolean isOfTransaction(Token first) {
        boolean isWhole = !first.is("start") && !first.is("set");
        if (!isWhole && !statement.accept("transaction")) {
            return false;
        }
        boolean namesSavepoint = first.is("savepoint")
                || (first.is("release") && statement.accept("savepoint"))
                || (first.is("rollback")
                        && (statement.accept("to", "savepoint") || statement.accept("work", "to", "savepoint")));
        if (namesSavepoint) {
            return statement.next().isIdentifier() && statement.atEnd();
        }
        if (isWhole) {
            statement.accept("work");
            return !first.is("release") && statement.atEnd();
        }
        while (statement.acceptAny(TRANSACTION) || statement.acceptSymbol(",")) {
            // Which isolation it is changes no meaning.
        }
        return statement.atEnd();
    }

    /** Reads names in parentheses, each alone or with one of the words behind it. */
    private boolean acceptNames(Set<String> behind) {
        if (!statement.acceptSymbol("(")) {
            return false;
        }
        do {
            if (!statement.next().isIdentifier()) {
                return false;
            }
            statement.acceptAny(behind);
        } while (statement.acceptSymbol(","));
        return statement.acceptSymbol(")");
    }

    private boolean isAnyAt(int distance, Set<String> words) {
        Token token = statement.peek(distance);
        return token.kind() == Token.Kind.WORD && words.contains(token.text());
    }

    private boolean holdsPair(String first, String second) {
        List<Token> tokens = statement.rest();
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i).is(second) && tokens.get(i - 1).is(first)) {
                return true;
            }
        }
        return false;
    }
}
