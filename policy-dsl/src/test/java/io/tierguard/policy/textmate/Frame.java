package io.tierguard.policy.textmate;

import java.util.ArrayList;
import java.util.List;

/** A rule that has begun and not ended; the frames of a text form a stack. */
final class Frame {

    /** More than a grammar for one level of nesting can need. */
    static final int DEEPEST = 10;

    private final List<Frame> outer;
    private final Rule rule;
    private final List<Rule> patterns;
    private final List<String> scopes;

    private Frame(List<Frame> outer, Rule rule, List<Rule> patterns, List<String> scopes) {
        if (outer.size() > DEEPEST) {
            throw new IllegalStateException("nested too deep in " + scopes);
        }
        this.outer = outer;
        this.rule = rule;
        this.patterns = patterns;
        this.scopes = scopes;
    }

    /** The frame that never ends. */
    static Frame outermost(List<Rule> patterns, List<String> scopes) {
        return new Frame(List.of(), new Rule.Bundle("", patterns), patterns, scopes);
    }

    /** The frame of a rule that begins in this one. */
    Frame inner(Rule.Pair begun) {
        List<Frame> around = new ArrayList<>(outer);
        around.add(this);
        return new Frame(around, begun, begun.patterns(), scopes(scopes, begun.name()));
    }

    /** The frame in which the rule of this one began. */
    Frame outer() {
        return outer.get(outer.size() - 1);
    }

    Rule rule() {
        return rule;
    }

    /** What may stand here, always the same list for the same rule. */
    List<Rule> patterns() {
        return patterns;
    }

    /** The scopes of what stands here, the widest first. */
    List<String> scopes() {
        return scopes;
    }

    /** Some scopes and one within them, if there is one. */
    static List<String> scopes(List<String> wider, String narrower) {
        if (narrower.isEmpty()) {
            return wider;
        }
        List<String> scopes = new ArrayList<>(wider);
        scopes.add(narrower);
        return scopes;
    }
}
