package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A query or change of rows of MySQL or MariaDB without the words that go around it and say nothing of tables.
 *
 * <p>INVARIANT: what is left out names no table, calls nothing and begins no query; what it does besides is told by
 * {@link #completed}.
 */
final class MySqlQuery {

    private static final Set<String> VERBS =
            Set.of("select", "insert", "replace", "update", "delete", "values", "table");

    private static final Set<String> MODIFIERS = Set.of("low_priority", "delayed", "high_priority", "quick", "ignore");

    /** Words of how a file is written. */
    private static final Set<String> OF_FILE = Words.of("""
            character set charset fields columns terminated optionally enclosed escaped by lines starting
            """);

    private final List<Token> tokens;
    private boolean writesFile;
    private boolean splitsRows;
    private boolean replaces;

    /** Whether the server cuts values to what their columns can hold, whatever the mode. */
    private boolean ignores;

    private MySqlQuery(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The query in a statement's tokens. */
    static MySqlQuery of(List<Token> statement) {
        MySqlQuery query = new MySqlQuery(new ArrayList<>(statement));
        query.simplify();
        return query;
    }

    /** What is left to be read. */
    List<Token> tokens() {
        return tokens;
    }

    /** What the whole statement does where what is left does this. */
    StatementEffects completed(StatementEffects read) {
        StatementEffects reading = ignores ? Readings.inOtherMode(read) : read;
        if (reading instanceof StatementEffects.Bounded bounded && (writesFile || splitsRows)) {
            return new StatementEffects.Unreadable(bounded.operation(), bounded.problem());
        }
        if (!(reading instanceof StatementEffects.Understood understood)) {
            return reading;
        }
        Set<Effect> effects = new LinkedHashSet<>();
        for (Effect effect : understood.effects()) {
            effects.add(effect);
            if (replaces && effect.verb() == Verb.INSERT) {
                effects.add(Effect.of(Verb.DELETE, effect.table()));
            }
            if (splitsRows && !effect.verb().reads()) {
                // Of a row that reaches beyond the portion the rest is kept in a row of its own.
                effects.add(uncounted(Verb.INSERT, effect.table()));
                effects.add(uncounted(Verb.UPDATE, effect.table()));
            }
        }
        Set<Power> powers = EnumSet.noneOf(Power.class);
        powers.addAll(understood.powers());
        if (writesFile) {
            powers.add(Power.ADMINISTER);
        }
        String operation = replaces ? "REPLACE" : understood.operation();
        return new StatementEffects.Understood(
                operation,
                List.copyOf(effects),
                understood.unknownRoutines(),
                understood.sessionChanges(),
                powers,
                understood.nestsWrites(),
                Optional.empty(),
                understood.sweeps());
    }

    private static Effect uncounted(Verb verb, TableName table) {
        return new Effect(verb, table, Collections.emptySortedSet(), true, "", false);
    }

    private void simplify() {
        int verb = verb();
        if (verb < 0) {
            return;
        }
        while (verb + 1 < tokens.size() && isModifier(verb + 1)) {
            ignores |= tokens.remove(verb + 1).is("ignore");
        }
        switch (tokens.get(verb).text()) {
            case "delete" -> {
                deleteHistory(verb);
                removePortion();
                deleteTargets(verb);
            }
            case "update" -> {
                removePortion();
                MySqlJoins.putTableFirst(tokens, verb + 1);
            }
            case "replace" -> {
                replaces = true;
                MySqlInserts.simplify(tokens, verb);
            }
            case "insert" -> MySqlInserts.simplify(tokens, verb);
            default -> {}
        }
        removeIntos();
    }

    /** Where the statement's own verb stands, behind any WITH. */
    private int verb() {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0 && token.kind() == Token.Kind.WORD && VERBS.contains(token.text())) {
                return i;
            }
        }
        return -1;
    }

    /** A word before a table's name; it may be the name itself. */
    private boolean isModifier(int at) {
        Token next = MySqlLists.at(tokens, at + 1);
        return tokens.get(at).kind() == Token.Kind.WORD
                && MODIFIERS.contains(tokens.get(at).text())
                && (next.isIdentifier() || next.isSymbol("("))
                && !next.is("set")
                && !next.is("where");
    }

    /** {@code DELETE HISTORY FROM t BEFORE SYSTEM_TIME x} takes old rows away. */
    private void deleteHistory(int verb) {
        if (MySqlLists.at(tokens, verb + 1).is("history")
                && MySqlLists.at(tokens, verb + 2).is("from")) {
            tokens.remove(verb + 1);
            int before = MySqlLists.atTop(tokens, "before", verb);
            int time = before + 1;
            if (before > 0) {
                time += MySqlLists.at(tokens, time).is("system_time") ? 1 : 0;
                time += MySqlLists.at(tokens, time).is("timestamp")
                                || MySqlLists.at(tokens, time).is("transaction")
                        ? 1
                        : 0;
                if (MySqlLists.at(tokens, time).isValue() && time + 1 == tokens.size()) {
                    tokens.subList(before, tokens.size()).clear();
                }
            }
        }
    }

    /** {@code FOR PORTION OF p FROM x TO y}, where both are constants. */
    private void removePortion() {
        int start = MySqlLists.atTop(tokens, "for", 0);
        if (start < 0
                || !MySqlLists.at(tokens, start + 1).is("portion")
                || !MySqlLists.at(tokens, start + 2).is("of")) {
            return;
        }
        int first = afterConstant(start + 5);
        int end = first < 0 || !MySqlLists.at(tokens, first).is("to") ? -1 : afterConstant(first + 1);
        if (MySqlLists.at(tokens, start + 3).isIdentifier()
                && MySqlLists.at(tokens, start + 4).is("from")
                && end > 0) {
            tokens.subList(start, end).clear();
        }
        splitsRows = true;
    }

    private int afterConstant(int index) {
        int at = index;
        at += MySqlLists.at(tokens, at).is("timestamp")
                        || MySqlLists.at(tokens, at).is("date")
                ? 1
                : 0;
        return MySqlLists.at(tokens, at).isValue() ? at + 1 : -1;
    }

    /** {@code DELETE FROM a, b.* USING …} becomes {@code DELETE a, b FROM …}. */
    private void deleteTargets(int verb) {
        int from = MySqlLists.atTop(tokens, "from", verb);
        int using = MySqlLists.atTop(tokens, "using", verb);
        boolean isBehind = from == verb + 1 && using > 0;
        if (isBehind) {
            Token token = tokens.get(using);
            tokens.set(using, new Token(Token.Kind.WORD, "from", token.start(), token.end()));
            tokens.remove(from);
        }
        int end = MySqlLists.atTop(tokens, "from", verb);
        for (int i = Math.min(end, tokens.size()) - 1; i > verb + 1; i--) {
            if (tokens.get(i).isSymbol("*") && tokens.get(i - 1).isSymbol(".")) {
                tokens.subList(i - 1, i + 1).clear();
            }
        }
    }

    /** {@code INTO} variables and files of the server. */
    private void removeIntos() {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (!tokens.get(i).is("into")
                    || (i > 0 && MySqlLists.at(tokens, i - 1).isSymbol("."))) {
                continue;
            }
            Token next = MySqlLists.at(tokens, i + 1);
            boolean isFile = (next.is("outfile") || next.is("dumpfile"))
                    && MySqlLists.at(tokens, i + 2).kind() == Token.Kind.STRING;
            writesFile |= isFile || next.is("outfile"); // which can be no table's name, whatever follows it
            if (isFile) {
                tokens.subList(i, endOfFile(i + 3)).clear();
            } else if (isVariable(next)) {
                int end = i + 2;
                while (MySqlLists.at(tokens, end).isSymbol(",") && isVariable(MySqlLists.at(tokens, end + 1))) {
                    end += 2;
                }
                tokens.subList(i, end).clear();
            }
        }
    }

    private int endOfFile(int from) {
        int end = from;
        while (end < tokens.size()) {
            Token token = tokens.get(end);
            boolean isWord = token.kind() == Token.Kind.WORD && OF_FILE.contains(token.text());
            boolean isSet = MySqlLists.at(tokens, end - 1).is("set")
                    || MySqlLists.at(tokens, end - 1).is("charset");
            if (!isWord && !token.isValue() && !isSet) {
                break;
            }
            end++;
        }
        return end;
    }

    private static boolean isVariable(Token token) {
        return token.kind() == Token.Kind.PARAMETER;
    }
}
