package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The statements that code of MySQL or MariaDB prepares from texts of its own, as far as each such text is certainly one of a few
 * constants: {@code SET @text = IF(…, 'ALTER TABLE …', 'SELECT 1'); PREPARE p FROM @text; EXECUTE p}.
 *
 * <p>INVARIANT: what EXECUTE runs was prepared in the same stretch of code, whose statements run one after the other, and all that
 * it may be was told where it was prepared. For one thread.
 */
final class MySqlPreparedCode {
    /** The leading word of what tells that names for statements are given away. */
    static final String OPERATION = "PREPARE";

    /** What changes the structure of tables, by which no code of a user's own runs. */
    private static final Set<Verb> OF_STRUCTURE = Set.of(Verb.CREATE, Verb.ALTER, Verb.EXTEND, Verb.DROP);

    /** By these a text may be converted before it is cut. */
    private static final Set<String> CONVERTING = Set.of("names", "charset", "character");

    private final StatementReader reader;
    private final String sql;
    private final MySqlRowLimits limits;
    private final MySqlHeldTexts texts;
    private final MySqlBranches branches;
    private boolean isFollowed;

    /** By name, whether running it can set no variable. */
    private final Map<String, Boolean> prepared = new HashMap<>();

    /** A statement of such a text. */
    record Inner(List<Token> tokens, StatementEffects effects) {}

    MySqlPreparedCode(StatementReader reader, String sql, List<Token> code) {
        this.reader = reader;
        this.sql = sql;
        this.isFollowed = code.stream().anyMatch(token -> token.is("prepare") || token.is("immediate"))
                && !goesOnOrConverts(code);
        this.limits = new MySqlRowLimits(sql, isFollowed ? code : List.of());
        this.texts = new MySqlHeldTexts(limits);
        this.branches = new MySqlBranches(texts);
    }

    /** Whether code goes on behind a statement that failed, or may set how its texts are converted. */
    private static boolean goesOnOrConverts(List<Token> code) {
        for (int at = 0; at + 1 < code.size(); at++) {
            Token token = code.get(at);
            Token next = code.get(at + 1);
            boolean goesOn = token.is("continue") && next.is("handler");
            boolean isName = token.isIdentifier() || token.kind() == Token.Kind.PARAMETER;
            boolean setsNext = token.is("set") || token.isSymbol(",");
            boolean converts = (isName && token.text().contains("set_connection"))
                    || (isName && token.text().contains("collation_connection"))
                    || (setsNext && next.kind() == Token.Kind.WORD && CONVERTING.contains(next.text()));
            if (goesOn || converts) {
                return true;
            }
        }
        return false;
    }

    /** What stands here runs before, or instead of, or after another part of the code. */
    void forget() {
        texts.forget();
        prepared.clear();
    }

    /** Nothing can be followed in this code. */
    void giveUp() {
        isFollowed = false;
        forget();
    }

    /** What stands here belongs to a handler: it is not done before what stands behind it. */
    void handle(List<StatementEffects> effects) {
        areQuietHere(effects);
        forget();
    }

    /** What stands here branches, or ends or begins what does or what runs again. */
    void branch(List<Token> step, List<StatementEffects> effects) {
        branches.follow(step, areQuietHere(effects));
        prepared.clear();
    }

    /** A statement has run that is none of those that prepare, run or forget one. */
    void follow(List<Token> statement, List<StatementEffects> effects) {
        if (isFollowed) {
            texts.follow(statement, areQuietHere(effects));
        }
    }

    private boolean areQuietHere(List<StatementEffects> effects) {
        boolean areQuiet = effects.stream().allMatch(MySqlPreparedCode::isQuiet);
        if (!areQuiet) {
            limits.runOthers();
        }
        return areQuiet;
    }

    /** Whether a statement runs no code of a user's own, which could set variables that it does not name. */
    private static boolean isQuiet(StatementEffects effects) {
        return effects instanceof StatementEffects.Understood understood
                && understood.unknownRoutines().isEmpty()
                && understood.powers().isEmpty()
                && understood.effects().stream().allMatch(MySqlPreparedCode::isQuiet);
    }

    private static boolean isQuiet(Effect effect) {
        return OF_STRUCTURE.contains(effect.verb())
                || (effect.verb().reads()
                        && (effect.reach() == Reach.KEY
                                || effect.table().schema().equals("information_schema")));
    }

    /** What {@code PREPARE p FROM …} may prepare; empty where that is not certain. */
    Optional<List<Inner>> prepare(List<Token> statement) {
        StatementTokens tokens = new StatementTokens(sql, statement);
        tokens.next();
        Optional<String> name = name(tokens.next());
        boolean isKnown = isFollowed && name.isPresent() && tokens.accept("from");
        Optional<List<Inner>> inner = isKnown ? inner(tokens.rest()) : Optional.empty();
        name.ifPresent(prepared::remove);
        inner.ifPresent(all -> prepared.put(name.get(), areQuiet(all)));
        return inner;
    }

    /** What {@code EXECUTE} runs beside what was told when it was prepared; empty where that is not certain. */
    Optional<List<Inner>> execute(List<Token> statement) {
        int using = MySqlLists.atTop(statement, "using");
        int end = using < 0 ? statement.size() : using;
        boolean isImmediate = end > 2 && statement.get(1).is("immediate") && reader.dialect() == Dialect.MARIADB;
        boolean givesPlain = statement.subList(end, statement.size()).stream()
                .allMatch(token -> token.is("using") || token.isSymbol(",") || token.isValue());
        if (!isFollowed || !givesPlain) {
            return Optional.empty();
        }
        if (isImmediate) {
            Optional<List<Inner>> inner = inner(statement.subList(2, end));
            ran(inner.map(MySqlPreparedCode::areQuiet).orElse(false));
            return inner;
        }
        String name = end == 2 ? name(statement.get(1)).orElse("") : "";
        if (!prepared.containsKey(name)) {
            return Optional.empty();
        }
        ran(prepared.getOrDefault(name, false));
        return Optional.of(List.of());
    }

    private void ran(boolean isQuiet) {
        if (!isQuiet) {
            limits.runOthers();
            forget();
        }
    }

    /** Whether a statement forgets one by a name and does nothing else. */
    boolean deallocate(List<Token> statement) {
        Optional<String> name =
                statement.size() == 3 && statement.get(1).is("prepare") ? name(statement.get(2)) : Optional.empty();
        name.ifPresent(prepared::remove);
        return isFollowed && name.isPresent();
    }

    private Optional<List<Inner>> inner(List<Token> expression) {
        Optional<Set<String>> all = texts.of(expression);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<Inner> inner = new ArrayList<>();
        for (String text : all.get()) {
            Optional<List<Token>> statement = text.chars().allMatch(c -> c > 0 && c < 0x80)
                    ? MySqlPreparedStatements.statementIn(reader.dialect(), text, expression.get(0))
                    : Optional.empty();
            if (statement.isEmpty()) {
                return Optional.empty();
            }
            limits.prepare(statement.get());
            inner.add(new Inner(statement.get(), reader.read(sql, statement.get())));
        }
        return Optional.of(inner);
    }

    private static boolean areQuiet(List<Inner> all) {
        return all.stream()
                .allMatch(one -> isQuiet(one.effects())
                        && one.tokens().stream().noneMatch(token -> token.kind() == Token.Kind.PARAMETER));
    }

    private Optional<String> name(Token name) {
        return name.isIdentifier() && !RoutineCall.isTakenForOthers(reader.dialect(), name.text())
                ? Optional.of(TableName.fold(name.text()))
                : Optional.empty();
    }

    /** What it does to the session: by no name anything is known afterwards. */
    static StatementEffects forgetting() {
        return Readings.change(OPERATION, new SessionChange.AllDeallocated());
    }

    /** Whether that is what a statement does. */
    static boolean isForgetting(StatementEffects statement) {
        return statement.operation().equals(OPERATION)
                && statement instanceof StatementEffects.Understood understood
                && understood.sessionChanges().equals(List.of(new SessionChange.AllDeallocated()));
    }
}
