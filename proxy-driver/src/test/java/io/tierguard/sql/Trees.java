package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.ParseException;

/** Reads SQL texts with plain names by their tree, and says what was found in a line. */
final class Trees {

    private Trees() {}

    static TreeReading read(Dialect dialect, String sql) {
        return read(dialect, sql, TableName::fold);
    }

    static TreeReading read(Dialect dialect, String sql, Names names) {
        try {
            CCJSqlParser parser = new CCJSqlParser(sql).withAllowComplexParsing(true);
            return new TreeWalker(dialect).read(parser.Statement(), names);
        } catch (ParseException e) {
            throw new AssertionError("does not parse: " + sql, e);
        }
    }

    /**
     * The effects in the order of their text, for example {@code delete ledger!, select orders, update ledger(note)};
     * the mark says that there is no WHERE.
     */
    static String effects(Dialect dialect, String sql) {
        return describe(read(dialect, sql));
    }

    static String effects(String sql) {
        return effects(Dialect.POSTGRESQL, sql);
    }

    static String describe(TreeReading reading) {
        if (reading instanceof TreeReading.Read read) {
            List<String> lines = new ArrayList<>();
            for (Effect effect : read.effects()) {
                String columns = effect.columns().isEmpty() ? "" : "(" + String.join(" ", effect.columns()) + ")";
                lines.add(effect.verb().word().toLowerCase(Locale.ROOT) + " " + effect.table() + columns
                        + (effect.hasWhere() ? "" : "!")
                        + (effect.via().isEmpty() ? "" : " via"));
            }
            for (RoutineCall call : read.unknownRoutines()) {
                lines.add("call " + call);
            }
            lines.sort(null);
            return String.join(", ", lines);
        }
        return "not understood: " + ((TreeReading.NotUnderstood) reading).what();
    }
}
