package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.util.TablesNamesFinder;

/** Placeholder for the allow-list walk over JSqlParser's tree. */
final class TreeWalker {

    TreeWalker(Dialect dialect) {}

    TreeReading read(Statement statement, Names names) {
        List<Effect> effects = new ArrayList<>();
        if (statement instanceof Delete delete && delete.getTable() != null) {
            add(effects, Verb.DELETE, delete.getTable(), names, delete.getWhere() != null);
        } else if (statement instanceof Update update) {
            add(effects, Verb.UPDATE, update.getTable(), names, update.getWhere() != null);
        } else if (statement instanceof Insert insert) {
            add(effects, Verb.INSERT, insert.getTable(), names, true);
        } else if (statement instanceof PlainSelect select && select.getIntoTables() != null) {
            return new TreeReading.NotUnderstood("into");
        } else if (!(statement instanceof Select)) {
            return new TreeReading.NotUnderstood(statement.getClass().getSimpleName());
        }
        for (Object name : new TablesNamesFinder<Void>().getTables(statement)) {
            String[] parts = name.toString().split("\\.");
            effects.add(Effect.of(Verb.SELECT, named(parts, names)));
        }
        String simple = statement.getClass().getSimpleName();
        String operation = statement instanceof Select ? "SELECT" : simple.toUpperCase(java.util.Locale.ROOT);
        return new TreeReading.Read(operation, effects, List.of());
    }

    private static TableName named(String[] parts, Names names) {
        String name = names.original(parts[parts.length - 1]);
        return parts.length == 1 ? TableName.of(name) : TableName.of(names.original(parts[parts.length - 2]), name);
    }

    private static void add(List<Effect> effects, Verb verb, Table table, Names names, boolean hasWhere) {
        TableName name = named(table.getFullyQualifiedName().split("\\."), names);
        effects.add(Effect.of(verb, name, List.of(), hasWhere));
    }
}
