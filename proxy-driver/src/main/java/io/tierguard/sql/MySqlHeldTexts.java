package io.tierguard.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The texts that variables of the user's hold for certain, each one of a few constants, along a stretch of code of MySQL or MariaDB
 * whose statements run one after the other.
 *
 * <p>INVARIANT: what is held was set in the same stretch, and nothing has run since that could have set it, by its own words or by
 * code behind them. For one thread.
 */
final class MySqlHeldTexts {
    /** More texts than this are not followed. */
    private static final int MOST = 32;

    /** Together they are no longer than a text may be. */
    private static final int LONGEST = 1 << 16;

    private static final Set<String> JOINING = Set.of("union", "except", "intersect", "minus");

    private final MySqlRowLimits limits;
    private Map<String, Set<String>> held = new HashMap<>();

    MySqlHeldTexts(MySqlRowLimits limits) {
        this.limits = limits;
    }

    /** Nothing is known any more. */
    void forget() {
        held = new HashMap<>();
    }

    /** By variable, what each holds that is known. */
    Map<String, Set<String>> all() {
        return new HashMap<>(held);
    }

    /** This and no more is known. */
    void hold(Map<String, Set<String>> all) {
        held = new HashMap<>(all);
        held.values().removeIf(texts -> few(texts).isEmpty());
    }

    /** A condition has been computed, which may set what it names. */
    void compute(List<Token> condition, boolean isQuiet) {
        if (!isQuiet) {
            forget();
        } else if (condition.stream().anyMatch(token -> token.isSymbol(":="))) {
            forgetNamed(condition);
        }
    }

    /**
     * A statement has run that is none of those that prepare, run or forget one.
     *
     * @param isQuiet whether neither it nor any code that it runs could have set a variable that it does not name
     */
    void follow(List<Token> statement, boolean isQuiet) {
        if (statement.isEmpty()) {
            return;
        }
        if (!isQuiet) {
            forget(); // what it sets too: in code the items of a SET run one after the other
            return;
        }
        Optional<List<MySqlSetting>> settings = MySqlSetting.in(statement);
        if (settings.isPresent()) {
            set(settings.get());
        } else {
            select(statement);
        }
    }

    /** A query that has no row leaves its variable as it is, and of several it fails. */
    private void select(List<Token> statement) {
        int into = selectsInto(statement);
        int from = MySqlLists.atTop(statement, "from");
        String variable = into < 0 ? "" : MySqlSetting.nameOf(statement.get(into + 1));
        List<Token> expression = into < 0 ? List.of() : statement.subList(1, from < 0 ? into : Math.min(from, into));
        Optional<Set<String>> selected = of(expression);
        boolean isSet = !limits.mayHold()
                && MySqlSoleRows.has(
                        expression, statement.subList(from < 0 ? statement.size() : from, statement.size()));
        Optional<Set<String>> before = isSet ? Optional.of(Set.of()) : Optional.ofNullable(held.get(variable));
        forgetNamed(statement);
        if (before.isPresent() && selected.isPresent()) {
            few(union(before.get(), selected.get())).ifPresent(texts -> hold(variable, texts));
        }
    }

    private void set(List<MySqlSetting> settings) {
        Map<String, Set<String>> before = held;
        Set<String> named = new HashSet<>();
        settings.forEach(setting -> named.add(setting.name()));
        boolean isOdd = settings.stream()
                .anyMatch(setting -> setting.value().stream().anyMatch(token -> token.isSymbol(":="))
                        || (setting.name().startsWith("@") && !setting.isOfUser()));
        if (isOdd) {
            forget();
            return;
        }
        // Values are taken before any variable is set, or one after the other: of those set here none is a value.
        Map<String, Set<String>> others = new HashMap<>(before);
        if (settings.size() > 1) {
            others.keySet().removeAll(named);
        }
        held = others;
        List<Optional<Set<String>>> values =
                settings.stream().map(setting -> of(setting.value())).toList();
        held = new HashMap<>(before);
        held.keySet().removeAll(named);
        for (int i = 0; i < values.size(); i++) {
            MySqlSetting setting = settings.get(i);
            boolean isOnce = settings.stream()
                            .filter(other -> other.name().equals(setting.name()))
                            .count()
                    == 1;
            if (setting.isOfUser() && isOnce) {
                values.get(i).ifPresent(texts -> hold(setting.name(), texts));
            }
        }
    }

    private void hold(String variable, Set<String> texts) {
        if (MySqlSetting.isUser(variable)) {
            held.put(variable, texts);
        }
    }

    /** Before the one variable that a query gives its one value; -1 where it is another statement. */
    private static int selectsInto(List<Token> statement) {
        int into = MySqlLists.atTop(statement, "into");
        boolean isOne = into > 1
                && into < statement.size() - 1
                && statement.get(0).is("select")
                && (into == statement.size() - 2 || statement.get(into + 2).is("from"));
        boolean isJoined = JOINING.stream().anyMatch(word -> MySqlLists.atTop(statement, word) >= 0);
        return isOne && !isJoined ? into : -1;
    }

    /** Whatever is named may be set, and one whose name the server may take for another may be any. */
    private void forgetNamed(List<Token> statement) {
        for (Token token : statement) {
            if (token.kind() == Token.Kind.PARAMETER) {
                String name = MySqlSetting.nameOf(token);
                if (name.startsWith("@") && !MySqlSetting.isUser(name)) {
                    forget();
                    return;
                }
                held.remove(name);
            }
        }
    }

    /**
     * The texts of which an expression is one for certain, if it is any text: NULL is none that the server would run. Empty where it
     * may be another, or where they are too many.
     */
    Optional<Set<String>> of(List<Token> expression) {
        List<Token> value = MySqlLists.unwrapped(expression);
        if (value.isEmpty() || value.stream().anyMatch(token -> token.isSymbol(":="))) {
            return Optional.empty();
        }
        Token first = value.get(0);
        if (value.size() == 1 && first.is("null")) {
            return Optional.of(Set.of());
        }
        if (value.stream().allMatch(token -> token.kind() == Token.Kind.STRING)) {
            StringBuilder joined = new StringBuilder();
            value.forEach(token -> joined.append(token.text()));
            return few(Set.of(joined.toString()));
        }
        if (value.size() == 1 && first.kind() == Token.Kind.PARAMETER) {
            return Optional.ofNullable(held.get(MySqlSetting.nameOf(first)));
        }
        if (first.is("case")) {
            return ofCase(value);
        }
        if (first.is("select")) {
            return ofQuery(value);
        }
        boolean isCall =
                value.size() > 3 && value.get(1).isSymbol("(") && MySqlLists.closing(value, 1) == value.size() - 1;
        List<List<Token>> arguments = isCall ? MySqlLists.items(value.subList(2, value.size() - 1)) : List.of();
        if (first.is("if") && arguments.size() == 3) {
            return any(arguments.subList(1, 3));
        }
        return first.is("concat") && isCall ? ofConcat(arguments) : Optional.empty();
    }

    /** One of the values of some expressions. */
    private Optional<Set<String>> any(List<List<Token>> expressions) {
        Set<String> all = new LinkedHashSet<>();
        for (List<Token> expression : expressions) {
            Optional<Set<String>> texts = of(expression);
            if (texts.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(texts.get());
        }
        return few(all);
    }

    private Optional<Set<String>> ofConcat(List<List<Token>> arguments) {
        Set<String> all = Set.of("");
        for (List<Token> argument : arguments) {
            Optional<Set<String>> texts = of(argument);
            if (texts.isEmpty()) {
                return Optional.empty();
            }
            Set<String> longer = new LinkedHashSet<>();
            for (String text : all) {
                texts.get().forEach(more -> longer.add(text + more));
            }
            if (few(longer).isEmpty()) {
                return Optional.empty();
            }
            all = longer;
        }
        return few(all);
    }

    /** What stands behind each THEN and behind ELSE. */
    private Optional<Set<String>> ofCase(List<Token> value) {
        List<List<Token>> results = new ArrayList<>();
        int depth = 0;
        int start = -1;
        for (int i = 0; i < value.size(); i++) {
            Token token = value.get(i);
            boolean ends = depth == 1 && (token.is("when") || token.is("else") || token.is("end"));
            if (ends && start >= 0) {
                results.add(value.subList(start, i));
                start = -1;
            }
            if (depth == 1 && (token.is("then") || token.is("else"))) {
                start = i + 1;
            }
            depth += token.isSymbol("(") || token.is("case") ? 1 : 0;
            depth -= token.isSymbol(")") || token.is("end") ? 1 : 0;
            if (depth == 0 && i < value.size() - 1) {
                return Optional.empty();
            }
        }
        return results.isEmpty() || depth != 0 ? Optional.empty() : any(results);
    }

    /** A query of one value, whatever rows it has: of none that is NULL, and of several it fails. */
    private Optional<Set<String>> ofQuery(List<Token> value) {
        boolean isJoined = MySqlLists.atTop(value, "into") >= 0
                || JOINING.stream().anyMatch(word -> MySqlLists.atTop(value, word) >= 0);
        int from = MySqlLists.atTop(value, "from");
        List<Token> selected = value.subList(1, from < 0 ? value.size() : from);
        return isJoined || MySqlLists.items(selected).size() > 1 ? Optional.empty() : of(selected);
    }

    static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> either = new LinkedHashSet<>(one);
        either.addAll(other);
        return either;
    }

    private static Optional<Set<String>> few(Set<String> texts) {
        int length = texts.stream().mapToInt(String::length).sum();
        return texts.size() > MOST || length > LONGEST ? Optional.empty() : Optional.of(texts);
    }
}
