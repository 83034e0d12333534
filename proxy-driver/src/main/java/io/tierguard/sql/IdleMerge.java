package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * PostgreSQL's MERGE of which every branch does nothing: a query of its target and its source, which fires no trigger either.
 *
 * @param target the table that it names as its target, which no name of a WITH stands for
 * @param query the query
 */
record IdleMerge(TableName target, List<Token> query) {

    IdleMerge {
        query = List.copyOf(query);
    }

    /** The query that a statement is; empty when it is no such MERGE. */
    static Optional<IdleMerge> in(List<Token> tokens) {
        int merge = MergeForms.topLevel(tokens, "merge", 0, tokens.size());
        int using = merge < 0 ? -1 : MergeForms.topLevel(tokens, "using", merge, tokens.size());
        int when = using < 0 ? tokens.size() : MergeForms.nextBranch(tokens, using);
        int on = when == tokens.size() ? -1 : MergeForms.lastOn(tokens, using, when);
        int name = merge + 2;
        name += name < tokens.size() && tokens.get(name).is("only") ? 1 : 0;
        if (on < 0 || !tokens.get(merge + 1).is("into") || !tokens.get(name).isIdentifier()) {
            return Optional.empty();
        }
        List<Token> conditions = new ArrayList<>();
        int end = conditions(tokens, when, conditions);
        if (end < 0) {
            return Optional.empty();
        }
        Token place = tokens.get(merge);
        List<Token> query = new ArrayList<>(tokens.subList(0, merge));
        query.add(word("select", place));
        if (end < tokens.size()) {
            query.addAll(tokens.subList(end + 1, tokens.size()));
        } else {
            query.add(new Token(Token.Kind.NUMBER, "0", place.start(), place.start()));
        }
        query.add(word("from", place));
        query.addAll(tokens.subList(merge + 2, using));
        query.add(word("cross", place));
        query.add(word("join", place));
        query.addAll(tokens.subList(using + 1, on));
        query.add(word("where", place));
        query.addAll(tokens.subList(on + 1, when));
        query.addAll(conditions);
        return Optional.of(new IdleMerge(DottedName.at(tokens, name).table(), query));
    }

    /** Collects the conditions of the branches; where what is returned begins or all ends, -1 where a branch does something. */
    private static int conditions(List<Token> tokens, int when, List<Token> conditions) {
        int start = when;
        int end = when;
        while (start < tokens.size()) {
            int next = MergeForms.nextBranch(tokens, start + 1);
            List<Token> branch = tokens.subList(start, next);
            int nothing = MergeForms.endOfNothing(branch);
            end = start + nothing;
            boolean ends =
                    end == next || (next == tokens.size() && tokens.get(end).is("returning"));
            if (nothing < 0 || !ends) {
                return -1;
            }
            MergeForms.addCondition(conditions, branch);
            start = next;
        }
        return end;
    }

    /** What it does, by what its query does. */
    StatementEffects reading(StatementEffects.Understood ofQuery) {
        boolean read = ofQuery.effects().stream()
                .anyMatch(
                        effect -> effect.verb() == Verb.SELECT && effect.table().equals(target));
        return Readings.around("MERGE", read ? List.of() : List.of(Effect.of(Verb.SELECT, target)), ofQuery);
    }

    private static Token word(String text, Token place) {
        return new Token(Token.Kind.WORD, text, place.start(), place.end());
    }
}
