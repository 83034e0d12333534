package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.List;
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

/** Rules for TRUNCATE, DROP TABLE and CREATE TABLE. */
final class DefinitionRules {

    private DefinitionRules() {}

    static void addTo(NodeRules rules) {
        rules.on(Truncate.class, DefinitionRules::truncate);
        rules.on(Drop.class, DefinitionRules::drop);
        rules.on(CreateTable.class, DefinitionRules::create);
        rules.on(ColumnDefinition.class, DefinitionRules::column);
        rules.on(
                ColumnOption.class,
                (node, visit) ->
                        visit.parts(node.getDefaultExpression(), node.getConstraint(), node.getForeignKeyReference()));
        rules.on(NamedConstraint.class, (node, visit) -> {
            visit.each(node.getColumns());
            visit.absent(node.getIndexSpec(), "options of a constraint");
        });
        rules.on(CheckConstraint.class, (node, visit) -> {
            visit.required(node.getExpression(), "a condition");
            visit.each(node.getColumns());
            visit.absent(node.getIndexSpec(), "options of a constraint");
        });
        rules.on(ForeignKeyIndex.class, (node, visit) -> {
            visit.each(node.getColumns());
            visit.required(node.getReference(), "a referenced table");
            visit.absent(node.getIndexSpec(), "options of a constraint");
        });
        rules.on(ForeignKeyReference.class, DefinitionRules::reference);
        rules.on(LikeClause.class, (node, visit) -> copied(node.getTable(), visit));
    }

    private static void column(ColumnDefinition node, TreeVisit visit) {
        if (node.getColumnOptions() == null || node.getColumnOptions().isEmpty()) {
            DefinitionWords.read(node.getColumnSpecs(), visit);
            return;
        }
        List<String> words = new ArrayList<>();
        for (ColumnOption option : node.getColumnOptions()) {
            visit.parts(option);
            if (option.getKind() == ColumnOption.Kind.OTHER) {
                words.addAll(option.getTokens());
            }
        }
        DefinitionWords.read(words, visit);
    }

    private static void truncate(Truncate node, TreeVisit visit) {
        List<Table> tables = node.getTables();
        Table last = node.getTable();
        if (tables == null || tables.isEmpty() || !tables.contains(last)) {
            visit.refuse("TRUNCATE whose tables are not told");
            return;
        }
        tables.forEach(table -> visit.effect(Verb.TRUNCATE, table));
    }

    private static void drop(Drop node, TreeVisit visit) {
        DefinitionWords.read(node.getParameters(), visit);
        List<Table> tables = node.getNames();
        if (node.getObjectType() != Drop.ObjectType.TABLE || tables == null || tables.isEmpty()) {
            visit.refuse("DROP of anything but tables");
            return;
        }
        visit.absent(node.isMaterialized(), "DROP of anything but tables");
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
        List<String> options = new ArrayList<>();
        if (node.getTableOptions() != null) {
            for (TableOption option : node.getTableOptions()) {
                visit.absent(option.getKind() != TableOption.Kind.OTHER, "an option of CREATE TABLE");
                options.addAll(option.getTokens());
            }
        }
        DefinitionWords.read(options, visit);
        DefinitionWords.read(node.getCreateOptionsStrings(), visit);
        if (node.getLikeTable() != null) {
            copied(node.getLikeTable(), visit);
        }
        if (node.getTrailingLikeTable() != null) {
            copied(node.getTrailingLikeTable(), visit);
        }
        visit.absent(node.getPartitioning(), "PARTITION BY");
        visit.absent(node.getPartitionOf(), "PARTITION OF");
        visit.absent(node.getPartitionBound(), "PARTITION OF");
        visit.absent(node.getRowMovement(), "ROW MOVEMENT");
        visit.absent(node.getSpannerInterleaveIn(), "INTERLEAVE IN");
        visit.absent(node.getOfType(), "CREATE TABLE OF a type");
    }

    /** What is made LIKE a table takes over its columns, and the defaults that these may have. */
    private static void copied(Table table, TreeVisit visit) {
        TableName name = TableNames.of(table, visit);
        if (name != null) {
            visit.effect(Effect.of(Verb.SELECT, name).reaching(Reach.SHAPE));
        }
    }

    /** A foreign key looks at the table it references, and one that acts on deletes changes what they do there. */
    private static void reference(ForeignKeyReference node, TreeVisit visit) {
        visit.effect(Verb.SELECT, node.getTable());
        TableName parent = TableNames.of(node.getTable(), visit);
        if (node.getReferentialActions() != null && parent != null) {
            for (ReferentialAction action : node.getReferentialActions()) {
                switch (action.getAction()) {
                    case CASCADE, SET_DEFAULT, SET_NULL -> visit.effect(ForeignKeys.acting(parent));
                    case RESTRICT, NO_ACTION -> {}
                }
            }
        }
    }
}
