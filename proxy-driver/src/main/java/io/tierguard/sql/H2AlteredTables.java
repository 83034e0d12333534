package io.tierguard.sql;

import java.util.List;
import java.util.Set;

/** The actions of ALTER TABLE and ALTER VIEW that only H2 has, some in its compatibility modes alone. */
final class H2AlteredTables {

    private static final Set<String> COLUMN = Set.of("modify", "change");

    private H2AlteredTables() {}

    /** Whether an action is one of these and changes no more than its own table. */
    static boolean isAction(Dialect dialect, List<Token> action) {
        if (dialect != Dialect.H2 || action.get(0).kind() != Token.Kind.WORD) {
            return false;
        }
        String first = action.get(0).text();
        boolean switchesKeys = first.equals("set")
                && action.size() > 2
                && action.get(1).is("referential_integrity")
                && isSwitch(action.subList(2, action.size()));
        return switchesKeys
                || (COLUMN.contains(first) && action.size() > 2)
                || (first.equals("convert") && isCharacterSet(action.subList(1, action.size())))
                || (first.equals("auto_increment") && isNumber(action.subList(1, action.size())))
                || (first.equals("recompile") && action.size() == 1);
    }

    /** Whether it is one more column of {@code DROP COLUMN a, b}. */
    static boolean dropsColumn(Dialect dialect, List<Token> action, List<Token> first) {
        return dialect == Dialect.H2
                && action.size() == 1
                && action.get(0).isIdentifier()
                && first.size() > 1
                && first.get(0).is("drop");
    }

    private static boolean isSwitch(List<Token> words) {
        boolean isOnOrOff =
                words.get(0).kind() == Token.Kind.WORD || words.get(0).isValue();
        return isOnOrOff
                && (words.size() == 1
                        || (words.size() == 2
                                && (words.get(1).is("check") || words.get(1).is("nocheck"))));
    }

    /** {@code TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci}, by which H2 changes nothing. */
    private static boolean isCharacterSet(List<Token> words) {
        boolean isPlain =
                words.stream().allMatch(word -> word.kind() == Token.Kind.WORD || word.kind() == Token.Kind.STRING);
        return isPlain
                && (words.size() == 4 || words.size() == 6)
                && words.get(0).is("to")
                && words.get(1).is("character")
                && words.get(2).is("set")
                && (words.size() == 4 || words.get(4).is("collate"));
    }

    private static boolean isNumber(List<Token> value) {
        int last = value.size() - 1;
        return last >= 0
                && last < 2
                && value.get(last).kind() == Token.Kind.NUMBER
                && (last == 0 || value.get(0).isSymbol("="));
    }
}
