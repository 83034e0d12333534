package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * H2's {@code MERGE INTO t (…) KEY (…) VALUES …}, which inserts rows or updates the ones that are there.
 *
 * <p>It is an INSERT in all but these words, and is read as one that also updates.
 */
final class H2MergeKey {

    private H2MergeKey() {}

    /** The INSERT of the same shape; empty when the statement is no such MERGE. */
    static Optional<List<Token>> asInsert(List<Token> tokens) {
        if (tokens.size() < 4 || !tokens.get(0).is("merge") || !tokens.get(1).is("into")) {
            return Optional.empty();
        }
        if (!tokens.get(2).isIdentifier()) {
            return Optional.empty();
        }
        int end = DottedName.at(tokens, 2).end();
        end = skipNames(tokens, end);
        List<Token> insert = new ArrayList<>(tokens.size());
        Token merge = tokens.get(0);
        insert.add(new Token(Token.Kind.WORD, "insert", merge.start(), merge.end()));
        insert.addAll(tokens.subList(1, end));
        if (end < tokens.size() && tokens.get(end).is("key")) {
            end = skipNames(tokens, end + 1);
        }
        boolean source = end < tokens.size()
                && (tokens.get(end).is("values")
                        || tokens.get(end).is("select")
                        || tokens.get(end).is("table")
                        || tokens.get(end).is("with"));
        if (!source) {
            return Optional.empty();
        }
        insert.addAll(tokens.subList(end, tokens.size()));
        return Optional.of(insert);
    }

    /** The effects of the INSERT with the updates that MERGE adds. */
    static StatementEffects alsoUpdating(StatementEffects insert) {
        List<Effect> updates = new ArrayList<>();
        if (insert instanceof StatementEffects.Understood understood) {
            for (Effect effect : understood.effects()) {
                if (effect.verb() == Verb.INSERT) {
                    updates.add(Effect.of(Verb.UPDATE, effect.table(), effect.columns(), true));
                }
            }
        }
        return Readings.around("MERGE", updates, insert);
    }

    private static int skipNames(List<Token> tokens, int open) {
        if (open >= tokens.size() || !tokens.get(open).isSymbol("(")) {
            return open;
        }
        int end = open + 1;
        while (end < tokens.size()
                && (tokens.get(end).isIdentifier() || tokens.get(end).isSymbol(","))) {
            end++;
        }
        return end < tokens.size() && tokens.get(end).isSymbol(")") ? end + 1 : open;
    }
}
