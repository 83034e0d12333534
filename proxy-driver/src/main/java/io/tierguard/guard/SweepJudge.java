package io.tierguard.guard;

import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.NameGlob;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.TablePattern;
import io.tierguard.policy.model.Verb;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.schema.SweptTables;
import io.tierguard.sql.Sweep;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges what a statement does to tables that it does not name: those that the schema has, and those that the policy
 * speaks of and nobody has seen.
 *
 * <p>A pattern stands for the tables that it could match: as a name it matches itself. Used by one thread.
 */
final class SweepJudge {
    /** So many denials of one reason tell enough. */
    private static final int MOST_DENIALS = 3;

    private final JudgedText text;
    private final EffectJudge effects;

    SweepJudge(JudgedText text, EffectJudge effects) {
        this.text = text;
        this.effects = effects;
    }

    /** Judges every table that a sweep reaches. */
    void judge(Sweep sweep, String operation, List<Denial> found) {
        List<Denial> denials = new ArrayList<>();
        text.noteSweep();
        LeftTiers leaving = new LeftTiers(text.tables(), text.context());
        for (Effect effect : effectsOf(sweep)) {
            if (!isUnnamedView(effect)) {
                effects.judge(effect, denials);
            }
            if (sweep instanceof Sweep.Moved moved && effect.verb() == Verb.ALTER) {
                leaving.renamed(effect.table(), effect.table().in(moved.renamed()))
                        .ifPresent(drop -> effects.judgeAlone(drop, denials));
            }
        }
        if (!isOfOneTable(sweep) && !sweep.verb().reads()) {
            text.schemaChanges(true);
            text.changed().willChangeAnyName();
        }
        Map<Reason, Integer> told = new EnumMap<>(Reason.class);
        for (Denial denial : denials) {
            if (told.merge(denial.reason(), 1, Integer::sum) <= MOST_DENIALS) {
                String place = operation + " (" + sweep + "): ";
                found.add(new Denial(denial.reason(), place + denial.sentence(), denial.rule(), denial.contact()));
            }
        }
    }

    private Set<Effect> effectsOf(Sweep sweep) {
        ResolutionContext context = text.context();
        SchemaSnapshot schema = context.schema();
        boolean isKnown = !schema.isUnknown();
        Set<Effect> swept = new LinkedHashSet<>();
        if (isKnown) {
            swept.addAll(SweptTables.of(schema, sweep, context.searched()));
        }
        if (!isKnown && (isOfOneTable(sweep) || sweep instanceof Sweep.Using)) {
            addPatterns(swept, new Sweep.Everywhere(sweep.verb()));
        } else if (!isKnown || !sweep.verb().reads()) {
            addPatterns(swept, sweep); // a table that nobody has made yet, nobody reads
        }
        return swept;
    }

    private static boolean isOfOneTable(Sweep sweep) {
        return sweep instanceof Sweep.Truncated || sweep instanceof Sweep.Cut;
    }

    private void addPatterns(Set<Effect> swept, Sweep sweep) {
        for (TableClass tableClass : text.policy().tableClasses()) {
            TablePattern pattern = tableClass.pattern();
            if (sweep instanceof Sweep.Everywhere) {
                String schema =
                        leavesSchemaOpen(pattern) ? "" : pattern.schema().toString();
                swept.add(Effect.of(sweep.verb(), inSchema(schema, pattern)));
            } else if (sweep instanceof Sweep.OfSchema ofSchema && couldBeIn(pattern, ofSchema.schema())) {
                swept.add(Effect.of(sweep.verb(), inSchema(ofSchema.schema(), pattern)));
            } else if (sweep instanceof Sweep.Moved moved) {
                if (couldBeIn(pattern, moved.schema())) {
                    swept.add(Effect.of(Verb.ALTER, inSchema(moved.schema(), pattern)));
                }
                if (text.context().schema().isUnknown() && pattern.schema().matches(moved.renamed())) {
                    swept.add(Effect.of(Verb.CREATE, inSchema(moved.renamed(), pattern)));
                }
            }
        }
    }

    /** Whether a table of the pattern could be in a schema: where the schema is known, only one that it is meant for. */
    private boolean couldBeIn(TablePattern pattern, String schema) {
        if (!pattern.schema().matches(schema)) {
            return false;
        }
        return text.context().schema().isUnknown()
                || !leavesSchemaOpen(pattern)
                || text.policy().schemaPath().contains(schema)
                || text.context().searched().contains(schema);
    }

    private static boolean leavesSchemaOpen(TablePattern pattern) {
        return pattern.schema().covers(NameGlob.ANY);
    }

    private static TableName inSchema(String schema, TablePattern pattern) {
        return TableName.of(schema, pattern.name().toString());
    }

    /** A view that the policy does not name holds no rows that could be lost. */
    private boolean isUnnamedView(Effect effect) {
        ResolutionContext context = text.context();
        return (effect.verb() == Verb.DROP || effect.verb() == Verb.ALTER)
                && SweptTables.isView(context.schema(), effect.table())
                && text.tables().classesOf(effect.table(), context).isEmpty();
    }
}
