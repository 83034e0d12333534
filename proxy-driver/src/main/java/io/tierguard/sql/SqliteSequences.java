package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The numbers that SQLite has given to rows of its tables with AUTOINCREMENT, in a table of its own. A statement that changes
 * that of one table, which it names, changes that table.
 *
 * @param table whose number a condition tells; empty where it tells none, or something else
 */
record SqliteSequences(Optional<TableName> table) {
    /** The columns that an update may set, which the next number comes from. */
    static final Set<String> NUMBER = Set.of("seq");

    private static final String NAME = "sqlite_sequence";

    /** Looks at the condition where it begins, which must be the last of the statement. */
    static SqliteSequences at(SqliteCursor cursor, TableName changed) {
        List<Token> rest = cursor.rest();
        boolean isOfOne = changed.name().equals(NAME)
                && rest.size() == 4
                && rest.get(0).is("where")
                && isName(rest.get(1))
                && (rest.get(2).isSymbol("=") || rest.get(2).isSymbol("=="))
                && rest.get(3).kind() == Token.Kind.STRING
                && !rest.get(3).text().isEmpty();
        return new SqliteSequences(
                isOfOne ? Optional.of(TableName.of(changed.schema(), rest.get(3).text())) : Optional.empty());
    }

    private static boolean isName(Token token) {
        return token.is("name")
                || (token.kind() == Token.Kind.NAME
                        && TableName.fold(token.text()).equals("name"));
    }

    boolean isOfOneTable() {
        return table.isPresent();
    }

    /** The change of that table, whose rows it is none of. */
    Effect change(Verb verb) {
        return new Effect(verb, table.orElseThrow(), Collections.emptySortedSet(), true, "", false);
    }
}
