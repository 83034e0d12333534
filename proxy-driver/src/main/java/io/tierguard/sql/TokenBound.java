package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Bounds what a statement can do by its words alone: every name in it is read, and written by every verb whose word
 * occurs.
 */
final class TokenBound {

    /** More distinct names than this bound no statement that a person wrote. */
    private static final int MAX_NAMES = 2_000;

    /** Types whose names are keywords, so that an unquoted one before a parenthesis is never a routine. */
    private static final Set<String> TYPES_WITH_LENGTH = Set.of(
            "bit",
            "char",
            "character",
            "dec",
            "decimal",
            "float",
            "interval",
            "nchar",
            "numeric",
            "time",
            "timestamp",
            "varchar");

    /** Words with which a query in parentheses begins. */
    private static final Set<String> QUERIES = Set.of("select", "values", "table", "with");

    private final Dialect dialect;
    private final List<Token> tokens;
    private final Set<TableName> names = new LinkedHashSet<>();
    private final Set<RoutineCall> routines = new LinkedHashSet<>();
    private final Set<Verb> verbs = EnumSet.of(Verb.SELECT);

    private TokenBound(Dialect dialect, List<Token> tokens) {
        this.dialect = dialect;
        this.tokens = tokens;
    }

    /** The bound of a statement whose structure is not understood for the given reason. */
    static StatementEffects of(Dialect dialect, List<Token> tokens, String operation, Problem problem) {
        TokenBound bound = new TokenBound(dialect, tokens);
        bound.collect();
        if (bound.names.size() > MAX_NAMES) {
            return new StatementEffects.Unreadable(operation, problem);
        }
        return new StatementEffects.Bounded(operation, bound.effects(), List.copyOf(bound.routines), problem);
    }

    private List<Effect> effects() {
        List<Effect> effects = new ArrayList<>();
        for (TableName name : names) {
            for (Verb verb : verbs) {
                boolean narrowed = verb != Verb.UPDATE && verb != Verb.DELETE;
                effects.add(Effect.of(verb, name, List.of(), narrowed));
            }
        }
        return effects;
    }

    private void collect() {
        int i = 0;
        while (i < tokens.size()) {
            if (tokens.get(i).isIdentifier() && !isCursor(i)) {
                DottedName name = DottedName.at(tokens, i);
                collect(name, i);
                i = name.end();
            } else {
                i++;
            }
        }
    }

    /** Whether it names a cursor, which stands for a row of a table that is named elsewhere. */
    private boolean isCursor(int index) {
        return index > 2
                && tokens.get(index - 1).is("of")
                && tokens.get(index - 2).is("current")
                && tokens.get(index - 3).is("where");
    }

    private void collect(DottedName name, int start) {
        Token first = tokens.get(start);
        boolean beforeGroup =
                name.end() < tokens.size() && tokens.get(name.end()).isSymbol("(");
        Token before = start > 0 ? tokens.get(start - 1) : tokens.get(start);
        if (first.kind() == Token.Kind.WORD && name.parts().size() == 1) {
            boolean isLock = first.is("update")
                    && (before.is("for")
                            || (before.is("key")
                                    && start > 1
                                    && !tokens.get(start - 2).is("duplicate")));
            if (!isLock) {
                collectVerbs(first.text(), before, beforeGroup && !isInsertOfMerge(start, name.end()));
            }
        }
        boolean isLateral = dialect == Dialect.POSTGRESQL && first.is("lateral");
        boolean afterTableWord = start > 0 && !first.is("set") && !isLateral && isBeforeTable(before, first);
        boolean structure = first.kind() == Token.Kind.WORD
                && name.parts().size() == 1
                && (WritingWords.isStructure(first.text())
                        || (dialect.isOfMySqlFamily() && MySqlWords.OPERATORS.contains(first.text())))
                && !afterTableWord
                && !(beforeGroup && dialect == Dialect.POSTGRESQL && PostgreSqlWords.isCalled(first.text(), before));
        boolean calledByName = beforeGroup && !before.is("into") && !isAlias(start, name.end());
        boolean rewritesText = beforeGroup
                && (first.is("replace") || first.is("insert") || first.is("truncate"))
                && !isInsertOfMerge(start, name.end());
        if (structure && !rewritesText) {
            return;
        }
        if (calledByName && !isColumnList(name.end())) {
            if (first.kind() == Token.Kind.NAME && dialect.isOfMySqlFamily()) {
                routines.add(name.routine()); // in quotes it is no built-in
            } else {
                addRoutine(name.routine());
            }
            if (afterTableWord) {
                names.add(name.table());
            }
        } else {
            names.add(name.table());
        }
    }

    /** Whether it names the rows or the type of what stands before it, so that the group behind it calls nothing. */
    private boolean isAlias(int start, int open) {
        if (start == 0) {
            return false;
        }
        Token before = tokens.get(start - 1);
        boolean typeOrAlias = before.isSymbol("::") || before.is("as");
        return typeOrAlias || (before.isSymbol(")") && closesQuery(start - 1) && isNameList(open));
    }

    /** Whether the group that closes here holds a query. */
    private boolean closesQuery(int close) {
        int depth = 0;
        for (int i = close; i >= 0; i--) {
            depth += tokens.get(i).isSymbol(")") ? 1 : tokens.get(i).isSymbol("(") ? -1 : 0;
            if (depth == 0) {
                Token head = tokens.get(i + 1);
                return head.kind() == Token.Kind.WORD && QUERIES.contains(head.text());
            }
        }
        return false;
    }

    private boolean isNameList(int open) {
        for (int i = open + 1; i < tokens.size(); i++) {
            if (!tokens.get(i).isIdentifier() && !tokens.get(i).isSymbol(",")) {
                return tokens.get(i).isSymbol(")");
            }
        }
        return false;
    }

    /** Whether a table may follow, so that even a word of the language there may be one. */
    private static boolean isBeforeTable(Token before, Token first) {
        return (before.isSymbol(",") && !WritingWords.isReserved(first.text()))
                || (before.kind() == Token.Kind.WORD && WritingWords.BEFORE_TABLE.contains(before.text()));
    }

    private void collectVerbs(String word, Token before, boolean beforeGroup) {
        boolean function = beforeGroup && (word.equals("replace") || word.equals("insert") || word.equals("truncate"));
        if (function) {
            return;
        }
        verbs.addAll(WritingWords.verbsOf(word));
        if (word.equals("into")) {
            verbs.add(Verb.INSERT);
            if (!before.is("insert") && !before.is("merge") && !before.is("replace")) {
                verbs.add(Verb.CREATE);
            }
        }
    }

    /** Whether it is the INSERT of a MERGE and its columns, which no call of a function could be. */
    private boolean isInsertOfMerge(int index, int open) {
        if (index == 0
                || !tokens.get(index).is("insert")
                || !tokens.get(index - 1).is("then")) {
            return false;
        }
        int depth = 0;
        for (int i = open; i + 1 < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0) {
                return tokens.get(i + 1).is("values") || tokens.get(i + 1).is("overriding");
            }
        }
        return false;
    }

    /** Whether the group that opens here is followed by AS, as the columns of a common table expression are. */
    private boolean isColumnList(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0) {
                return i + 2 < tokens.size() && tokens.get(i + 1).is("as") && isQueryHead(i + 2);
            }
            if (i > open && !token.isIdentifier() && !token.isSymbol(",")) {
                return false;
            }
        }
        return false;
    }

    private boolean isQueryHead(int index) {
        Token token = tokens.get(index);
        return token.isSymbol("(") || token.is("materialized") || token.is("not");
    }

    private void addRoutine(RoutineCall call) {
        if (call.schema().isEmpty() && TYPES_WITH_LENGTH.contains(call.name())) {
            return;
        }
        if (!HarmlessRoutines.isHarmless(dialect, call)) {
            routines.add(call);
        }
    }
}
