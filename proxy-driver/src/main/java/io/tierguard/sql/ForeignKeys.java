package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the foreign keys in the tokens of a table's definition. */
final class ForeignKeys {

    private ForeignKeys() {}

    /**
     * What they need on the tables they refer to: ALTER where a change there goes on to the referring rows, and a key where
     * H2 makes one.
     */
    static List<Effect> in(Dialect dialect, List<Token> tokens) {
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is("references") && tokens.get(i + 1).isIdentifier()) {
                DottedName name = DottedName.at(tokens, i + 1);
                Set<String> columns = dialect == Dialect.H2 ? columns(tokens, name.end()) : Set.of();
                if (act(tokens.subList(name.end(), end(tokens, name.end())))) {
                    effects.add(acting(name.table()));
                } else if (columns.isEmpty()) {
                    effects.add(Effect.of(Verb.SELECT, name.table()));
                } else {
                    effects.add(
                            Effect.of(Verb.SELECT, name.table(), columns, true).reaching(Reach.KEY));
                }
            }
        }
        return effects;
    }

    /** What a foreign key needs on the table that it refers to where a change there goes on to the referring rows. */
    static Effect acting(TableName parent) {
        return Effect.of(Verb.ALTER, parent).reaching(Reach.REFERRING_ROWS);
    }

    /** The columns in parentheses that open at an index; none where no such list does. */
    private static Set<String> columns(List<Token> tokens, int open) {
        Set<String> columns = new HashSet<>();
        if (open >= tokens.size() || !tokens.get(open).isSymbol("(")) {
            return columns;
        }
        for (int at = open + 1; at < tokens.size() && !tokens.get(at).isSymbol(")"); at++) {
            if (tokens.get(at).isIdentifier()) {
                columns.add(TableName.fold(tokens.get(at).text()));
            }
        }
        return columns;
    }

    /** Whether a foreign key in it does more than refuse when the row that it refers to goes or changes. */
    static boolean act(List<Token> tokens) {
        for (int i = 0; i + 2 < tokens.size(); i++) {
            boolean isReaction = tokens.get(i).is("on")
                    && (tokens.get(i + 1).is("delete") || tokens.get(i + 1).is("update"));
            if (isReaction && !tokens.get(i + 2).is("no") && !tokens.get(i + 2).is("restrict")) {
                return true;
            }
        }
        return false;
    }

    /** Where the definition of a foreign key ends: before the next one, or with its column or constraint. */
    private static int end(List<Token> tokens, int start) {
        int depth = 0;
        for (int i = start; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth < 0 || (depth == 0 && token.isSymbol(",")) || token.is("references")) {
                return i;
            }
        }
        return tokens.size();
    }
}
