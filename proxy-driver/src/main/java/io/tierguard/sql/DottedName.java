package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A name with its qualifiers as it stands in a statement's tokens.
 *
 * @param parts the name's parts, outermost first; never empty
 * @param end the index of the token behind it
 */
record DottedName(List<String> parts, int end) {

    DottedName {
        parts = List.copyOf(parts);
    }

    /** The longest name that begins at an identifier. */
    static DottedName at(List<Token> tokens, int start) {
        List<String> parts = new ArrayList<>();
        parts.add(tokens.get(start).text());
        int end = start + 1;
        while (end + 1 < tokens.size()
                && tokens.get(end).isSymbol(".")
                && tokens.get(end + 1).isIdentifier()) {
            parts.add(tokens.get(end + 1).text());
            end += 2;
        }
        return new DottedName(parts, end);
    }

    /** The name taken as a table's. */
    TableName table() {
        int size = parts.size();
        return new TableName(
                size > 2 ? parts.get(size - 3) : "", size > 1 ? parts.get(size - 2) : "", parts.get(size - 1));
    }

    /** The table of the name taken as a column's; empty for a name without a qualifier. */
    Optional<TableName> owner() {
        int size = parts.size();
        return size == 1 ? Optional.empty() : Optional.of(new DottedName(parts.subList(0, size - 1), end - 2).table());
    }

    /** The name taken as a routine's. */
    RoutineCall routine() {
        int size = parts.size();
        return new RoutineCall(size > 1 ? parts.get(size - 2) : "", parts.get(size - 1));
    }
}
