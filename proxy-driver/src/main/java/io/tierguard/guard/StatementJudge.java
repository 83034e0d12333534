package io.tierguard.guard;

import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.schema.ScheduledCode;
import io.tierguard.sql.CalledCode;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.EventTags;
import io.tierguard.sql.Mentions;
import io.tierguard.sql.SchemaConsequences;
import io.tierguard.sql.SessionChange;
import io.tierguard.sql.StatementEffects;
import io.tierguard.sql.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Judges one statement of a text in the context that the ones before it leave.
 *
 * <p>Used by one thread, for one statement.
 */
final class StatementJudge {
    /** What runs code of PostgreSQL whose statements are judged as its own. */
    private static final Set<String> RUNS_CODE = Set.of("DO", CalledCode.OPERATION);

    /** What reads a table with all that is built on it, whose code runs then. */
    private static final Set<String> UPKEEP = Set.of("ANALYZE", "ANALYSE", "VACUUM", "CLUSTER", "REINDEX");

    /** What runs a query when its rows are fetched. */
    private static final String CURSOR = "DECLARE";

    private final JudgedText text;
    private final EffectJudge effects;
    private final PowerJudge powers;
    private final SessionChangeJudge session;
    private final List<Denial> found = new ArrayList<>();
    private String help = "";

    /** A judge of the statement that stands in a place of the text, as a message begins. */
    StatementJudge(JudgedText text, Witness witness, String place) {
        this.text = text;
        this.effects = new EffectJudge(text, witness, place);
        this.powers = new PowerJudge(text, effects);
        this.session = new SessionChangeJudge(text, effects);
    }

    /** What is against a statement, in the order in which it was found. */
    List<Denial> judge(StatementEffects statement, Mentions mentions) {
        text.beginStatement(statement.operation().equals(CURSOR));
        ProcedureCalls.note(statement, text);
        SchemaConsequences.effects(statement).forEach(text::meet);
        ResolutionContext before = text.context();
        effects.judgeMentions(mentions, found);
        if (statement instanceof StatementEffects.Understood understood) {
            judgeUnderstood(understood, mentions);
        } else if (statement instanceof StatementEffects.Bounded bounded) {
            judgeBounded(bounded);
        } else if (statement instanceof StatementEffects.Unreadable unreadable) {
            text.loseSight();
            found.add(text.denial(
                    Reason.UNREADABLE_SQL,
                    "run this " + unreadable.operation() + ": it could not be read (" + unreadable.problem() + ")"));
        }
        boolean runsEventTriggers = EventTags.areOf(statement.operation())
                || (RUNS_CODE.contains(statement.operation()) && EventTags.couldBeIn(mentions));
        if (runsEventTriggers && text.context().modes().dialect() == Dialect.POSTGRESQL) {
            effects.judgeDefinition(statement.operation(), found);
        }
        boolean followsCode = text.followsCode() || text.impliesCode();
        if (text.changed().couldMislead(statement, text.met(), text.runsCode(), followsCode, before)
                || text.changed().couldHide(statement, followsCode)) {
            found.add(behindChange(statement));
        }
        if (statement instanceof StatementEffects.Understood understood) {
            text.changed().change(understood, text.met(), copiesCode(understood), text.runsCode(), before);
        }
        text.changed().make(text.met());
        text.changed().settle();
        return found;
    }

    private Denial behindChange(StatementEffects statement) {
        return text.denial(
                Reason.UNREADABLE_SQL,
                "run this " + statement.operation()
                        + " in one text or batch with the change of schema before it: what it would reach then cannot"
                        + " be told; run the statements one by one");
    }

    /** What the statement could be written as; empty where it passes or there is nothing to propose. */
    String help() {
        return help;
    }

    private void judgeUnderstood(StatementEffects.Understood statement, Mentions mentions) {
        Set<String> ownTables = text.context().temporary().tables();
        ResolutionContext before = text.context();
        boolean isOther = text.given().mayDropOther(statement);
        List<Sweep> cuts = text.given().cutsBefore(statement);
        text.given().note(statement, before);
        judgeEffects(statement);
        if (UPKEEP.contains(statement.operation())) {
            text.restOnCode(); // an index that somebody else has made since runs code, as one that is known does
        }
        new LeftTiers(text.tables(), before).drops(statement).forEach(drop -> effects.judgeAlone(drop, found));
        text.given().effectsBefore(statement).forEach(effect -> effects.judge(effect, found));
        judgeScheduled(statement, mentions, before);
        powers.judgeMoved(statement, found);
        SweepJudge sweeps = new SweepJudge(text, effects);
        statement.sweeps().forEach(sweep -> sweeps.judge(sweep, statement.operation(), found));
        cuts.forEach(cut -> sweeps.judge(cut, statement.operation(), found));
        if (isOther) {
            found.add(behindChange(statement));
        }
        for (Power power : statement.powers()) {
            powers.judge(power, statement, found);
        }
        effects.judgeRoutines(statement.unknownRoutines(), found);
        for (SessionChange change : statement.sessionChanges()) {
            session.judge(change, found);
        }
        if (keepsCode(statement, ownTables)) {
            found.add(text.denial(
                    Reason.DEFINES_CODE,
                    statement.operation()
                            + ": a temporary table would run code whenever rows of it are written, and what"
                            + " that does then cannot be seen; give the values in the statements that fill it"));
        }
    }

    /** Judges what events do by the names that the statement gives, as if the schema did it. */
    private void judgeScheduled(StatementEffects.Understood statement, Mentions mentions, ResolutionContext before) {
        if (before.modes().dialect().isOfMySqlFamily()) {
            text.scheduledWrites()
                    .follow(
                            statement,
                            mentions,
                            () -> ScheduledCode.of(before.schema(), new PolicyFacts(text)),
                            before,
                            text.tables(),
                            effect -> effects.judge(effect, found))
                    .ifPresent(clause -> found.add(
                            text.denial(Reason.UNREADABLE_SQL, "run this " + statement.operation() + ": " + clause)));
        }
    }

    /** Whether code of a user's own is bound to a temporary table, of which no catalog that all can read will tell. */
    private boolean keepsCode(StatementEffects.Understood statement, Set<String> ownTables) {
        boolean isMade = statement.sessionChanges().stream()
                .anyMatch(change -> change instanceof SessionChange.TemporaryTable made && !made.isFilled());
        boolean isAltered = statement.effects().stream().anyMatch(effect -> altersAny(ownTables, effect));
        boolean bindsCode = text.followsCode() || statement.powers().contains(Power.DEFINE);
        if (((isMade || isAltered) && bindsCode) || takesDefaultsOver(statement)) {
            return true;
        }
        return isMade
                && statement.effects().stream()
                        .filter(effect -> effect.reach() == Reach.SHAPE
                                || effect.verb() == Verb.EXTEND
                                || effect.verb() == Verb.ALTER)
                        .anyMatch(effect -> effects.columnsRunCode(effect.table()));
    }

    /** Whether a temporary table of MariaDB takes over defaults that set a sequence, as one that a query fills does too. */
    private boolean takesDefaultsOver(StatementEffects.Understood statement) {
        boolean isMade = statement.sessionChanges().stream().anyMatch(SessionChange.TemporaryTable.class::isInstance)
                || statement.effects().stream()
                        .anyMatch(effect -> effect.verb() == Verb.CREATE && effect.reach() == Reach.TEMPORARY);
        return isMade && readsSettingDefaults(statement);
    }

    private boolean readsSettingDefaults(StatementEffects.Understood statement) {
        return text.context().modes().dialect() == Dialect.MARIADB
                && statement.effects().stream()
                        .anyMatch(effect -> effect.verb().reads() && effects.columnsRunCode(effect.table()));
    }

    private static boolean altersAny(Set<String> ownTables, Effect effect) {
        return (effect.verb() == Verb.ALTER || effect.verb() == Verb.EXTEND)
                && TemporaryTables.isOfSession(effect.table())
                && ownTables.contains(effect.table().name());
    }

    /** Whether it makes a table after another, by LIKE or as its part, whose defaults run code: so would those of the new one. */
    private boolean copiesCode(StatementEffects.Understood statement) {
        return statement.operation().equals("CREATE TABLE")
                && (readsSettingDefaults(statement)
                        || statement.effects().stream()
                                .filter(effect -> effect.reach() == Reach.SHAPE || effect.verb() == Verb.EXTEND)
                                .anyMatch(effect -> effects.runsCodeWhenFilled(effect.table())));
    }

    private void judgeEffects(StatementEffects.Understood statement) {
        Set<TableName> made = TemporaryTables.made(statement.effects());
        boolean isRename = false;
        boolean changedBefore = text.schemaChanges();
        for (Effect effect : statement.effects()) {
            boolean schemaChanged = text.schemaChanges();
            boolean isOfSession = isRename && TemporaryTables.isOfSession(effect.table());
            if (effect.verb() == Verb.CREATE
                    && (isOfSession || text.temporaries().isNamedOfSession(effect.table(), text.context()))) {
                for (TableName table : text.temporaries().madeWith(effect.table(), statement.operation())) {
                    session.judgeTemporary(new SessionChange.TemporaryTable(table, false, false), found);
                }
            } else {
                effects.judge(effect, statement.operation(), made, found);
            }
            isRename |= effect.verb() == Verb.ALTER
                    && statement.operation().equals("ALTER TABLE")
                    && text.temporaries().isFree(effect, statement.operation(), made, text.context());
            if (SchemaConsequences.keepsStructure(effect, statement.operation())) {
                text.schemaChanges(schemaChanged);
            }
        }
        if (dropsOwnTables(statement)) {
            text.schemaChanges(changedBefore);
        }
        if (text.temporaries().definesUnseenView(statement, text.context())) {
            found.add(text.denial(
                    Reason.UNREADABLE_SQL,
                    "create a view of a temporary table: the view would be temporary too, and hide what it stands"
                            + " for"));
        }
        for (Effect effect : statement.effects()) {
            if (effect.verb() == Verb.DROP || (isRename && effect.verb() == Verb.ALTER)) {
                session.forget(effect.table());
            }
        }
        if (!found.isEmpty()) {
            help = Help.on(statement, text.tables(), text.context());
        }
    }

    /** {@code DROP TEMPORARY TABLE} of MySQL's family, which drops no other and alone of all drops ends no transaction. */
    private boolean dropsOwnTables(StatementEffects.Understood statement) {
        return text.context().modes().dialect().isOfMySqlFamily()
                && statement.operation().equals("DROP TABLE")
                && statement.sessionChanges().isEmpty();
    }

    private void judgeBounded(StatementEffects.Bounded bounded) {
        List<Denial> inDoubt = new ArrayList<>();
        Set<TableName> made = TemporaryTables.made(bounded.effects());
        for (Effect effect : bounded.effects()) {
            // A bound takes every name for a table; one that is neither a table nor classified is a column or an alias.
            text.noteUnknown(effect);
            boolean isView = text.temporaries().isView(effect.table(), text.context());
            if (isView || text.tables().couldBeTable(effect.table(), text.context())) {
                effects.judge(effect, bounded.operation(), made, inDoubt);
            }
        }
        if (!inDoubt.isEmpty()) {
            found.add(unreadable(bounded, inDoubt.get(0)));
        }
        effects.judgeRoutines(bounded.unknownRoutines(), found);
    }

    private Denial unreadable(StatementEffects.Bounded bounded, Denial first) {
        String sentence = "run this " + bounded.operation() + ": it could not be read exactly (" + bounded.problem()
                + "), and as far as it can be read " + first.sentence();
        Denial plain = text.denial(Reason.UNREADABLE_SQL, sentence);
        return new Denial(plain.reason(), plain.sentence(), first.rule(), first.contact());
    }
}
