package io.tierguard.policy.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Words what a component may not do and why as one complete sentence. */
final class Sentence {

    private static final int MOST_COLUMNS = 3;

    private final Component component;
    private final Effect effect;
    private final String table;

    Sentence(Component component, Effect effect, PolicySource source) {
        this.component = component;
        this.effect = effect;
        this.table = source.shownName(effect.table());
    }

    /** The sentence about the table as a whole. */
    String of(String because) {
        return start(table) + ": " + chain() + because;
    }

    /** The sentence about a waiver, for which it does not matter how the database comes to it. */
    String ofWaiver(String because) {
        return start(table) + ": " + because;
    }

    /** The sentence about the columns that are the reason, or about every column if none is known. */
    String of(Collection<String> columns, String because) {
        return start(object(columns)) + ": " + chain() + because;
    }

    /** The sentence about a statement whose columns are not known, which means all of them. */
    String ofEveryColumn(String because) {
        return start("every column of " + table) + ": " + chain() + because;
    }

    /** The sentence about a statement that does not narrow its rows. */
    String ofMissingWhere(String because) {
        return start(table) + " without a where clause: " + because;
    }

    /** What is added where the name leaves open which class the table is in, and another class would say otherwise. */
    String doubt(TableClass tableClass) {
        return ", and " + table + " without its schema may be a table of " + tableClass.pattern();
    }

    /** The sentence about a table that no pattern covers. */
    String ofUnclassified() {
        return of(unclassified());
    }

    /** Why a table is in no class. */
    String unclassified() {
        return SystemCatalogs.holds(effect.table())
                ? "no pattern ever covers a system catalog"
                : "no pattern of the policy covers " + table;
    }

    /** What may or may not be done, without who it is and why. */
    String deed() {
        String chain = effect.via().isEmpty() ? "" : ", by " + effect.via();
        return verb() + object(effect.columns()) + how() + chain;
    }

    private String start(String object) {
        return component.name() + " may not " + verb() + object + how();
    }

    private String verb() {
        String word = effect.verb().name().toUpperCase(Locale.ROOT);
        return switch (effect.verb()) {
            case SELECT, DELETE -> word + " from ";
            case INSERT -> word + " into ";
            case UPDATE, TRUNCATE, CREATE, EXTEND, ALTER, DROP -> word + " ";
        };
    }

    private String object(Collection<String> columns) {
        return switch (effect.verb()) {
            case UPDATE -> columns.isEmpty() ? table : listed(columns, table + ".");
            case INSERT -> columns.isEmpty() ? table : table + " (" + listed(columns, "") + ")";
            case SELECT, DELETE, TRUNCATE, CREATE, EXTEND, ALTER, DROP -> table;
        };
    }

    private static String listed(Collection<String> columns, String prefix) {
        List<String> shown = columns.stream()
                .limit(MOST_COLUMNS)
                .map(column -> prefix + column)
                .collect(Collectors.toList());
        int more = columns.size() - shown.size();
        if (more > 0) {
            shown = new ArrayList<>(shown);
            shown.add(more + (more == 1 ? " more column" : " more columns"));
        }
        String last = shown.get(shown.size() - 1);
        return shown.size() == 1 ? last : String.join(", ", shown.subList(0, shown.size() - 1)) + " and " + last;
    }

    /** By what a table is changed that the statement only refers to. */
    private String how() {
        return effect.reach() == Reach.REFERRING_ROWS ? " by a foreign key that acts when its rows change" : "";
    }

    private String chain() {
        return effect.via().isEmpty() ? "" : "by " + effect.via() + ", and ";
    }
}
