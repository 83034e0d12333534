package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tables that a new table becomes a part of.
 *
 * <p>A new partition is empty and changes no row of its parent, so it extends it. A table that inherits alters its parents,
 * as INHERIT does later.
 *
 * @param effects what is done to the parents
 * @param places where the words stand that say so
 */
record Parents(List<Effect> effects, Set<Integer> places) {

    Parents {
        effects = List.copyOf(effects);
        places = Set.copyOf(places);
    }

    /** The parents in a definition. */
    static Parents in(List<Token> columns) {
        List<Effect> effects = new ArrayList<>();
        Set<Integer> places = new HashSet<>();
        boolean isPartition = columns.size() > 2
                && columns.get(0).is("partition")
                && columns.get(1).is("of")
                && columns.get(2).isIdentifier();
        if (isPartition) {
            places.add(0);
            places.add(1);
            effects.add(Effect.of(Verb.EXTEND, DottedName.at(columns, 2).table()));
        }
        if (columns.size() > 1 && columns.get(0).is("of") && columns.get(1).isIdentifier()) {
            places.add(0); // a type gives the table its columns, and has no rows
        }
        int depth = 0;
        for (int i = 0; i + 2 < columns.size(); i++) {
            depth += columns.get(i).isSymbol("(") ? 1 : columns.get(i).isSymbol(")") ? -1 : 0;
            if (depth == 0
                    && columns.get(i).is("inherits")
                    && columns.get(i + 1).isSymbol("(")) {
                if (addInherited(effects, columns, i + 2)) {
                    places.add(i);
                }
            }
        }
        return new Parents(effects, places);
    }

    /** Whether the word at a place only says what the effects say. */
    boolean explains(int place) {
        return places.contains(place);
    }

    /** Adds the parents of a list; whether it is one. */
    private static boolean addInherited(List<Effect> effects, List<Token> columns, int start) {
        int at = start;
        while (at < columns.size() && columns.get(at).isIdentifier()) {
            DottedName name = DottedName.at(columns, at);
            effects.add(Effect.of(Verb.ALTER, name.table()));
            at = name.end();
            if (at < columns.size() && columns.get(at).isSymbol(")")) {
                return true;
            }
            boolean goesOn = at < columns.size() && columns.get(at).isSymbol(",");
            at = goesOn ? at + 1 : columns.size();
        }
        return false;
    }
}
