package io.tierguard.sql;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads code of MariaDB that runs at once: {@code BEGIN NOT ATOMIC}, and the statements of procedures outside of one.
 *
 * <p>INVARIANT: nothing that is read in it changes what stands before or behind it in the same code means; such code is not
 * read, and needs the power to define some.
 */
final class MySqlCompoundStatements {

    /** Words with which such code begins, beside BEGIN. */
    static final Set<String> FIRST = Set.of("if", "case", "loop", "while", "repeat", "for");

    private final StatementReader reader;

    MySqlCompoundStatements(StatementReader reader) {
        this.reader = reader;
    }

    StatementEffects read(StatementTokens statement, int depth) {
        String operation = statement.is("begin")
                ? "BEGIN NOT ATOMIC"
                : statement.peek().text().toUpperCase(Locale.ROOT);
        CompoundCode code = new CompoundCode();
        for (CodeStep each : MySqlProcedure.readAtOnce(reader, statement.sql(), statement.rest())) {
            if (!code.add(each.effects()) || code.needsPower() || !code.isAsBefore()) {
                return Readings.code(operation, List.of(), Optional.of(DefinedCode.unread(each.place())));
            }
        }
        return code.reading(operation, Set.of());
    }
}
