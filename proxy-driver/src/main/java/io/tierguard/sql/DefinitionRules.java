package io.tierguard.sql;

import io.tierguard.policy.model.Verb;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.LikeClause;
import net.sf.jsqlparser.statement.ReferentialAction;
import net.sf.jsqlparser.statement.create.table.CheckConstraint;
import net.sf.jsqlparser.statement.create.table.ColumnDefinition;
import net.sf.jsqlparser.statement.create.table.ColumnOption;
import net.sf.jsqlparser.statement.create.table.CreateTable;
import net.sf.jsqlparser.statement.create.table.ForeignKeyIndex;
import net.sf.jsqlparser.statement.create.table.ForeignKeyReference;
import net.sf.jsqlparser.statement.create.table.NamedConstraint;
import net.sf.jsqlparser.statement.create.table.TableOption;
import net.sf.jsqlparser.statement.drop.Drop;
import net.sf.jsqlparser.statement.truncate.Truncate;
import org.jspecify.annotations.Nullable;

/** Rules for TRUNCATE, DROP TABLE and CREATE TABLE. */
final class DefinitionRules {

    /** The words that a column or table may carry as raw text and that neither run nor touch anything. */
    private static final Set<String> PLAIN_WORDS = Set.of(
            "primary",
            "key",
            "not",
            "null",
            "unique",
            "auto_increment",
            "identity",
            "invisible",
            "visible",
            "global",
            "local",
            "temp",
            "temporary",
            "unlogged",
            "cached",
            "memory",
            "on",
            "commit",
            "preserve",
            "delete",
            "rows",
            "drop",
            "cascade",
            "restrict");

    private DefinitionRules() {}

    static void addTo(NodeRules rules) {
        rules.on(Truncate.class, DefinitionRules::truncate);
        rules.on(Drop.class, DefinitionRules::drop);
        rules.on(CreateTable.class, DefinitionRules::create);
        rules.on(ColumnDefinition.class, (node, visit) -> {
            if (node.getColumnOptions() == null || node.getColumnOptions().isEmpty()) {
                plainWords(node.getColumnSpecs(), visit);
            }
            visit.each(node.getColumnOptions());
        });
        rules.on(ColumnOption.class, (node, visit) -> {
            visit.parts(node.getDefaultExpression(), node.getConstraint(), node.getForeignKeyReference());
            if (node.getKind() == ColumnOption.Kind.OTHER) {
                plainWords(node.getTokens(), visit);
            }
        });
        rules.on(NamedConstraint.class, (node, visit) -> {
            visit.each(node.getColumns());
            visit.absent(node.getIndexSpec(), "options of a constraint");
        });
        rules.on(CheckConstraint.class, (node, visit) -> {
            visit.required(node.getExpression(), "a condition");
            visit.absent(node.getIndexSpec(), "options of a constraint");
        });
        rules.on(ForeignKeyIndex.class, (node, visit) -> {
            visit.each(node.getColumns());
            visit.required(node.getReference(), "a referenced table");
            visit.absent(node.getIndexSpec(), "options of a constraint");
        });
        rules.on(ForeignKeyReference.class, DefinitionRules::reference);
        rules.on(LikeClause.class, (node, visit) -> visit.effect(Verb.SELECT, node.getTable()));
        rules.on(TableOption.class, (node, visit) -> {
            visit.absent(node.getKind() != TableOption.Kind.OTHER, "an option of CREATE TABLE");
            plainWords(node.getTokens(), visit);
        });
    }

    private static void truncate(Truncate node, TreeVisit visit) {
        List<Table> tables = node.getTables();
        if (tables == null || tables.isEmpty() || !tables.contains(node.getTable())) {
            visit.refuse("TRUNCATE whose tables are not told");
            return;
        }
        tables.forEach(table -> visit.effect(Verb.TRUNCATE, table));
    }

    private static void drop(Drop node, TreeVisit visit) {
        List<Table> tables = node.getNames();
        if (node.getObjectType() != Drop.ObjectType.TABLE || tables == null || tables.isEmpty()) {
            visit.refuse("DROP of anything but tables");
            return;
        }
        visit.absent(node.isMaterialized(), "DROP of anything but tables");
        plainWords(node.getParameters(), visit);
        tables.forEach(table -> visit.effect(Verb.DROP, table));
    }

    private static void create(CreateTable node, TreeVisit visit) {
        if (node.isOrReplace()) {
            visit.effect(Verb.DROP, node.getTable());
        }
        visit.effect(Verb.CREATE, node.getTable());
        if (node.getSelect() != null) {
            visit.effect(Verb.INSERT, node.getTable());
            visit.parts(node.getSelect());
        }
        visit.each(node.getTableElements());
        visit.each(node.getTableOptions());
        plainWords(node.getCreateOptionsStrings(), visit);
        if (node.getLikeTable() != null) {
            visit.effect(Verb.SELECT, node.getLikeTable());
        }
        if (node.getTrailingLikeTable() != null) {
            visit.effect(Verb.SELECT, node.getTrailingLikeTable());
        }
        visit.absent(node.getPartitioning(), "PARTITION BY");
        visit.absent(node.getPartitionOf(), "PARTITION OF");
        visit.absent(node.getPartitionBound(), "PARTITION OF");
        visit.absent(node.getRowMovement(), "ROW MOVEMENT");
        visit.absent(node.getSpannerInterleaveIn(), "INTERLEAVE IN");
        visit.absent(node.getOfType(), "CREATE TABLE OF a type");
    }

    /** A foreign key looks at the table it references, and one that acts on deletes changes what they do there. */
    private static void reference(ForeignKeyReference node, TreeVisit visit) {
        visit.effect(Verb.SELECT, node.getTable());
        if (node.getReferentialActions() != null) {
            for (ReferentialAction action : node.getReferentialActions()) {
                switch (action.getAction()) {
                    case CASCADE, SET_DEFAULT, SET_NULL -> visit.effect(Verb.ALTER, node.getTable());
                    case RESTRICT, NO_ACTION -> {}
                }
            }
        }
    }

    private static void plainWords(@Nullable List<String> words, TreeVisit visit) {
        if (words != null) {
            for (String word : words) {
                if (!PLAIN_WORDS.contains(word.toLowerCase(Locale.ROOT))) {
                    visit.refuse("the word " + word + " in a definition");
                }
            }
        }
    }
}
