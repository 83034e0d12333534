package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a statement's tokens name, whatever it is: more than its structure tells, so that code which does not look like a
 * call, or which has the name of a harmless built-in, is not missed where a database has such code.
 *
 * @param calls the names that a parenthesis follows
 * @param fields the names that stand behind a dot and are no table's, folded
 * @param words every name, folded; {@link #ANY_TYPE} where a type is named by a value that is not written out
 * @param operators the operators, as written
 */
public record Mentions(Set<RoutineCall> calls, Set<String> fields, Set<String> words, Set<String> operators) {
    /** Nothing is named. */
    public static final Mentions NONE = new Mentions(Set.of(), Set.of(), Set.of(), Set.of());

    /** Stands among the words for a type that nobody can tell. */
    public static final String ANY_TYPE = "";

    private static final Set<String> SPEAKS = Set.of("drop", "grant", "revoke", "comment", "security");

    private static final Set<String> DEFINES = Set.of("create", "alter");

    /** Statements of PostgreSQL with names and constants alone in them, of which it computes nothing. */
    private static final Set<String> CONTROL = Set.of(
            "set",
            "reset",
            "show",
            "begin",
            "start",
            "commit",
            "end",
            "abort",
            "rollback",
            "savepoint",
            "release",
            "discard",
            "deallocate",
            "listen",
            "unlisten",
            "notify",
            "close",
            "lock");

    private static final Set<String> BEFORE_KIND = Set.of("or", "replace", "constraint", "force");

    private static final Set<String> KINDS_OF_CODE = Set.of(
            "function",
            "procedure",
            "routine",
            "aggregate",
            "alias",
            "operator",
            "cast",
            "trigger",
            "rule",
            "event",
            "extension",
            "language",
            "policy",
            "transform");

    public Mentions {
        calls = Set.copyOf(calls);
        fields = Set.copyOf(fields);
        words = Set.copyOf(words);
        operators = Set.copyOf(operators);
    }

    /** What this names and what another one names. */
    public Mentions and(Mentions other) {
        return new Mentions(
                union(calls, other.calls),
                union(fields, other.fields),
                union(words, other.words),
                union(operators, other.operators));
    }

    /** What this names but for one call, whose name stands behind a dot where it has a schema. */
    public Mentions without(RoutineCall call) {
        Set<RoutineCall> others = new LinkedHashSet<>(calls);
        others.remove(call);
        Set<String> rest = new LinkedHashSet<>(fields);
        if (!call.schema().isEmpty()) {
            rest.remove(call.name());
        }
        return new Mentions(others, rest, words, operators);
    }

    private static <T> Set<T> union(Set<T> one, Set<T> other) {
        Set<T> union = new LinkedHashSet<>(one);
        union.addAll(other);
        return union;
    }

    /** Whether it is no more than transaction control or the like, which computes nothing. */
    public boolean computes() {
        return words.size() > 1 || !operators.isEmpty();
    }

    /** What a statement names; nothing where it only speaks of code, as its definition does. */
    static Mentions of(List<Token> statement) {
        return runsNothing(statement) ? NONE : in(statement);
    }

    /** Whether a statement of a text, and not of code, computes nothing of what it names. */
    static boolean isControl(Dialect dialect, List<Token> statement) {
        return dialect == Dialect.POSTGRESQL && isAny(statement, 0, CONTROL);
    }

    private static boolean runsNothing(List<Token> statement) {
        int at = 1;
        while (at < statement.size() && isAny(statement, at, BEFORE_KIND)) {
            at++;
        }
        return isAny(statement, 0, SPEAKS) || (isAny(statement, 0, DEFINES) && isAny(statement, at, KINDS_OF_CODE));
    }

    private static boolean isAny(List<Token> tokens, int at, Set<String> words) {
        return at < tokens.size()
                && tokens.get(at).kind() == Token.Kind.WORD
                && words.contains(tokens.get(at).text());
    }

    static Mentions in(List<Token> tokens) {
        Set<RoutineCall> calls = new LinkedHashSet<>();
        Set<String> fields = new LinkedHashSet<>();
        Set<String> words = new LinkedHashSet<>();
        Set<String> operators = new LinkedHashSet<>();
        int i = 0;
        while (i < tokens.size()) {
            Token token = tokens.get(i);
            if (token.isIdentifier()) {
                DottedName name = DottedName.at(tokens, i);
                name.parts().forEach(part -> words.add(TableName.fold(part)));
                if (isFollowedByGroup(tokens, name.end()) && !isWrittenTable(tokens, i)) {
                    calls.add(name.routine());
                    words.addAll(TypesInTexts.namedBy(name.routine(), tokens, name.end()));
                }
                boolean afterDot = i > 0 && tokens.get(i - 1).isSymbol(".");
                if (!TablePlaces.isTable(tokens, i)) {
                    name.parts().stream().skip(afterDot ? 0 : 1).forEach(part -> fields.add(TableName.fold(part)));
                }
                i = name.end();
            } else {
                if (token.kind() == Token.Kind.SYMBOL) {
                    operators.add(token.text());
                }
                i++;
            }
        }
        return new Mentions(calls, fields, words, operators);
    }

    private static boolean isFollowedByGroup(List<Token> tokens, int end) {
        return end < tokens.size() && tokens.get(end).isSymbol("(");
    }

    /** Whether a list of columns follows, as behind the table of an INSERT. */
    private static boolean isWrittenTable(List<Token> tokens, int start) {
        return start > 0 && tokens.get(start - 1).is("into");
    }
}
