package io.tierguard.cli.check;

import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds live tables whose names differ by case only, which a policy cannot tell from each other. */
final class CaseTwins {
    private CaseTwins() {}

    static List<Finding> in(Policy policy, LiveDatabase live) {
        Map<TableName, List<LiveTable>> byName = new LinkedHashMap<>();
        live.tables()
                .forEach(table -> byName.computeIfAbsent(table.name(), name -> new ArrayList<>())
                        .add(table));
        return byName.values().stream()
                .filter(twins -> twins.size() > 1)
                .map(twins -> finding(policy, twins))
                .toList();
    }

    private static Finding finding(Policy policy, List<LiveTable> twins) {
        long tiers = twins.stream().map(table -> tier(policy, table)).distinct().count();
        if (tiers > 1) {
            String each = twins.stream()
                    .map(table -> "`" + table.label() + "` into " + tier(policy, table))
                    .collect(Collectors.joining(", "));
            return Finding.error("live tables that differ by case only fall into different tiers: " + each, "");
        }
        String all = twins.stream().map(table -> "`" + table.label() + "`").collect(Collectors.joining(" and "));
        return Finding.warning(
                "the live tables " + all + " differ by case only",
                "",
                "what the policy says of one it says of the other");
    }

    private static String tier(Policy policy, LiveTable table) {
        return table.classIn(policy)
                .map(tableClass -> "tier " + tableClass.tier().name())
                .orElse("none");
    }
}
