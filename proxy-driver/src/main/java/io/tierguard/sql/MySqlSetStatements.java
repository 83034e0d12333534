package io.tierguard.sql;

import io.tierguard.policy.model.Power;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the SET of MySQL and MariaDB: several assignments at once, to variables of three kinds. */
final class MySqlSetStatements {

    private static final Set<String> SHARED = Set.of("global", "persist", "persist_only");
    private static final Set<String> OWN = Set.of("session", "local");
    private static final Set<String> ON = Set.of("1", "on", "true", "default");

    /** Variables of which every value is followed. */
    private static final Set<String> FOLLOWED = Set.of("sql_mode", "character_set_client", "autocommit");

    /** Variables by which the database keeps its data as it should be, each on by itself. */
    private static final Set<String> PROTECTING =
            Set.of("foreign_key_checks", "unique_checks", "check_constraint_checks", "sql_log_bin");

    /** Variables that let a session do what others may not, or tell others what is not so. */
    private static final Set<String> RESTRICTED = Words.of("""
            sql_log_off pseudo_thread_id pseudo_slave_mode pseudo_replica_mode gtid_next gtid_domain_id
            gtid_seq_no gtid_purged server_id system_versioning_alter_history system_versioning_insert_history
            debug debug_dbug binlog_format skip_replication wsrep_on wsrep_osu_method
            """);

    private static final Set<String> CUT_LATER =
            Set.of("execute", "prepare", "begin", "create", "alter", "set", "if", "call");

    private final StatementReader reader;

    MySqlSetStatements(StatementReader reader) {
        this.reader = reader;
    }

    StatementEffects read(StatementTokens statement, int depth) {
        Token set = statement.next();
        if (statement.accept("statement")) {
            return readForStatement(statement, depth);
        }
        if (isWhole(statement)) {
            return readItem(statement, scope(statement));
        }
        StatementEffects.Understood all = (StatementEffects.Understood) Readings.harmless("SET");
        Optional<String> scope = Optional.empty();
        for (List<Token> item : MySqlLists.items(statement.rest())) {
            StatementTokens assignment = new StatementTokens(statement.sql(), item);
            Optional<String> own = scope(assignment);
            scope = own.isPresent() ? own : scope; // it holds for what follows, too
            StatementEffects reading = readItem(assignment, scope);
            StatementEffects both = Readings.both("SET", all, reading);
            if (!(both instanceof StatementEffects.Understood understood)) {
                return both instanceof StatementEffects.Bounded bounded
                        ? new StatementEffects.Unreadable("SET", bounded.problem())
                        : both;
            }
            all = understood;
        }
        return statement.atEnd()
                ? MySqlTokens.notKnown("SET", new StatementTokens(statement.sql(), List.of(set)))
                : all;
    }

    /** Whether a variable of the session changes what its statements do, or how they are read, or could be one that does. */
    static boolean hasMeaning(String variable) {
        String name = variable.toLowerCase(Locale.ROOT).stripTrailing();
        return Stream.of(FOLLOWED, RESTRICTED, PROTECTING).flatMap(Set::stream).anyMatch(meant -> couldBe(name, meant));
    }

    /** Whether a server that leaves accents away could take a name for another. */
    private static boolean couldBe(String name, String meant) {
        return name.length() == meant.length()
                && IntStream.range(0, name.length())
                        .allMatch(i -> name.charAt(i) >= 128 || name.charAt(i) == meant.charAt(i));
    }

    /** MySQL finds its variables without accents, and none has a name with any. */
    private static boolean isTakenForOthers(String variable) {
        return RoutineCall.isTakenForOthers(Dialect.MYSQL, variable);
    }

    /** Whether the commas in it divide no assignments. */
    static boolean isWhole(StatementTokens statement) {
        int at = statement.isAny(SHARED) || statement.isAny(OWN) ? 1 : 0;
        Token first = statement.peek(at);
        boolean isOption = first.is("transaction") || first.is("role") || first.is("password");
        return (isOption && !isAssignment(statement, at + 1)) || statement.is("default", "role");
    }

    /** {@code SET STATEMENT v = x FOR …}: the variables hold for that statement alone. */
    private StatementEffects readForStatement(StatementTokens statement, int depth) {
        List<Token> rest = statement.rest();
        int end = MySqlLists.atTop(rest, "for");
        if (end < 1) {
            return MySqlTokens.notKnown("SET STATEMENT", statement);
        }
        StatementEffects.Understood all = (StatementEffects.Understood) Readings.harmless("SET STATEMENT");
        for (List<Token> item : MySqlLists.items(rest.subList(0, end))) {
            StatementTokens assignment = new StatementTokens(statement.sql(), item);
            StatementEffects reading = readItem(assignment, Optional.empty());
            if (!(reading instanceof StatementEffects.Understood understood)) {
                return MySqlTokens.notKnown("SET STATEMENT", statement);
            }
            boolean isFollowed = understood.sessionChanges().stream().anyMatch(MySqlSetStatements::isFollowed);
            boolean isOfMode = understood.sessionChanges().stream().allMatch(MySqlSetStatements::isOfMode);
            if (isFollowed && !(isOfMode && isCutBefore(rest, end + 1))) {
                return MySqlTokens.notKnown("SET STATEMENT", statement);
            }
            StatementEffects.Understood plain =
                    isFollowed ? (StatementEffects.Understood) Readings.harmless("SET STATEMENT") : understood;
            all = (StatementEffects.Understood) Readings.both("SET STATEMENT", all, plain);
        }
        StatementTokens inner = new StatementTokens(statement.sql(), rest.subList(end + 1, rest.size()));
        return Readings.both("SET STATEMENT", all, Readings.inOtherMode(reader.readInner(inner, depth)));
    }

    private static boolean isFollowed(SessionChange change) {
        return !(change instanceof SessionChange.Restricted);
    }

    private static boolean isOfMode(SessionChange change) {
        return change instanceof SessionChange.StringSyntax
                || change instanceof SessionChange.QuoteSyntax
                || change instanceof SessionChange.BlankSyntax
                || change instanceof SessionChange.Strictness;
    }

    /** Whether the statement holds no text that is cut only when it runs. */
    private static boolean isCutBefore(List<Token> tokens, int at) {
        if (at >= tokens.size() || tokens.get(at).kind() != Token.Kind.WORD) {
            return false;
        }
        boolean defines = tokens.get(at).is("create") || tokens.get(at).is("alter");
        int kind = at + 1 < tokens.size() && tokens.get(at + 1).is("temporary") ? at + 2 : at + 1;
        boolean isOfTable = defines && kind < tokens.size() && tokens.get(kind).is("table");
        return isOfTable || !CUT_LATER.contains(tokens.get(at).text());
    }

    private static Optional<String> scope(StatementTokens assignment) {
        Token first = assignment.peek();
        boolean isScope = first.kind() == Token.Kind.WORD
                && (SHARED.contains(first.text()) || OWN.contains(first.text()))
                && assignment.peek(1).isIdentifier();
        return isScope ? Optional.of(assignment.next().text()) : Optional.empty();
    }

    private StatementEffects readItem(StatementTokens item, Optional<String> scope) {
        boolean isShared = scope.isPresent() && SHARED.contains(scope.get());
        if (item.is("names") || item.is("charset") || item.is("character", "set")) {
            return characterSet(item);
        }
        if (item.is("transaction") && !isAssignment(item, 1)) {
            return isShared ? restricted("global transaction") : Readings.harmless("SET");
        }
        if (item.is("password") || (item.is("default", "role"))) {
            return Readings.power("SET", Power.ADMINISTER, List.of());
        }
        if (item.is("role") && !isAssignment(item, 1)) {
            return Readings.harmless("SET");
        }
        if (item.is("resource", "group")) {
            return Readings.power("SET", Power.ADMINISTER, List.of());
        }
        return assignment(item, isShared);
    }

    private static boolean isAssignment(StatementTokens item, int distance) {
        return item.peek(distance).isSymbol("=") || item.peek(distance).isSymbol(":=");
    }

    private StatementEffects assignment(StatementTokens item, boolean isShared) {
        Token target = item.next();
        String name;
        boolean isOfServer = false;
        boolean isOfUser = false;
        if (target.kind() == Token.Kind.PARAMETER) {
            isOfServer = target.text().startsWith("@@");
            isOfUser = !isOfServer && target.text().startsWith("@");
            name = isOfServer ? target.text().substring(2) : target.text();
        } else if (target.isIdentifier()) {
            StringBuilder dotted = new StringBuilder(target.text().toLowerCase(Locale.ROOT));
            while (item.peek().isSymbol(".") && item.peek(1).isIdentifier()) {
                item.next();
                dotted.append('.').append(item.next().text().toLowerCase(Locale.ROOT));
            }
            name = dotted.toString();
        } else {
            return MySqlTokens.notKnown("SET", item);
        }
        if (!isOfUser && isTakenForOthers(name)) {
            return Readings.unreadable(
                    "SET",
                    item,
                    "a variable of a name that the server may take for another",
                    "write the name as the server's documentation does");
        }
        if (!item.acceptSymbol("=") && !item.acceptSymbol(":=")) {
            return MySqlTokens.notKnown("SET", item);
        }
        if (item.atEnd() || (target.kind() == Token.Kind.PARAMETER && !isOfServer && !isOfUser)) {
            return MySqlTokens.notKnown("SET", item);
        }
        List<Token> value = item.rest();
        boolean isSimple = value.size() == 1;
        StatementEffects computed = isSimple
                ? Readings.harmless("SET")
                : reader.readQuery(new StatementTokens(item.sql(), MySqlTokens.select(value)));
        return isOfUser || !(computed instanceof StatementEffects.Understood understood)
                ? Readings.around("SET", List.of(), computed)
                : Readings.both("SET", understood, ofServer(name, value, isShared));
    }

    private static StatementEffects ofServer(String dotted, List<Token> value, boolean isShared) {
        int dot = dotted.indexOf('.');
        String scope = dot < 0 ? "" : dotted.substring(0, dot);
        if (isShared || SHARED.contains(scope)) {
            return restricted("global " + dotted.substring(SHARED.contains(scope) ? dot + 1 : 0));
        }
        String name = OWN.contains(scope) ? dotted.substring(dot + 1) : dotted;
        return switch (name) {
            case "sql_mode" -> SqlModeValue.changes(value);
            case "character_set_client" -> characterSetClient(value);
            case "autocommit" ->
                isOneOf(value, ON)
                        ? Readings.change("SET", new SessionChange.TransactionEnd())
                        : Readings.changing(
                                Readings.change("SET", new SessionChange.TransactionEnd()),
                                new SessionChange.TransactionStart());
            default ->
                RESTRICTED.contains(name) || (PROTECTING.contains(name) && !isOneOf(value, ON))
                        ? restricted(name)
                        : Readings.harmless("SET");
        };
    }

    private static boolean isOneOf(List<Token> value, Set<String> words) {
        return value.size() == 1
                && value.get(0).kind() != Token.Kind.PARAMETER
                && words.contains(value.get(0).text().toLowerCase(Locale.ROOT));
    }

    private static StatementEffects restricted(String setting) {
        return Readings.change("SET", new SessionChange.Restricted(setting));
    }

    /** {@code NAMES x COLLATE y}, {@code CHARACTER SET x}. */
    private static StatementEffects characterSet(StatementTokens item) {
        if (!item.accept("character", "set")) {
            item.next();
        }
        List<Token> value = new ArrayList<>(item.rest());
        boolean collates = value.size() == 3 && value.get(1).is("collate");
        return characterSetClient(collates ? value.subList(0, 1) : value);
    }

    private static StatementEffects characterSetClient(List<Token> value) {
        boolean isVariable = value.size() == 1 && value.get(0).kind() == Token.Kind.PARAMETER;
        if (isVariable || (value.size() == 1 && value.get(0).is("default"))) {
            return Readings.change("SET", new SessionChange.CharacterSet());
        }
        boolean isReadable = value.size() == 1
                && (value.get(0).isIdentifier() || value.get(0).kind() == Token.Kind.STRING)
                && MySqlServer.isReadable(value.get(0).text());
        return isReadable
                ? Readings.harmless("SET")
                : Readings.change("SET", new SessionChange.Unfollowed("character_set_client"));
    }
}
