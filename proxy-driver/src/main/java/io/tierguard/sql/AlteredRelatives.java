package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.Verb;
import java.util.List;
import java.util.Optional;

/** The actions of PostgreSQL's ALTER TABLE that join a table to another, or change what the database does by itself with it. */
final class AlteredRelatives {

    private AlteredRelatives() {}

    /**
     * Reads one action.
     *
     * @return empty for any other action; else what it does to another table too, if there is one
     */
    static Optional<List<Effect>> in(Dialect dialect, List<Token> action) {
        if (dialect != Dialect.POSTGRESQL) {
            return Optional.empty();
        }
        return switch (action.get(0).kind() == Token.Kind.WORD ? action.get(0).text() : "") {
            case "inherit" -> other(action, 1, Reach.MEMBERS);
            case "no" -> is(action, 1, "inherit") ? other(action, 2, Reach.MEMBERS) : rowSecurity(action, 1);
            case "attach", "detach" -> is(action, 1, "partition") ? other(action, 2, Reach.TABLE) : Optional.empty();
            case "replica" -> is(action, 1, "identity") ? Optional.of(List.of()) : Optional.empty();
            case "disable" -> switched(action, 1);
            case "force" -> rowSecurity(action, 0);
            case "of" -> name(action, 1);
            case "not" -> is(action, 1, "of") && action.size() == 2 ? Optional.of(List.of()) : Optional.empty();
            case "options" ->
                action.size() > 1 && action.get(1).isSymbol("(") ? Optional.of(List.of()) : Optional.empty();
            case "enable" -> switched(action, is(action, 1, "replica") || is(action, 1, "always") ? 2 : 1);
            default -> Optional.empty();
        };
    }

    /** Whether an ALTER TABLE does nothing but to attach a partition to the table, or to detach one, which leaves all others as they are. */
    static boolean ofMembers(Dialect dialect, List<List<Token>> actions) {
        List<Token> action = actions.get(0);
        return dialect == Dialect.POSTGRESQL
                && actions.size() == 1
                && (is(action, 0, "attach") || is(action, 0, "detach"))
                && is(action, 1, "partition");
    }

    private static Optional<List<Effect>> other(List<Token> action, int index, Reach reach) {
        return index < action.size() && action.get(index).isIdentifier()
                ? Optional.of(List.of(
                        Effect.of(Verb.ALTER, DottedName.at(action, index).table())
                                .reaching(reach)))
                : Optional.empty();
    }

    private static Optional<List<Effect>> switched(List<Token> action, int index) {
        boolean isCode = (is(action, index, "trigger") || is(action, index, "rule")) && action.size() == index + 2;
        return isCode ? Optional.of(List.of()) : rowSecurity(action, index - 1);
    }

    /** ROW LEVEL SECURITY behind the word at an index, which decides which rows are seen and changed. */
    private static Optional<List<Effect>> rowSecurity(List<Token> action, int index) {
        boolean isSecurity = (is(action, index, "force") || is(action, index, "enable") || is(action, index, "disable"))
                && action.size() == index + 4
                && is(action, index + 1, "row")
                && is(action, index + 2, "level")
                && is(action, index + 3, "security");
        return isSecurity ? Optional.of(List.of()) : Optional.empty();
    }

    /** A type's name and no more: a table of a type has its columns, and is a part of no table. */
    private static Optional<List<Effect>> name(List<Token> action, int index) {
        boolean isName = index < action.size()
                && action.get(index).isIdentifier()
                && DottedName.at(action, index).end() == action.size();
        return isName ? Optional.of(List.of()) : Optional.empty();
    }

    private static boolean is(List<Token> action, int index, String word) {
        return index < action.size() && action.get(index).is(word);
    }
}
