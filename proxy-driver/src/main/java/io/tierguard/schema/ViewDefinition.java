package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.sql.AnalyzedText;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SqlAnalyzer;
import io.tierguard.sql.StatementEffects;
import java.util.List;
import java.util.Set;

/** Finds the tables that a view's definition reads, for databases whose catalog does not list them. */
final class ViewDefinition {

    private ViewDefinition() {}

    /**
     * Adds the tables that a definition reads to {@code bases}.
     *
     * @return whether all of them are known
     */
    static boolean readInto(Set<TableName> bases, String definition, Dialect dialect) {
        AnalyzedText text = new SqlAnalyzer(LexicalModes.defaultsOf(dialect)).analyze(definition, Placeholders.NONE);
        List<StatementEffects> statements = text.statements();
        if (statements.size() != 1 || !(statements.get(0) instanceof StatementEffects.Understood understood)) {
            return false;
        }
        for (Effect effect : understood.effects()) {
            bases.add(effect.table());
        }
        return true;
    }
}
