package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks in a statement's tokens for a word that writes and of which the tree's reading says nothing. */
final class TokenWitness {

    /** Words that cannot be a write's target, so that the word before them is a column's name. */
    private static final Set<String> AFTER_COLUMN = Set.of(
            "is", "in", "not", "between", "like", "ilike", "similar", "and", "or", "asc", "desc", "nulls", "collate",
            "else", "end", "when", "then");

    private final Dialect dialect;
    private final List<Token> tokens;
    private final List<Effect> effects;

    private TokenWitness(Dialect dialect, List<Token> tokens, List<Effect> effects) {
        this.dialect = dialect;
        this.tokens = tokens;
        this.effects = effects;
    }

    /** The first writing word that no effect covers. */
    static Optional<Token> unexplained(Dialect dialect, List<Token> tokens, List<Effect> effects) {
        return new TokenWitness(dialect, tokens, effects).find();
    }

    private Optional<Token> find() {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind() == Token.Kind.WORD) {
                boolean explained = token.text().equals("into") ? isIntoExplained(i) : isVerbExplained(i);
                if (!explained) {
                    return Optional.of(token);
                }
            }
        }
        return Optional.empty();
    }

    private boolean isVerbExplained(int index) {
        Set<Verb> verbs = WritingWords.verbsOf(tokens.get(index).text());
        if (verbs.isEmpty() || !canBeginStatement(index) || !hasTarget(index) || isFunction(index)) {
            return true;
        }
        int target = index + 1;
        while (target < tokens.size() && isBetweenVerbAndTarget(tokens.get(target))) {
            target++;
        }
        boolean clause = index > 0
                && (tokens.get(index - 1).is("then") || tokens.get(index - 1).is("do"));
        // In MySQL a table may be named by its alias there.
        boolean isAliased = clause || dialect.isOfMySqlFamily();
        return (isAliased || target >= tokens.size() || !tokens.get(target).isIdentifier())
                ? covers(verbs)
                : covers(verbs, DottedName.at(tokens, target).table());
    }

    /** In MySQL a parenthesis behind the word makes it a function, wherever no statement begins the text. */
    private boolean isFunction(int index) {
        return index > 0
                && dialect.isOfMySqlFamily()
                && index + 1 < tokens.size()
                && tokens.get(index + 1).isSymbol("(")
                && !tokens.get(index).is("update")
                && !tokens.get(index).is("delete");
    }

    private static boolean isBetweenVerbAndTarget(Token token) {
        return token.is("from") || token.is("into") || token.is("only") || token.is("table") || token.isSymbol("(");
    }

    /** Whether a statement can begin here; inside a query one never follows AS without a parenthesis. */
    private boolean canBeginStatement(int index) {
        if (index == 0) {
            return true;
        }
        Token before = tokens.get(index - 1);
        return before.isSymbol("(")
                || before.isSymbol(")")
                || before.isSymbol(";")
                || before.is("then")
                || before.is("do")
                || before.is("instead")
                || before.is("also");
    }

    private boolean hasTarget(int index) {
        boolean clause = index > 0
                && (tokens.get(index - 1).is("then") || tokens.get(index - 1).is("do"));
        if (index + 1 >= tokens.size()) {
            return clause;
        }
        Token next = tokens.get(index + 1);
        if (next.kind() == Token.Kind.WORD) {
            return !AFTER_COLUMN.contains(next.text()) || (clause && !next.is("else") && !next.is("end"));
        }
        return next.kind() == Token.Kind.NAME || (clause && next.isSymbol("("));
    }

    private boolean isIntoExplained(int index) {
        if (index == 0 || index + 1 >= tokens.size() || !tokens.get(index + 1).isIdentifier()) {
            return true;
        }
        Token before = tokens.get(index - 1);
        int target = index + 1;
        while (target < tokens.size()
                && !dialect.isOfMySqlFamily()
                && (tokens.get(target).is("only")
                        || tokens.get(target).is("temporary")
                        || tokens.get(target).is("temp")
                        || tokens.get(target).is("unlogged")
                        || tokens.get(target).is("table"))) {
            target++;
        }
        if (before.isSymbol(".")
                || target >= tokens.size()
                || !tokens.get(target).isIdentifier()) {
            return true;
        }
        Set<Verb> verbs = before.is("merge")
                ? WritingWords.verbsOf("merge")
                : before.is("insert") || before.is("replace") ? Set.of(Verb.INSERT) : Set.of(Verb.INSERT, Verb.CREATE);
        return covers(verbs, DottedName.at(tokens, target).table());
    }

    private boolean covers(Set<Verb> verbs) {
        for (Effect effect : effects) {
            if (verbs.contains(effect.verb())) {
                return true;
            }
        }
        return false;
    }

    private boolean covers(Set<Verb> verbs, TableName table) {
        for (Effect effect : effects) {
            boolean sameName = effect.table().name().equals(table.name())
                    && effect.table().schema().equals(table.schema());
            if (sameName && verbs.contains(effect.verb())) {
                return true;
            }
        }
        return false;
    }
}
