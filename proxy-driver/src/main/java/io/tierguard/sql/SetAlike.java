package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import java.util.Set;

/**
 * Tells what sets columns to what they are, as MySQL and MariaDB write an upsert that does nothing, from what gives them the value of
 * a variable of their name: in code that comes before a column.
 */
public final class SetAlike {
    private SetAlike() {}

    /** Whether an effect is one of setting columns to what they are. */
    public static boolean is(Effect effect) {
        return effect.reach() == Reach.SAME_VALUES || effect.reach() == Reach.SAME_NUMBER;
    }

    /**
     * The same effect where its columns are meant for certain, else that of setting them to anything.
     *
     * @param variables the names, folded, that mean something else there, alone or before a dot
     */
    public static Effect beside(Set<String> variables, Effect effect) {
        boolean isCertain = !is(effect)
                || (!mayBe(variables, effect.table().name())
                        && effect.columns().stream().noneMatch(column -> mayBe(variables, column)));
        return isCertain ? effect : anything(effect);
    }

    /** Whether a name may be one of some variables; the servers compare those without accents. */
    private static boolean mayBe(Set<String> variables, String name) {
        return variables.contains(TableName.fold(name))
                || (!variables.isEmpty() && isTakenForOthers(name))
                || variables.stream().anyMatch(SetAlike::isTakenForOthers);
    }

    private static boolean isTakenForOthers(String name) {
        return RoutineCall.isTakenForOthers(Dialect.MYSQL, name);
    }

    /** That of setting its columns to anything, where it is one of setting them to what they are. */
    public static Effect anything(Effect effect) {
        return is(effect) ? effect.reaching(Reach.TABLE) : effect;
    }
}
