package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.List;
import java.util.Optional;

/** Reads CREATE STATISTICS of PostgreSQL, which adds to a table what an index of the same columns would. */
final class ExtendedStatistics {
    private static final String OPERATION = "CREATE STATISTICS";

    private ExtendedStatistics() {}

    /** Reads it from its second word on; what is not of its form needs the power to administer, as its like do. */
    static StatementEffects read(StatementTokens statement) {
        statement.next();
        statement.acceptIfExists();
        if (!statement.is("on") && !statement.peek().isSymbol("(")) {
            statement.acceptTable();
        }
        statement.acceptGroup();
        boolean isOn = statement.accept("on");
        List<Token> columns = statement.rest();
        int from = topLevelFrom(columns);
        if (isOn && from > 0) {
            statement.skip(from + 1);
            statement.accept("only");
            Optional<TableName> table = statement.acceptTable();
            if (table.isPresent() && statement.atEnd()) {
                List<Effect> effects = List.of(Effect.of(Verb.EXTEND, table.get()));
                return Definitions.read(Dialect.POSTGRESQL, statement, OPERATION, effects, columns.subList(0, from));
            }
        }
        return Readings.power(OPERATION, Power.ADMINISTER, List.of());
    }

    private static int topLevelFrom(List<Token> columns) {
        int depth = 0;
        for (int i = 0; i < columns.size(); i++) {
            Token token = columns.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0 && token.is("from")) {
                return i;
            }
        }
        return -1;
    }
}
