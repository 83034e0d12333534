package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names that are known where a query stands, and the tables that it reads: through a query that stands in the place of a
 * table those can be written. For one thread.
 */
final class DocumentedScope {
    /** Stands among the tables of a query for what nobody knows, as the rows of a function are. */
    static final TableName UNTOLD = TableName.of("?");

    /** One query: its common tables by their keys, with what they read, and all that it reads itself. */
    private record Frame(Map<String, Set<TableName>> common, Set<TableName> tables) {}

    private final Deque<Frame> frames = new ArrayDeque<>();

    /** The names of all sources of the statement so far, folded. */
    private final Set<String> sources = new HashSet<>();

    /** The common tables whose queries are being read. */
    private final Deque<String> begun = new ArrayDeque<>();

    void enter() {
        frames.push(new Frame(new HashMap<>(), new LinkedHashSet<>()));
    }

    /** Ends a query; gives the tables that it reads, which the one around it reads too. */
    Set<TableName> leave() {
        Set<TableName> tables = frames.pop().tables();
        if (!frames.isEmpty()) {
            frames.element().tables().addAll(tables);
        }
        return tables;
    }

    void read(Set<TableName> tables) {
        if (!frames.isEmpty()) {
            frames.element().tables().addAll(tables);
        }
    }

    /** The query of a common table is read, which is told from others by a key. */
    void begin(String key) {
        begun.push(key);
    }

    /** From here on a key means a common table, which reads these. */
    void end(String key, Set<TableName> tables) {
        begun.pop();
        frames.element().common().put(key, tables);
        addSource(key);
    }

    /** What the common table of a key reads; empty where there is none. */
    Optional<Set<TableName>> common(String key) {
        for (Frame frame : frames) {
            Set<TableName> tables = frame.common().get(key);
            if (tables != null) {
                return Optional.of(tables);
            }
        }
        return Optional.empty();
    }

    /** Whether a key is that of a common table whose own query is being read. */
    boolean isBegun(String key) {
        return begun.contains(key);
    }

    void addSource(String name) {
        sources.add(TableName.fold(name));
    }

    Set<String> sources() {
        return sources;
    }
}
