package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
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

    /** Names that mean the key of a row somewhere, whatever the key is called. */
    private static final Set<String> PSEUDO_COLUMNS = Set.of("rowid", "_rowid_", "oid");

    private static final Set<String> QUERIES = Set.of("select", "with", "values");

    private static final Set<String> ISOLATIONS = Set.of("ur", "cs", "rs", "rr");

    /** What to do about a statement that does not pass. */
    static final String HELP = "the database is not known, so write it in a form that is plain in all";

    private final StatementTokens statement;
    private final AnsiCursor cursor;
    private final AnsiDefinitions definitions;

    private AnsiForms(StatementTokens statement) {
        this.statement = statement;
        this.cursor = new AnsiCursor(statement);
        this.definitions = new AnsiDefinitions(statement, cursor);
    }

    /** Why a statement is not in a form that means the same everywhere; empty where it is. */
    static Optional<Problem> refusal(StatementTokens statement) {
        StatementTokens own = new StatementTokens(statement.sql(), statement.rest());
        boolean isPlain = new AnsiForms(own).isPlain();
        return isPlain
                ? Optional.empty()
                : Optional.of(own.problem("a form that not every database reads alike", HELP));
    }

    /** A query without the isolation that Derby and Db2 write behind it, which no other database has. */
    static StatementTokens withoutIsolation(StatementTokens statement) {
        List<Token> tokens = statement.rest();
        int end = tokens.size() - 2;
        boolean isIsolated = end > 0
                && tokens.get(end).is("with")
                && tokens.get(end + 1).kind() == Token.Kind.WORD
                && ISOLATIONS.contains(tokens.get(end + 1).text());
        return isIsolated ? new StatementTokens(statement.sql(), tokens.subList(0, end)) : statement;
    }

    private boolean isPlain() {
        if (AnsiAmbiguities.areIn(statement.all())) {
            return false;
        }
        if (statement.peek().isSymbol("(") || statement.isAny(QUERIES)) {
            return cursor.isQuery();
        }
        Token first = statement.next();
        return switch (first.kind() == Token.Kind.WORD ? first.text() : "") {
            case "insert" -> statement.accept("into") && cursor.acceptTarget() && isInsert();
            case "update" -> cursor.acceptTarget() && acceptAlias() && statement.is("set") && isUpdate();
            case "delete" -> statement.accept("from") && cursor.acceptTarget() && acceptAlias() && isDelete();
            case "merge" -> statement.accept("into") && cursor.acceptTarget() && acceptAlias() && isMerge();
            case "create" -> definitions.isCreate();
            case "alter" -> statement.accept("table") && cursor.acceptTarget() && definitions.isAlteration();
            case "drop" -> definitions.isDrop();
            case "truncate" -> statement.accept("table") && cursor.acceptTarget() && statement.atEnd();
            case "call" -> statement.accept("next", "value", "for") && cursor.acceptTarget() && statement.atEnd();
            case "commit", "start", "set", "rollback", "savepoint", "release" -> isOfTransaction(first);
            default -> false;
        };
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
        if (statement.peek().isSymbol("(") && statement.peek(1).isIdentifier() && !cursor.isAnyAt(1, QUERIES)) {
            if (!cursor.acceptNames(Set.of())) {
                return false;
            }
        }
        if (statement.accept("default", "values")) {
            return statement.atEnd();
        }
        boolean begins = statement.isAny(QUERIES) || statement.peek().isSymbol("(");
        return begins && !holdsPair("on", "duplicate") && !holdsPair("on", "conflict") && cursor.isQuery();
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
            boolean isWholeRow = i == 0 && token.is("row");
            if (isPseudo || isWholeRow || setsPart(tokens, i, own)) {
                return false;
            }
            if (depth == 0 && ((token.is("from") && !isComparison) || token.is("join") || token.is("using"))) {
                return false;
            }
        }
        return cursor.isQuery();
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
        boolean begins = index == 0
                || tokens.get(index - 1).isSymbol(",")
                || tokens.get(index - 1).isSymbol("(");
        return begins
                && isQualifiedTarget(tokens, index)
                && !own.contains(TableName.fold(tokens.get(index).text()));
    }

    private static boolean isQualifiedTarget(List<Token> tokens, int index) {
        return tokens.get(index).isIdentifier()
                && index + 3 < tokens.size()
                && tokens.get(index + 1).isSymbol(".")
                && tokens.get(index + 3).isSymbol("=");
    }

    private boolean isDelete() {
        return statement.atEnd() || (statement.accept("where") && cursor.isQuery());
    }

    /** Each change stands behind THEN; one behind another change is some database's own. */
    private boolean isMerge() {
        Set<String> own = namesOf(statement
                .all()
                .subList(1, statement.all().size() - statement.rest().size()));
        if (!statement.accept("using")) {
            return false;
        }
        List<Token> tokens = statement.rest();
        for (int i = 0; i < tokens.size(); i++) {
            boolean isBranch = i > 0 && tokens.get(i - 1).is("then");
            boolean isSet = i > 0
                    && (tokens.get(i - 1).is("set") || tokens.get(i - 1).isSymbol(","))
                    && isQualifiedTarget(tokens, i);
            if (isSet && !own.contains(TableName.fold(tokens.get(i).text()))) {
                return false;
            }
            boolean isAllowed = tokens.get(i).is("insert")
                    || tokens.get(i).is("update")
                    || tokens.get(i).is("delete");
            if (AnsiCursor.isChanging(tokens.get(i)) && !(isBranch && isAllowed)) {
                return false;
            }
        }
        return true;
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
