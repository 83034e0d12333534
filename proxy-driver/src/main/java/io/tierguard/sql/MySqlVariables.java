package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The variables that code of MySQL or MariaDB declares, which take any value. */
final class MySqlVariables {
    private final Set<String> names = new HashSet<>();

    /** Takes note of the names with which a declaration, or the head of a loop, begins. */
    void declare(List<Token> parts) {
        int name = 0;
        do {
            parts.stream().skip(name).limit(1).map(Token::text).forEach(names::add);
            name += 2;
        } while (name < parts.size() && parts.get(name - 1).isSymbol(","));
    }

    /** What a statement of the code does, in which a name may be one of theirs. */
    StatementEffects beside(StatementEffects statement) {
        Set<String> folded = names.stream().map(TableName::fold).collect(Collectors.toSet());
        return statement instanceof StatementEffects.Understood understood
                ? Readings.by(effect -> SetAlike.beside(folded, effect), understood)
                : statement;
    }

    /** Whether what is set is one of them, or a column of the row at hand; whatever else is set is the session's. */
    boolean hold(List<Token> target) {
        boolean isOfRow =
                target.size() == 3 && (target.get(0).is("new") || target.get(0).is("old"));
        // One of another block could have the name, which is then the session's.
        boolean isVariable = target.size() == 1
                && target.get(0).isIdentifier()
                && names.contains(target.get(0).text())
                && !MySqlSetStatements.hasMeaning(target.get(0).text());
        return isOfRow || isVariable;
    }

    /** A query without the variables that it selects into; into anything else it stays as it is. */
    static List<Token> withoutTarget(List<Token> parts) {
        boolean isQuery = !parts.isEmpty()
                && (parts.get(0).is("select")
                        || parts.get(0).is("with")
                        || parts.get(0).is("values")
                        || parts.get(0).isSymbol("("));
        int into = isQuery ? indexOf(parts, "into") : -1;
        boolean isOfRows = into > 0
                && (parts.get(into - 1).is("insert") || parts.get(into - 1).is("replace"));
        if (into < 0 || into + 1 >= parts.size() || isOfRows) {
            return parts;
        }
        int end = into + 1;
        boolean more = true;
        while (more) {
            Token target = end < parts.size() ? parts.get(end) : MySqlTokens.END;
            boolean isVariable = target.kind() == Token.Kind.PARAMETER || target.isIdentifier();
            if (!isVariable || target.is("outfile") || target.is("dumpfile")) {
                return parts;
            }
            end = target.isIdentifier() ? DottedName.at(parts, end).end() : end + 1;
            more = end < parts.size() && parts.get(end).isSymbol(",");
            end += more ? 1 : 0;
        }
        List<Token> plain = new ArrayList<>(parts.subList(0, into));
        plain.addAll(parts.subList(end, parts.size()));
        return plain;
    }

    /** Where a word stands first, in whatever parentheses; -1 where it does not. */
    static int indexOf(List<Token> parts, String word) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).is(word)) {
                return i;
            }
        }
        return -1;
    }
}
