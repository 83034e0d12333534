package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.Mentions;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.RoutineCall;
import io.tierguard.sql.SqlAnalyzer;
import io.tierguard.sql.StatementEffects;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the tables and domains of H2 compute, as far as it does something: calls what is not known to be harmless, or asks a query,
 * which may change rows there, or read a view that does.
 */
final class H2ComputedCode {
    private static final Set<Verb> ANY = EnumSet.allOf(Verb.class);

    /** Words one of which stands in every query. */
    private static final Set<String> OF_QUERIES = Set.of("select", "table", "values", "from", "with");

    private final SqlAnalyzer analyzer;
    private final List<Routine> routines;
    private final Set<String> own = new HashSet<>();

    /** What one expression does. */
    private record Does(Set<RoutineCall> calls, Set<Effect> effects) {
        Does() {
            this(new HashSet<>(), new HashSet<>());
        }

        boolean addAll(Does other) {
            boolean isMore = calls.addAll(other.calls);
            return effects.addAll(other.effects) || isMore;
        }

        boolean isNothing() {
            return calls.isEmpty() && effects.isEmpty();
        }
    }

    /**
     * Reads by an analyzer of H2.
     *
     * @param routines those of the database, none of which is taken for a built-in of its name
     */
    H2ComputedCode(SqlAnalyzer analyzer, List<Routine> routines) {
        this.analyzer = analyzer;
        this.routines = routines;
        routines.forEach(routine -> own.add(routine.name().name()));
    }

    UserCode read(List<H2Expressions.Computed> all) {
        Map<H2Expressions.Computed, Does> done = new LinkedHashMap<>();
        Map<H2Expressions.Computed, Set<String>> words = new HashMap<>();
        for (H2Expressions.Computed computed : all) {
            Optional<Mentions> mentions = analyzer.mentionsIn(computed.text());
            done.computeIfAbsent(computed, first -> new Does()).addAll(does(computed, mentions));
            words.put(computed, mentions.map(Mentions::words).orElse(Set.of()));
        }
        addWhatDomainsDo(done, words);
        Map<TableName, List<ImplicitCode>> tables = new HashMap<>();
        Map<String, List<ImplicitCode>> types = new HashMap<>();
        done.forEach((computed, does) -> {
            if (does.isNothing()) {
                return;
            }
            ImplicitCode code =
                    new ImplicitCode(computed.label(), ANY, Set.of(), does.calls(), List.copyOf(does.effects()));
            if (computed.table().isEmpty()) {
                add(types, computed.domain(), code);
            } else {
                add(tables, TableName.of(computed.schema(), computed.table()), code);
            }
        });
        return UserCode.of(routines, tables, types);
    }

    private Does does(H2Expressions.Computed computed, Optional<Mentions> mentions) {
        Does does = new Does();
        for (RoutineCall call : mentions.map(Mentions::calls).orElse(Set.of())) {
            if (own.contains(call.name()) || !isKnown(call)) {
                does.calls().add(call);
            }
        }
        boolean asks = mentions.isPresent() && mentions.get().words().stream().anyMatch(OF_QUERIES::contains);
        boolean isRead = mentions.isPresent() && (!asks || readQueries(computed.text(), does));
        if (!isRead) {
            does.calls().add(new RoutineCall("", computed.label()));
        }
        return does;
    }

    /** Notes what the queries in an expression do; whether all of it could be told. */
    private boolean readQueries(String text, Does does) {
        List<StatementEffects> statements =
                analyzer.analyze("SELECT " + text, Placeholders.NONE).statements();
        if (statements.size() != 1 || !(statements.get(0) instanceof StatementEffects.Understood understood)) {
            return false;
        }
        does.effects().addAll(understood.effects());
        return understood.sessionChanges().isEmpty()
                && understood.powers().isEmpty()
                && understood.sweeps().isEmpty();
    }

    /** Whoever converts to a domain runs what that computes, as it does if it is made of another. */
    private static void addWhatDomainsDo(
            Map<H2Expressions.Computed, Does> done, Map<H2Expressions.Computed, Set<String>> words) {
        boolean isMore = true;
        while (isMore) {
            isMore = false;
            Map<String, Does> ofDomains = new HashMap<>();
            done.forEach((computed, does) -> {
                if (computed.table().isEmpty()) {
                    ofDomains
                            .computeIfAbsent(computed.domain(), first -> new Does())
                            .addAll(does);
                }
            });
            for (Map.Entry<H2Expressions.Computed, Does> entry : done.entrySet()) {
                for (String word : words.getOrDefault(entry.getKey(), Set.of())) {
                    isMore |= entry.getValue().addAll(ofDomains.getOrDefault(word, new Does()));
                }
            }
        }
    }

    /** A name without a schema that is no routine of a user's is a built-in, an operator's word or a type. */
    private boolean isKnown(RoutineCall call) {
        return analyzer.isHarmless(call) || analyzer.isWordOrType(call);
    }

    private static <K, V> void add(Map<K, List<V>> lists, K key, V value) {
        lists.computeIfAbsent(key, first -> new ArrayList<>(1)).add(value);
    }
}
