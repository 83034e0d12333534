package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the ALTER TABLE of MySQL and MariaDB, one action after the other. */
final class MySqlAlteredTable {

    /** Words with which what is done to a table begins; an option of the table may too. */
    private static final Set<String> ACTIONS = Words.of("""
            add drop alter change modify rename order convert default character charset collate disable enable
            discard import force lock algorithm with without engine comment auto_increment row_format
            key_block_size max_rows min_rows avg_row_length checksum page_checksum transactional pack_keys
            delay_key_write stats_persistent stats_auto_recalc stats_sample_pages insert_method data index
            tablespace compression encryption page_compressed page_compression_level encrypted encryption_key_id
            autoextend_size password secondary_engine secondary_load secondary_unload sequence exchange truncate
            coalesce reorganize rebuild analyze optimize check repair remove partition table_checksum
            ietf_quotes storage set union connection engine_attribute secondary_engine_attribute type
            itef_quotes nowait
            """);

    /** Words behind ADD that begin neither a column nor an index. */
    private static final Set<String> NOT_COLUMN = Set.of("partition", "period", "system");

    private static final Set<String> CONSTRAINT = Set.of("constraint", "check", "unique", "primary", "foreign");

    private final Dialect dialect;

    MySqlAlteredTable(Dialect dialect) {
        this.dialect = dialect;
    }

    /** What it does; {@code ignores} says whether rows go that are equal in a new key. */
    StatementEffects read(StatementTokens statement, boolean ignores) {
        statement.next();
        statement.acceptIfExists();
        Optional<TableName> name = statement.acceptTable();
        MySqlTokens.acceptWait(statement);
        String operation = isOfKeys(statement) ? "ALTER TABLE KEYS" : "ALTER TABLE";
        if (name.isEmpty()) {
            return MySqlTokens.notKnown(operation, statement);
        }
        TableName table = name.get();
        Set<Effect> effects = new LinkedHashSet<>();
        boolean additive = !statement.atEnd();
        Set<Power> powers = Set.of();
        for (List<Token> action : actions(statement.rest())) {
            boolean isKnown = statement.atEnd()
                    || (!action.isEmpty()
                            && action.get(0).kind() == Token.Kind.WORD
                            && ACTIONS.contains(action.get(0).text())
                            && action.stream().noneMatch(MySqlAlteredTable::isQuery));
            if (!isKnown || (!action.isEmpty() && !addOthers(effects, action, table))) {
                return MySqlTokens.notKnown(operation, statement);
            }
            additive &= isAdditive(action);
            if (isOfFile(action)) {
                powers = Set.of(Power.ADMINISTER);
            }
        }
        Optional<String> problem = MySqlTableOptions.problemIn(statement.rest());
        if (problem.isPresent()) {
            return Readings.unreadable(operation, statement, problem.get(), "use a table of one of the server's own");
        }
        Set<Effect> all = new LinkedHashSet<>();
        all.add(Effect.of(additive ? Verb.EXTEND : Verb.ALTER, table));
        if (ignores) {
            all.add(Effect.of(Verb.DELETE, table)); // rows that are equal in a new key
        }
        all.addAll(effects);
        all.addAll(MySqlTableOptions.merged(statement.rest()));
        return new StatementEffects.Understood(
                operation, List.copyOf(all), MySqlDefinitionCalls.in(dialect, statement.rest()), List.of(), powers);
    }

    /** {@code DISABLE KEYS}, with which a dump fills a table faster, and nothing besides. */
    private static boolean isOfKeys(StatementTokens actions) {
        return actions.rest().size() == 2 && (actions.is("disable", "keys") || actions.is("enable", "keys"));
    }

    private static boolean isQuery(Token token) {
        return token.is("select");
    }

    /** The actions; a list of partitions that are analyzed, say, goes with the one before it. */
    private static List<List<Token>> actions(List<Token> tokens) {
        List<List<Token>> actions = new ArrayList<>();
        for (List<Token> item : MySqlLists.items(tokens)) {
            List<Token> last = actions.isEmpty() ? List.of() : actions.get(actions.size() - 1);
            boolean goesOn = !last.isEmpty()
                    && (item.size() <= 4 || isWord(last, 0, "reorganize"))
                    && (isWord(last, 1, "partition") || isWord(last, 0, "order"))
                    && !(item.size() > 1
                            && item.get(0).kind() == Token.Kind.WORD
                            && ACTIONS.contains(item.get(0).text()));
            if (goesOn) {
                List<Token> whole = new ArrayList<>(last);
                whole.addAll(item);
                actions.set(actions.size() - 1, whole);
            } else {
                actions.add(item);
            }
        }
        return actions;
    }

    /** The effects of one action besides the change of the table's structure; false where they are not known. */
    private static boolean addOthers(Set<Effect> effects, List<Token> action, TableName table) {
        effects.addAll(new HomeNames(table.schema()).effects(ForeignKeys.in(Dialect.MYSQL, action)));
        switch (action.get(0).text()) {
            case "rename" -> {
                return addRenamed(effects, action);
            }
            case "truncate" -> effects.add(Effect.of(Verb.TRUNCATE, table));
            case "drop" -> {
                if (isWord(action, 1, "partition")) {
                    effects.add(Effect.of(Verb.TRUNCATE, table));
                } else if (isWord(action, 1, "system")) {
                    effects.add(Effect.of(Verb.DELETE, table)); // its history
                }
            }
            case "discard", "import" -> {
                effects.add(Effect.of(Verb.TRUNCATE, table));
                effects.add(Effect.of(Verb.INSERT, table));
            }
            case "exchange" -> {
                Optional<TableName> other = behind(action, "table");
                if (other.isEmpty()) {
                    return false;
                }
                for (TableName swapped : List.of(table, other.get())) {
                    effects.add(Effect.of(Verb.ALTER, swapped));
                    effects.add(Effect.of(Verb.TRUNCATE, swapped));
                    effects.add(Effect.of(Verb.INSERT, swapped));
                }
            }
            case "convert" -> {
                return addConverted(effects, action, table);
            }
            default -> {}
        }
        return true;
    }

    private static boolean addRenamed(Set<Effect> effects, List<Token> action) {
        int at = 1;
        if (isWord(action, 1, "column") || isWord(action, 1, "index") || isWord(action, 1, "key")) {
            return true;
        }
        at += isWord(action, 1, "to") || isWord(action, 1, "as") || isSign(action, 1) ? 1 : 0;
        if (at >= action.size() || !action.get(at).isIdentifier()) {
            return false;
        }
        // Without a database it is of the one that the session is in, wherever the table was.
        effects.add(Effect.of(Verb.CREATE, DottedName.at(action, at).table()));
        return true;
    }

    private static boolean isSign(List<Token> action, int at) {
        return at < action.size() && action.get(at).isSymbol("=");
    }

    /** A partition becomes a table, or a table a partition. */
    private static boolean addConverted(Set<Effect> effects, List<Token> action, TableName table) {
        if (isWord(action, 1, "partition")) {
            Optional<TableName> made = behind(action, "table");
            made.ifPresent(other -> {
                effects.add(Effect.of(Verb.TRUNCATE, table));
                effects.add(Effect.of(Verb.CREATE, other));
                effects.add(Effect.of(Verb.INSERT, other));
            });
            return made.isPresent();
        }
        if (isWord(action, 1, "table")) {
            Optional<TableName> taken = behind(action, "table");
            taken.ifPresent(other -> {
                effects.add(Effect.of(Verb.INSERT, table));
                effects.add(Effect.of(Verb.DROP, other));
            });
            return taken.isPresent();
        }
        return isWord(action, 1, "to");
    }

    private static Optional<TableName> behind(List<Token> action, String word) {
        for (int i = 1; i + 1 < action.size(); i++) {
            if (action.get(i).is(word) && action.get(i + 1).isIdentifier()) {
                return Optional.of(DottedName.at(action, i + 1).table());
            }
        }
        return Optional.empty();
    }

    private static boolean isOfFile(List<Token> action) {
        return isWord(action, 0, "import") || isWord(action, 0, "discard");
    }

    /** Whether it adds a column, an index, a constraint or a comment, by which no row can ever be changed, or says only how to do so. */
    private static boolean isAdditive(List<Token> action) {
        if (action.isEmpty()) {
            return false;
        }
        if (isAside(action)) {
            return true;
        }
        if (!isWord(action, 0, "add") || action.size() == 1 || ForeignKeys.act(action) || partitions(action)) {
            return false;
        }
        Token added = action.get(1);
        boolean isOther = added.kind() == Token.Kind.WORD && NOT_COLUMN.contains(added.text());
        return !isOther && !addsPrimaryKey(action);
    }

    /** Whether it is a comment or a word of how to go about it and nothing else: behind an option others may stand without a comma. */
    private static boolean isAside(List<Token> action) {
        int value = action.size() > 1 && action.get(1).isSymbol("=") ? 2 : 1;
        return switch (action.get(0).kind() == Token.Kind.WORD ? action.get(0).text() : "") {
            case "comment" -> action.size() == value + 1 && action.get(value).kind() == Token.Kind.STRING;
            case "algorithm", "lock" ->
                action.size() == value + 1 && action.get(value).isIdentifier();
            case "nowait" -> action.size() == 1;
            default -> false;
        };
    }

    /** Whether the table's partitions are changed too, of which is told behind the last action without a comma. */
    private static boolean partitions(List<Token> action) {
        for (int i = 1; i + 1 < action.size(); i++) {
            boolean begins = isWord(action, i, "partition") && isWord(action, i + 1, "by");
            if (begins || (isWord(action, i, "remove") && isWord(action, i + 1, "partitioning"))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether it makes columns that are there a primary key: they become NOT NULL, and outside of strict mode what is NULL in
     * them becomes a value. A column that is added as the key is none of them.
     */
    private static boolean addsPrimaryKey(List<Token> action) {
        boolean isKey = false;
        for (int i = 1; i + 1 < action.size(); i++) {
            isKey |= isWord(action, i, "primary") && isWord(action, i + 1, "key");
        }
        Token added = action.get(1);
        Token first = added.is("column") && action.size() > 2 ? action.get(2) : added;
        boolean isConstraint = added.kind() == Token.Kind.WORD && CONSTRAINT.contains(added.text());
        return isKey && (isConstraint || first.isSymbol("("));
    }

    private static boolean isWord(List<Token> action, int index, String word) {
        return index < action.size() && action.get(index).is(word);
    }
}
