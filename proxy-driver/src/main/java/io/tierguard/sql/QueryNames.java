package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The names of the common table expressions that a place in a statement sees.
 *
 * <p>Names are compared as they stand in the tree, letters A to Z without regard to case: whatever a database might tell
 * apart is told apart here, because a name wrongly taken for a common table expression hides the reading of a table.
 */
record QueryNames(Set<String> names) {

    static final QueryNames NONE = new QueryNames(Set.of());

    QueryNames {
        names = Set.copyOf(names);
    }

    /** These names and one more. */
    QueryNames and(String treeName) {
        List<String> more = new ArrayList<>(names);
        more.add(foldAscii(treeName));
        return new QueryNames(Set.copyOf(more));
    }

    /** Whether an unqualified table name means a common table expression here. */
    boolean contains(String treeName) {
        return names.contains(foldAscii(treeName));
    }

    private static String foldAscii(String treeName) {
        StringBuilder folded = new StringBuilder(treeName.length());
        boolean isQuoted = !treeName.isEmpty() && !Character.isJavaIdentifierStart(treeName.charAt(0));
        for (int i = 0; i < treeName.length(); i++) {
            char letter = treeName.charAt(i);
            folded.append(!isQuoted && letter >= 'A' && letter <= 'Z' ? (char) (letter + ('a' - 'A')) : letter);
        }
        return folded.toString();
    }
}
