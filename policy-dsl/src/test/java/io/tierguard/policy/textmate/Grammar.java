package io.tierguard.policy.textmate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A grammar, and those that it may include.
 *
 * @param scope the scope of a whole text
 * @param patterns what may stand at the top of a text
 * @param repository rules by name
 * @param others grammars by scope; one that is included and not here is passed over, as editors do
 */
public record Grammar(String scope, List<Rule> patterns, Map<String, Rule> repository, Map<String, Grammar> others) {

    private static final Path FILE = Path.of("../editors/textmate/tierguard.tmLanguage.json");

    public Grammar {
        patterns = List.copyOf(patterns);
        repository = Map.copyOf(repository);
        others = Map.copyOf(others);
    }

    /** The grammar for policy files, and those that it may include. */
    public static Grammar ofPolicies(Grammar... others) throws IOException {
        return of(Files.readString(FILE), others);
    }

    /** Reads a grammar. */
    public static Grammar of(String json, Grammar... others) throws IOException {
        Map<String, Object> members = JsonTree.object(json);
        Map<String, Rule> repository = new LinkedHashMap<>();
        JsonTree.members(members.getOrDefault("repository", Map.of()))
                .forEach((name, rule) -> repository.put(name, RuleReader.rule(rule)));
        Map<String, Grammar> known = new LinkedHashMap<>();
        List.of(others).forEach(other -> known.put(other.scope(), other));
        return new Grammar(
                (String) members.getOrDefault("scopeName", ""),
                RuleReader.rules(members.getOrDefault("patterns", List.of())),
                repository,
                known);
    }

    /** Some rules with every inclusion and every bundle replaced by what it stands for. */
    List<Rule.Sought> expanded(List<Rule> rules) {
        List<Rule.Sought> expanded = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule instanceof Rule.Sought sought) {
                expanded.add(sought);
            } else if (rule instanceof Rule.Bundle bundle) {
                expanded.addAll(expanded(bundle.patterns()));
            } else if (rule instanceof Rule.Inclusion inclusion) {
                expanded.addAll(included(inclusion.of()));
            }
        }
        return expanded;
    }

    private List<Rule.Sought> included(String name) {
        if (!name.startsWith("#")) {
            Grammar other = others.get(name);
            return other == null ? List.of() : other.expanded(other.patterns());
        }
        Rule rule = repository.get(name.substring(1));
        if (rule == null) {
            throw new IllegalArgumentException("nothing is called " + name);
        }
        return expanded(List.of(rule));
    }
}
