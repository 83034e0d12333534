package io.tierguard.guard;

import io.tierguard.policy.model.Decision;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.SchemaConsequences;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Judges a change in a database whose catalog cannot be read, for lack of rights or because nobody is connected yet: by foreign keys,
 * triggers and rules it could change any row of any table, so that it passes only where no tier of the policy could be hurt by that.
 */
final class WithheldSchema {
    private static final String UNSEEN = "what nobody may see";
    private static final List<Verb> CONSEQUENCES = List.of(Verb.DELETE, Verb.UPDATE, Verb.INSERT);

    private WithheldSchema() {}

    /** What is against an effect because of what it could bring about unseen; empty where it only reads, or all is seen. */
    static Optional<Denial> denial(JudgedText text, Effect effect) {
        if (!text.context().schema().isWithheld() || bringsAboutNothing(effect, text)) {
            return Optional.empty();
        }
        for (TableClass tableClass : text.policy().tableClasses()) {
            TableName table = TableName.of(
                    tableClass.pattern().schema().toString(),
                    tableClass.pattern().name().toString());
            for (Verb verb : CONSEQUENCES) {
                Effect possible = new Effect(verb, table, Collections.emptySortedSet(), true, UNSEEN, false);
                Decision decision = text.tables().decide(possible, text.context());
                text.decisions().add(decision);
                if (decision instanceof Decision.Deny deny) {
                    return Optional.of(
                            denial(text, effect, tableClass, deny.denials().get(0)));
                }
            }
        }
        return Optional.empty();
    }

    /** Only on PostgreSQL does code run when the schema is changed, by event triggers. */
    private static boolean bringsAboutNothing(Effect effect, JudgedText text) {
        return effect.verb().reads()
                || (SchemaConsequences.changesSchema(effect.verb())
                        && text.context().modes().dialect() != Dialect.POSTGRESQL);
    }

    private static Denial denial(JudgedText text, Effect effect, TableClass hurt, Denial because) {
        Denial plain = text.denial(
                Reason.CASCADE,
                effect.verb() + " " + effect.table()
                        + ": the user of the database may not read its catalog, or is not connected yet, so that nobody knows"
                        + " what follows by foreign keys, triggers and rules, and " + hurt.pattern()
                        + " could be reached");
        return new Denial(plain.reason(), plain.sentence(), because.rule(), because.contact());
    }
}
