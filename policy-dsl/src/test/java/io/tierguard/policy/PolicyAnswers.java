package io.tierguard.policy;

import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Decision;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Limit;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a policy answers to a fixed set of questions about the tables of the shop, whatever lines it stands in. */
final class PolicyAnswers {

    private static final List<Instant> MOMENTS = List.of(Instant.EPOCH, Instant.parse("2026-11-24T00:00:00Z"));
    private static final List<TableName> TABLES = Stream.of("payment", "orders", "session", "page_cache", "other")
            .map(name -> TableName.of("public", name))
            .toList();

    private PolicyAnswers() {}

    /** The answers by question. */
    static TreeMap<String, String> of(Policy policy) {
        TreeMap<String, String> answers = new TreeMap<>();
        for (Component component : policy.components()) {
            for (TableName table : TABLES) {
                for (Verb verb : Verb.values()) {
                    for (Instant moment : MOMENTS) {
                        Decision decision = policy.decide(component, Effect.of(verb, table), moment);
                        answers.put(component.name() + " " + verb + " " + table + " " + moment, said(decision));
                    }
                }
            }
        }
        return answers;
    }

    private static String said(Decision decision) {
        if (decision instanceof Decision.Allow allow) {
            return allow.limits().stream().map(Limit::clause).sorted().toList() + " " + allow.window();
        }
        Decision.Deny deny = (Decision.Deny) decision;
        return deny.denials().stream().map(Denial::sentence).toList() + " " + deny.window();
    }
}
