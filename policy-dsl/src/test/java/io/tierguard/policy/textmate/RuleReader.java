package io.tierguard.policy.textmate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads rules out of a grammar's file; what it does not know is an error. */
final class RuleReader {

    private RuleReader() {}

    /** A list of rules. */
    static List<Rule> rules(Object json) {
        return ((List<?>) json).stream().map(RuleReader::rule).toList();
    }

    /** One rule. */
    static Rule rule(Object json) {
        Map<String, Object> members = JsonTree.members(json);
        members.remove("comment");
        if (members.containsKey("include")) {
            allow(members, "include");
            return new Rule.Inclusion(text(members, "include"));
        }
        if (members.containsKey("match")) {
            allow(members, "name", "match", "captures");
            return new Rule.Match(text(members, "name"), expression(members, "match"), captures(members, "captures"));
        }
        if (!members.containsKey("begin")) {
            return bundle(members);
        }
        allow(members, "name", "begin", "beginCaptures", "end", "endCaptures", "patterns");
        return new Rule.Pair(
                text(members, "name"),
                expression(members, "begin"),
                captures(members, "beginCaptures"),
                expression(members, "end"),
                captures(members, "endCaptures"),
                patterns(members));
    }

    private static Rule.Bundle bundle(Map<String, Object> members) {
        allow(members, "name", "patterns");
        return new Rule.Bundle(text(members, "name"), patterns(members));
    }

    private static Map<Integer, Rule.Bundle> captures(Map<String, Object> members, String member) {
        Map<Integer, Rule.Bundle> captures = new TreeMap<>();
        JsonTree.members(members.getOrDefault(member, Map.of()))
                .forEach((group, json) -> captures.put(Integer.valueOf(group), bundle(JsonTree.members(json))));
        return captures;
    }

    private static List<Rule> patterns(Map<String, Object> members) {
        return rules(members.getOrDefault("patterns", List.of()));
    }

    private static Expression expression(Map<String, Object> members, String member) {
        String source = text(members, member);
        if (source.isEmpty()) {
            throw new IllegalArgumentException("no " + member + " in " + members);
        }
        return Expression.of(source);
    }

    private static String text(Map<String, Object> members, String member) {
        return (String) members.getOrDefault(member, "");
    }

    private static void allow(Map<String, Object> members, String... known) {
        if (!Set.of(known).containsAll(members.keySet())) {
            throw new IllegalArgumentException("not understood: " + members.keySet());
        }
    }
}
