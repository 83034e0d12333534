package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.Set;

/**
 * What a statement does to tables that it does not name. Which tables those are, only the schema and the policy can tell.
 */
public sealed interface Sweep {

    /** What is done to each of the tables. */
    Verb verb();

    /**
     * Every table whose foreign keys lead to a table at whatever distance, with their partitions, is emptied.
     *
     * @param table the table that the statement names
     * @param restarts whether their sequences begin anew
     */
    record Truncated(TableName table, boolean restarts) implements Sweep {
        @Override
        public Verb verb() {
            return Verb.TRUNCATE;
        }

        @Override
        public String toString() {
            return "truncate what refers to " + table;
        }
    }

    /**
     * A table, or an index of one, loses something; whatever rests on that goes with it.
     *
     * @param name the table or index
     * @param columns the columns of the table that are lost, folded; empty where it could be any
     */
    record Cut(TableName name, Set<String> columns) implements Sweep {
        public Cut {
            columns = Set.copyOf(columns);
        }

        @Override
        public Verb verb() {
            return Verb.ALTER;
        }

        @Override
        public String toString() {
            return "alter what refers to " + name;
        }
    }

    /**
     * Every table of a schema, those that nobody has seen yet included.
     *
     * @param schema the schema, folded
     */
    record OfSchema(Verb verb, String schema) implements Sweep {
        @Override
        public String toString() {
            return verb.word() + " all of schema " + schema;
        }
    }

    /**
     * Every table of a schema gets the name that it has in another one.
     *
     * @param schema the schema, folded
     * @param renamed its new name, folded
     */
    record Moved(String schema, String renamed) implements Sweep {
        @Override
        public Verb verb() {
            return Verb.ALTER;
        }

        @Override
        public String toString() {
            return "move all of schema " + schema + " to " + renamed;
        }
    }

    /**
     * Every table that uses an object which is not a table, such as a type or a routine, and loses what it uses it for.
     *
     * @param kind which kind of object is dropped
     * @param name its name
     */
    record Using(Kind kind, TableName name) implements Sweep {

        /** Kinds of objects that tables use. */
        public enum Kind {
            TYPE,
            ROUTINE,
            EXTENSION
        }

        @Override
        public Verb verb() {
            return Verb.ALTER;
        }

        @Override
        public String toString() {
            return "alter what uses " + TableName.fold(kind.name()) + " " + name;
        }
    }

    /** Every table there is. */
    record Everywhere(Verb verb) implements Sweep {
        @Override
        public String toString() {
            return verb.word() + " everything";
        }
    }
}
