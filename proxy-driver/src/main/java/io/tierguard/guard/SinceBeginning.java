package io.tierguard.guard;

import io.tierguard.schema.SchemaDifference;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.sql.AnalyzedText;
import io.tierguard.sql.Mentions;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SchemaConsequences;
import io.tierguard.sql.SessionChange;
import io.tierguard.sql.StatementEffects;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What has become of the schema since a transaction of PostgreSQL began that reads the catalog as it was then: by itself, which only
 * the transaction sees, and by others, which it does not.
 *
 * <p>Its statements find what all of them have made. Neither reading tells that where both have changed the same: a table with the
 * trigger of another session has the name that the transaction has given to it. Safe for use by many threads.
 */
final class SinceBeginning {
    /** A change of the schema by the transaction itself. */
    private record Change(String sql, Placeholders placeholders) {}

    /** Null while the transaction has changed nothing of the schema. */
    private @Nullable SchemaSnapshot beginning;

    /** Whether it is known that the transaction reads that. */
    private boolean isRead;

    /** Whether what it changes is of interest. */
    private boolean isWatched;

    private final List<Change> unread = new ArrayList<>();

    /** The names in what it has changed. */
    private final Set<String> changed = new HashSet<>();

    private @Nullable SchemaSnapshot compared;
    private SchemaDifference difference = SchemaDifference.NONE;

    /** Whether the transaction has changed nothing of the schema, as far as is known. */
    synchronized boolean isUnset() {
        return beginning == null;
    }

    /** It is about to change the schema for the first time, of which no more is known than what others see, or nothing has begun yet. */
    synchronized void set(SchemaSnapshot ofOthers) {
        forget();
        beginning = ofOthers;
        isWatched = true;
    }

    /** The same of one that goes on to read what was committed when it began. */
    synchronized void set(SchemaLookout.Beginning read, SchemaSnapshot ofOthers) {
        set(read.schema());
        isRead = true;
        compared = read.isNewest() ? ofOthers : null; // what is older tells nothing of what has been changed since
    }

    /** It reads what its statements find, and so all that there is to know. */
    synchronized void readsAll() {
        isWatched = false;
        unread.clear();
    }

    /** Whether it is known that the transaction goes on to read the catalog as it was when it began. */
    synchronized boolean isRead() {
        return isRead;
    }

    /** It changes the schema. */
    synchronized void change(String sql, Placeholders placeholders) {
        if (isWatched) {
            unread.add(new Change(sql, placeholders));
        }
    }

    /** The transaction is over. */
    synchronized void forget() {
        beginning = null;
        isRead = false;
        isWatched = false;
        unread.clear();
        changed.clear();
        compared = null;
        difference = SchemaDifference.NONE;
    }

    /** Tells what others have changed by what they see now. */
    synchronized void compare(SchemaSnapshot now) {
        SchemaSnapshot then = beginning;
        if (then != null && compared != now) {
            difference = then.differenceTo(now);
            compared = now;
        }
    }

    /**
     * What others have changed that a text reaches in a way that neither reading tells, in a sentence; empty where each of them tells
     * its part.
     *
     * @param own by what the transaction reads
     * @param others by what others see, with what only this session has
     * @param changesSchema whether the text changes the schema
     */
    synchronized Optional<String> untold(
            AnalyzedText text,
            ContextVerdicts own,
            ContextVerdicts others,
            PreparedNames prepared,
            boolean changesSchema) {
        SchemaDifference made = difference;
        if (made.isNone()) {
            return Optional.empty();
        }
        Set<String> reached = own.namesReached(text, prepared);
        Set<String> reachedByOthers = others.namesReached(text, prepared);
        Set<String> onlyOwn = new HashSet<>(reached);
        onlyOwn.removeAll(reachedByOthers);
        Set<String> named = words(text);
        named.addAll(reached);
        readChanges(own);
        boolean meetsOwn = made.concerns(changed) && !Collections.disjoint(changed, named);
        named.addAll(reachedByOthers);
        boolean isChanged = changesSchema && !isOfSession(text, own.context()) && made.concerns(named);
        boolean isBehindOwn = !Collections.disjoint(made.names(), onlyOwn);
        return meetsOwn || isChanged || isBehindOwn ? Optional.of(sentence(made, named)) : Optional.empty();
    }

    private String sentence(SchemaDifference made, Set<String> named) {
        Set<String> met = new TreeSet<>(made.names());
        Set<String> all = new HashSet<>(named);
        all.addAll(changed);
        met.retainAll(all);
        return met.isEmpty() ? "routines or types" : String.join(", ", met);
    }

    private void readChanges(ContextVerdicts own) {
        for (Change change : unread) {
            AnalyzedText text = own.read(change.sql(), change.placeholders());
            if (!isOfSession(text, own.context())) {
                changed.addAll(words(text));
            }
        }
        unread.clear();
    }

    /** Every name in a text, and that of whatever it changes of the schema. */
    private static Set<String> words(AnalyzedText text) {
        Set<String> words = new HashSet<>();
        for (Mentions mentions : text.mentions()) {
            words.addAll(mentions.words());
        }
        for (StatementEffects statement : text.statements()) {
            SchemaConsequences.effects(statement)
                    .forEach(effect -> words.add(effect.table().name()));
        }
        return words;
    }

    /** Whether it changes no more than tables that only this session has, to which no code of a user's own is bound. */
    private static boolean isOfSession(AnalyzedText text, ResolutionContext context) {
        return text.statements().stream().allMatch(statement -> isOfSession(statement, context));
    }

    private static boolean isOfSession(StatementEffects statement, ResolutionContext context) {
        if (!(statement instanceof StatementEffects.Understood understood)
                || !understood.powers().isEmpty()) {
            return false;
        }
        Set<String> made = new HashSet<>();
        for (SessionChange change : understood.sessionChanges()) {
            if (change instanceof SessionChange.TemporaryTable table) {
                made.add(table.table().name());
            }
        }
        Set<String> changes = understood.effects().stream()
                .filter(effect -> SchemaConsequences.changesSchema(effect.verb()))
                .map(effect -> effect.table().name())
                .collect(Collectors.toSet());
        boolean isAny = !made.isEmpty() || !changes.isEmpty();
        changes.removeAll(made);
        changes.removeAll(context.temporary().tables());
        return isAny && changes.isEmpty();
    }
}
