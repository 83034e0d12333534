package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Takes the definition of a table of MySQL or MariaDB apart: columns, options, and the query that fills it. */
final class MySqlTableOptions {

    /** Engines that keep the rows of a table in the server itself. */
    private static final Set<String> ENGINES = Words.of("""
            archive merge mrg_myisam aria blackhole columnstore csv heap innobase innodb memory mroonga myisam
            ndb ndbcluster rocksdb sequence sql_sequence tokudb maria perfschema performance_schema
            """);

    private static final Set<String> BEFORE_NAME =
            Set.of("add", "drop", "modify", "change", "alter", "column", "exists", "after", "to", "by", "key", "index");

    private static final Set<String> IN_CONDITION =
            Set.of("and", "or", "xor", "not", "case", "when", "then", "else", "between", "like", "in", "is");

    private MySqlTableOptions() {}

    /** Where the query begins that fills the table; -1 where there is none. */
    static int startOfQuery(List<Token> definition) {
        int depth = 0;
        for (int i = 0; i < definition.size(); i++) {
            Token token = definition.get(i);
            boolean isGroup = token.isSymbol("(") && beginsQuery(definition, i);
            boolean isHead = MySqlWords.beginsQuery(token)
                    && !(i > 0
                            && (definition.get(i - 1).is("with")
                                    || definition.get(i - 1).isSymbol(".")))
                    && !isOfPartition(definition, i);
            if (depth == 0 && (isGroup || isHead)) {
                return i;
            }
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
        }
        return -1;
    }

    private static boolean beginsQuery(List<Token> definition, int open) {
        int i = open;
        while (i < definition.size() && definition.get(i).isSymbol("(")) {
            i++;
        }
        return i < definition.size()
                && MySqlWords.beginsQuery(definition.get(i))
                && !definition.get(i).is("table");
    }

    /** {@code WITH SYSTEM VERSIONING}, {@code VALUES LESS THAN} and their like begin no query. */
    private static boolean isOfPartition(List<Token> definition, int index) {
        Token token = definition.get(index);
        Token next = index + 1 < definition.size() ? definition.get(index + 1) : token;
        return switch (token.text()) {
            case "with" -> next.is("system") || next.is("parser") || next.is("without");
            case "values" -> next.is("less") || next.is("in");
            default -> false;
        };
    }

    /** A view's query without {@code WITH CHECK OPTION}. */
    static List<Token> withoutCheck(List<Token> tokens) {
        int end = tokens.size();
        if (end > 2 && tokens.get(end - 1).is("option") && tokens.get(end - 2).is("check")) {
            int with = tokens.get(end - 3).is("with") ? end - 3 : end - 4;
            if (with > 0 && tokens.get(with).is("with")) {
                return tokens.subList(0, with);
            }
        }
        return tokens;
    }

    /** Why the table could be more than rows of its own; empty where it could not. */
    static Optional<String> problemIn(List<Token> columns) {
        int depth = 0;
        for (int i = 0; i < columns.size(); i++) {
            Token token = columns.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (token.is("select")) {
                return Optional.of("a query in a definition");
            }
            boolean isOption = depth == 0 ? !isName(columns, i) : isInPartition(columns, i);
            if (isOption && i + 1 < columns.size() && token.kind() == Token.Kind.WORD) {
                Token value = valueOf(columns, i);
                boolean isElsewhere = switch (token.text()) {
                    case "engine", "type" -> value.isIdentifier() && !isOwnEngine(value);
                    case "connection", "remote_server", "wrapper" -> isAssigned(columns, i);
                    default -> false;
                };
                if (isElsewhere || (token.is("engine") && value.kind() == Token.Kind.STRING && !isOwnEngine(value))) {
                    return Optional.of("a table whose rows may be elsewhere");
                }
            }
        }
        return Optional.empty();
    }

    /** The tables that a table of the MERGE engine stands for: writing it is writing them. */
    static List<Effect> merged(List<Token> options) {
        List<Effect> effects = new ArrayList<>();
        int union = MySqlLists.atTop(options, "union");
        int at = union + 1;
        at += union >= 0 && at < options.size() && options.get(at).isSymbol("=") ? 1 : 0;
        boolean isGroup = union >= 0 && at < options.size() && options.get(at).isSymbol("(");
        for (int i = at + 1; isGroup && i < options.size() && options.get(i).isIdentifier(); i++) {
            DottedName name = DottedName.at(options, i);
            for (Verb verb : List.of(Verb.ALTER, Verb.INSERT, Verb.UPDATE, Verb.DELETE)) {
                effects.add(Effect.of(verb, name.table()));
            }
            i = name.end();
        }
        return effects;
    }

    /** Whether the name of a column, an index or a table stands here, which an option may be called too. */
    private static boolean isName(List<Token> columns, int index) {
        return (index > 0 && isWord(columns.get(index - 1), BEFORE_NAME))
                || (index > 1 && columns.get(index - 2).is("change"))
                || (index > 2
                        && columns.get(index - 2).is("column")
                        && columns.get(index - 3).is("change"));
    }

    /** Whether the engine of a partition stands here, and not a column in a condition. */
    private static boolean isInPartition(List<Token> columns, int index) {
        Token before = columns.get(Math.max(0, index - 1));
        boolean isInCondition =
                (before.kind() == Token.Kind.SYMBOL && !before.isSymbol(")")) || isWord(before, IN_CONDITION);
        return columns.get(index).is("engine") && isAssigned(columns, index) && !isInCondition;
    }

    private static boolean isWord(Token token, Set<String> words) {
        return token.kind() == Token.Kind.WORD && words.contains(token.text());
    }

    private static boolean isAssigned(List<Token> columns, int index) {
        return index + 1 < columns.size()
                && (columns.get(index + 1).isSymbol("=")
                        || columns.get(index + 1).isSymbol("(")
                        || columns.get(index + 1).kind() == Token.Kind.STRING);
    }

    private static Token valueOf(List<Token> columns, int index) {
        int at = index + 1;
        at += columns.get(at).isSymbol("=") ? 1 : 0;
        return at < columns.size() ? columns.get(at) : columns.get(index);
    }

    private static boolean isOwnEngine(Token engine) {
        return ENGINES.contains(engine.text().toLowerCase(Locale.ROOT));
    }
}
