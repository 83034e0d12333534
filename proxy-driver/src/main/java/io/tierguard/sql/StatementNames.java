package io.tierguard.sql;

import java.util.Locale;
import java.util.Map;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.create.table.CreateTable;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.drop.Drop;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.TableStatement;
import net.sf.jsqlparser.statement.select.Values;
import net.sf.jsqlparser.statement.truncate.Truncate;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.upsert.Upsert;

/** The words for statements and nodes. */
final class StatementNames {

    private static final Map<Class<?>, String> OPERATIONS = Map.ofEntries(
            Map.entry(PlainSelect.class, "SELECT"),
            Map.entry(ParenthesedSelect.class, "SELECT"),
            Map.entry(SetOperationList.class, "SELECT"),
            Map.entry(Values.class, "VALUES"),
            Map.entry(TableStatement.class, "TABLE"),
            Map.entry(Insert.class, "INSERT"),
            Map.entry(Update.class, "UPDATE"),
            Map.entry(Delete.class, "DELETE"),
            Map.entry(Merge.class, "MERGE"),
            Map.entry(Truncate.class, "TRUNCATE"),
            Map.entry(CreateTable.class, "CREATE TABLE"),
            Map.entry(Drop.class, "DROP TABLE"));

    private StatementNames() {}

    /** The leading words of a statement that may stand alone; empty for any other. */
    static String operationOf(Statement statement) {
        if (statement instanceof Upsert upsert) {
            return upsert.getUpsertType() == null
                    ? ""
                    : upsert.getUpsertType().name().replace('_', ' ');
        }
        return OPERATIONS.getOrDefault(statement.getClass(), "");
    }

    /** A node's class as words: {@code LateralView} is "a lateral view". */
    static String inWords(Object node) {
        String name = node.getClass().getSimpleName();
        StringBuilder words = new StringBuilder("a node of kind");
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            boolean startsWord = Character.isUpperCase(letter)
                    && (i == 0
                            || Character.isLowerCase(name.charAt(i - 1))
                            || (i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1))));
            if (startsWord) {
                words.append(' ');
            }
            words.append(letter);
        }
        return words.toString().toLowerCase(Locale.ROOT);
    }
}
