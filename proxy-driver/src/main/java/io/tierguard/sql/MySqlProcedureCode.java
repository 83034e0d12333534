package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.Verb;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the body of a procedure of MySQL and MariaDB that changes the structure of tables, makes temporary ones, or begins and ends
 * transactions, as the code that runs at once where it is called by a statement of its own.
 *
 * <p>INVARIANT: nothing that is read in it changes what stands before or behind it in the same code means, and nothing of its
 * session but the transaction and temporary tables; other code is not read.
 */
final class MySqlProcedureCode {

    /** The first words of statements that may end a transaction in it; the others change more of their session. */
    private static final Set<String> ENDING =
            Set.of("START", "COMMIT", "ROLLBACK", "CREATE", "ALTER", "DROP", "RENAME", "TRUNCATE");

    /** What changes a table under its own name, or makes or drops one under a name that none has behind it. */
    private static final Set<String> KEEPING_NAMES = Set.of(
            "CREATE TABLE",
            "CREATE INDEX",
            "CREATE SEQUENCE",
            "DROP TABLE",
            "DROP INDEX",
            "DROP SEQUENCE",
            "ALTER TABLE",
            "ALTER SEQUENCE");

    private final List<CodeStep> steps;

    private MySqlProcedureCode(List<CodeStep> steps) {
        this.steps = steps;
    }

    /** What a call of a body does, in which a name is placed nowhere yet; empty where it changes rows alone, or cannot be read. */
    static Optional<CalledCode> called(StatementReader reader, RoutineCall routine, String sql, List<Token> body) {
        MySqlProcedureCode code = new MySqlProcedureCode(MySqlProcedure.readAtOnce(reader, sql, body));
        return code.together().map(all -> new CalledCode(routine, all, code.mentions(body)));
    }

    /** What it names, in the texts too that it prepares. */
    private Mentions mentions(List<Token> body) {
        return steps.stream().map(CodeStep::mentions).reduce(Mentions.in(body), Mentions::and);
    }

    /**
     * The same of a body that may run where nobody judges what it meets, as in an event: behind it each name still means the
     * table that it meant.
     */
    static Optional<StatementEffects.Understood> defined(StatementReader reader, String sql, List<Token> body) {
        MySqlProcedureCode code = new MySqlProcedureCode(MySqlProcedure.readAtOnce(reader, sql, body));
        return code.steps.stream().map(CodeStep::effects).allMatch(MySqlProcedureCode::keepsNames)
                ? code.together()
                : Optional.empty();
    }

    private Optional<StatementEffects.Understood> together() {
        CompoundCode code = new CompoundCode();
        MySqlOwnTables own =
                new MySqlOwnTables(steps.stream().map(CodeStep::effects).toList());
        for (CodeStep step : steps) {
            StatementEffects each = step.effects();
            boolean isKept = keepsSession(each) || own.areDroppedBy(each);
            if (!isKept || !own.keepTheirNames(each) || !code.add(own.told(each)) || code.needsPower()) {
                return Optional.empty();
            }
        }
        boolean isForSession = (code.movesTransaction() || code.prepares() || !own.areNone()) && code.isAsBefore();
        return isForSession && code.reading(CalledCode.OPERATION, Set.of()) instanceof StatementEffects.Understood all
                ? Optional.of(code.movesTransaction() ? perhaps(all) : all)
                : Optional.empty();
    }

    /** Which statement of a body is against a definition of it; empty where none alone is. */
    static String obstacle(StatementReader reader, String sql, List<Token> body) {
        CompoundCode code = new CompoundCode();
        for (CodeStep step : MySqlProcedure.readAtOnce(reader, sql, body)) {
            StatementEffects each = step.effects();
            boolean isFollowed = keepsSession(each) && code.add(each) && !code.needsPower() && code.isAsBefore();
            if (!isFollowed || !keepsNames(each)) {
                return step.place();
            }
        }
        return "";
    }

    private static boolean keepsSession(StatementEffects statement) {
        String operation = statement.operation();
        int space = operation.indexOf(' ');
        String first = space < 0 ? operation : operation.substring(0, space);
        boolean changesNothing = statement instanceof StatementEffects.Bounded
                || (statement instanceof StatementEffects.Understood understood
                        && understood.sessionChanges().isEmpty());
        boolean isTemporary =
                first.equals("DROP") && changesNothing; // alone of all that is dropped it ends no transaction
        return !first.equals("XA")
                && !isTemporary
                && (changesNothing || ENDING.contains(first) || MySqlPreparedCode.isForgetting(statement));
    }

    /** What ends the transaction may stand behind a condition, so that the one from before it may still be open. */
    private static StatementEffects.Understood perhaps(StatementEffects.Understood all) {
        return (StatementEffects.Understood) Readings.changing(all, new SessionChange.TransactionStart());
    }

    private static boolean keepsNames(StatementEffects statement) {
        List<Effect> changes = SchemaConsequences.effects(statement).stream()
                .filter(effect -> SchemaConsequences.changesSchema(effect.verb()))
                .toList();
        if (changes.isEmpty()) {
            return true;
        }
        // ALTER TABLE that makes or drops a table gives one another name, or takes the rows of one.
        boolean isRenaming = statement.operation().equals("ALTER TABLE")
                && changes.stream().anyMatch(effect -> effect.verb() == Verb.CREATE || effect.verb() == Verb.DROP);
        boolean isOfOne = changes.stream().map(Effect::table).distinct().count() == 1
                || statement.operation().startsWith("DROP ");
        return KEEPING_NAMES.contains(statement.operation())
                && !isRenaming
                && isOfOne
                && changes.stream().noneMatch(effect -> effect.reach() == Reach.REFERRING_ROWS);
    }
}
