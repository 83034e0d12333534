package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what tables lose when an object is dropped that is none of them, such as a type or a routine. */
final class DroppedObjects {
    private static final Map<String, Sweep.Using.Kind> KINDS = Map.of(
            "type", Sweep.Using.Kind.TYPE,
            "domain", Sweep.Using.Kind.TYPE,
            "function", Sweep.Using.Kind.ROUTINE,
            "procedure", Sweep.Using.Kind.ROUTINE,
            "routine", Sweep.Using.Kind.ROUTINE,
            "aggregate", Sweep.Using.Kind.ROUTINE,
            "extension", Sweep.Using.Kind.EXTENSION);

    /** Belong to one table, which the statement names. */
    private static final Set<String> OF_TABLE = Set.of("trigger", "rule", "policy");

    private static final Set<String> CASCADE = Set.of("cascade");

    private DroppedObjects() {}

    /** What is lost besides the objects that are dropped; the cursor stays before their kind. */
    static List<Sweep> losses(StatementTokens statement) {
        boolean isExtension = statement.is("extension");
        boolean reachesTables = isExtension || statement.holds(CASCADE);
        if (!reachesTables || statement.isAny(OF_TABLE)) {
            return List.of();
        }
        Sweep.Using.@Nullable Kind kind = KINDS.get(statement.peek().text());
        Optional<List<TableName>> names = kind == null ? Optional.empty() : names(statement);
        if (kind == null || names.isEmpty()) {
            return List.of(new Sweep.Everywhere(Verb.ALTER));
        }
        return names.get().stream()
                .<Sweep>map(name -> new Sweep.Using(kind, name))
                .toList();
    }

    private static Optional<List<TableName>> names(StatementTokens statement) {
        StatementTokens rest = new StatementTokens(statement.sql(), statement.rest());
        rest.next();
        rest.acceptIfExists();
        List<TableName> names = new ArrayList<>();
        do {
            Optional<TableName> name = rest.acceptTable();
            if (name.isEmpty()) {
                return Optional.empty();
            }
            names.add(name.get());
            rest.acceptGroup();
        } while (rest.acceptSymbol(","));
        boolean ends = rest.accept("cascade") || rest.accept("restrict") || rest.atEnd();
        return ends && rest.atEnd() ? Optional.of(names) : Optional.empty();
    }
}
