package io.tierguard.policy.model;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One thing that a statement could do to one table.
 *
 * @param verb what it does
 * @param table the table it does it to
 * @param columns for INSERT and UPDATE the columns it sets, folded; empty when they are not known, which means every
 *     column; where it reaches a key, the columns of that
 * @param hasWhere for UPDATE and DELETE whether the statement narrows its rows; nothing depends on it for other verbs
 * @param via how the database adds this effect to the statement, as one phrase; empty when the statement itself does it
 * @param isCounted whether its rows are among those that the statement tells to have changed
 * @param reach how far it goes
 */
public record Effect(
        Verb verb,
        TableName table,
        SortedSet<String> columns,
        boolean hasWhere,
        String via,
        boolean isCounted,
        Reach reach) {

    public Effect {
        TreeSet<String> folded = new TreeSet<>();
        for (String column : columns) {
            folded.add(TableName.fold(column));
        }
        columns = Collections.unmodifiableSortedSet(folded);
    }

    /** An effect on a table that is named. */
    public Effect(
            Verb verb, TableName table, SortedSet<String> columns, boolean hasWhere, String via, boolean isCounted) {
        this(verb, table, columns, hasWhere, via, isCounted, Reach.TABLE);
    }

    /** An effect whose rows are counted if the statement itself has it, and not if the database adds it. */
    public Effect(Verb verb, TableName table, SortedSet<String> columns, boolean hasWhere, String via) {
        this(verb, table, columns, hasWhere, via, via.isEmpty());
    }

    /** An effect on whole rows of a table, of a statement that narrows its rows where it can. */
    public static Effect of(Verb verb, TableName table) {
        return new Effect(verb, table, Collections.emptySortedSet(), true, "", true);
    }

    /** An effect on some columns of a table. */
    public static Effect of(Verb verb, TableName table, Collection<String> columns, boolean hasWhere) {
        return new Effect(verb, table, new TreeSet<>(columns), hasWhere, "", true);
    }

    /** The same effect on the table under another name. */
    public Effect on(TableName other) {
        return new Effect(verb, other, columns, hasWhere, via, isCounted, reach);
    }

    /** The same effect on these columns; none means every column. */
    public Effect setting(Collection<String> others) {
        return new Effect(verb, table, new TreeSet<>(others), hasWhere, via, isCounted, reach);
    }

    /** The same effect, come about in another way. */
    public Effect because(String other) {
        return new Effect(verb, table, columns, hasWhere, other, isCounted, reach);
    }

    /** The same effect where the statement makes it go so far. */
    public Effect reaching(Reach other) {
        return new Effect(verb, table, columns, hasWhere, via, isCounted, other);
    }
}
