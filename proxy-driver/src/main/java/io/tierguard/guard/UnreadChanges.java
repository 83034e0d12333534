package io.tierguard.guard;

import io.tierguard.sql.AnalyzedText;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SchemaConsequences;
import io.tierguard.sql.SessionChange;
import io.tierguard.sql.StatementEffects;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What a session has changed of the schema since that was read, by which it can be told of most statements what they do without
 * another reading: as if all of them stood in one text.
 *
 * <p>Safe for use by many threads.
 *
 * @param verdicts those of what was read
 * @param reading when it was read, and what others had changed then
 * @param texts the changes in their order, each a text of one statement
 * @param told counts the texts that have been judged so
 */
record UnreadChanges(ContextVerdicts verdicts, SchemaReading reading, List<AnalyzedText> texts, AtomicInteger told) {
    /** Of so many it takes longer to judge them again with each text than to read what came of them. */
    private static final int MOST_CHANGES = 24;

    /** What is known after a reading is kept for each text, and this is not. */
    private static final int MOST_TOLD = 100;

    /** What changes no more than the names that it has effects on, and runs nothing. */
    private static final Set<String> PLAIN = Set.of(
            "CREATE TABLE",
            "CREATE INDEX",
            "CREATE SEQUENCE",
            "CREATE VIEW",
            "ALTER TABLE",
            "ALTER SEQUENCE",
            "COMMENT",
            "DROP TABLE",
            "DROP INDEX",
            "DROP SEQUENCE",
            "DROP VIEW");

    UnreadChanges {
        texts = List.copyOf(texts);
    }

    /** A text that may run now, and what is unread of the schema once it has, if it changes that and nobody has to look. */
    record Told(Verdict.Allow verdict, Optional<UnreadChanges> afterwards) {}

    /** Before a session has changed anything of what has been read. */
    static UnreadChanges none(ContextVerdicts verdicts, SchemaReading reading) {
        return new UnreadChanges(verdicts, reading, List.of(), new AtomicInteger());
    }

    /** The same once one more text has run; empty where nobody can tell without a reading what comes of it. */
    Optional<UnreadChanges> after(String sql, Placeholders placeholders, Verdict.Allow verdict) {
        return isPlain(verdict) ? after(verdicts.read(sql, placeholders)) : Optional.empty();
    }

    private Optional<UnreadChanges> after(AnalyzedText text) {
        boolean isPlain = text.statements().size() == 1
                && isWithoutSweeps(text.statements().get(0))
                && isForAll(text.statements().get(0))
                && PLAIN.contains(text.statements().get(0).operation());
        return isPlain && texts.size() < MOST_CHANGES
                ? Optional.of(new UnreadChanges(
                        verdicts,
                        reading,
                        Stream.concat(texts.stream(), Stream.of(text)).toList(),
                        told))
                : Optional.empty();
    }

    /** Whether nothing that it is on could be this session's alone, which another's may stand behind once it is gone. */
    private boolean isForAll(StatementEffects statement) {
        Set<String> own = verdicts.context().temporary().tables();
        return SchemaConsequences.effects(statement).stream()
                .noneMatch(effect -> own.contains(effect.table().name()));
    }

    /** What may be said of a text without another reading; empty where that may be wrong, or is not worth it any more. */
    Optional<Told> tell(String sql, Placeholders placeholders, PreparedNames names) {
        if (told.incrementAndGet() > MOST_TOLD || !reading.isOfNow()) {
            return Optional.empty();
        }
        AnalyzedText text = verdicts.read(sql, placeholders);
        if (text.statements().size() != 1 || !isWithoutSweeps(text.statements().get(0))) {
            return Optional.empty();
        }
        return verdicts.verdictAfter(texts, text, names)
                .filter(UnreadChanges::isPlain)
                .map(verdict -> new Told(verdict, verdict.changesSchema() ? after(text) : Optional.empty()));
    }

    /** Whether it tells by names all that it is on. */
    private static boolean isWithoutSweeps(StatementEffects statement) {
        return statement instanceof StatementEffects.Understood understood
                && understood.sweeps().isEmpty();
    }

    /** Whether it changes nothing of the session; MySQL's changes of the schema keep what a transaction has done before. */
    private static boolean isPlain(Verdict.Allow verdict) {
        return verdict.observed().isEmpty()
                && verdict.limits().isEmpty()
                && verdict.changes().stream()
                        .allMatch(change -> verdict.changesSchema()
                                && change.equals(new SessionChange.TransactionEnd(SessionChange.Ending.KEPT)));
    }
}
