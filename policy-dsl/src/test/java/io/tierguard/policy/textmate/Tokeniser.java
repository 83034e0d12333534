package io.tierguard.policy.textmate;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Cuts a text into tokens with scopes, line by line, as an editor does that reads a TextMate grammar. */
public final class Tokeniser {

    private final Grammar grammar;
    private final Map<List<Rule>, List<Rule.Sought>> expanded = new IdentityHashMap<>();

    public Tokeniser(Grammar grammar) {
        this.grammar = grammar;
    }

    /** The tokens of a text, by line; a line break is part of the last token of its line. */
    public List<List<ScopedToken>> lines(String text) {
        Frame frame = Frame.outermost(grammar.patterns(), List.of(grammar.scope()));
        List<List<ScopedToken>> lines = new ArrayList<>();
        for (String each : text.split("\n", -1)) {
            Line line = Line.of(each + "\n");
            TokenWriter writer = new TokenWriter(line);
            frame = walk(line, 0, frame, writer);
            lines.add(writer.tokens());
        }
        return lines;
    }

    /** The tokens of a text, without those of nothing but white space. */
    public List<ScopedToken> tokens(String text) {
        return lines(text).stream()
                .flatMap(List::stream)
                .map(token -> new ScopedToken(token.text().strip(), token.scopes()))
                .filter(token -> !token.text().isEmpty())
                .toList();
    }

    /** Goes through a line and says which frame is open at its end. */
    private Frame walk(Line line, int from, Frame outer, TokenWriter writer) {
        Frame frame = outer;
        int at = from;
        int idle = 0;
        for (Next next = next(line, at, frame); next.found().isSomewhere(); next = next(line, at, frame)) {
            writer.write(next.found().begin(), frame.scopes());
            idle = next.found().end() > at ? 0 : idle + 1;
            at = next.found().end();
            if (idle > Frame.DEEPEST) {
                throw new IllegalStateException("the grammar goes round in circles after " + writer.tokens());
            }
            frame = take(line, next, frame, writer);
        }
        writer.write(line.length(), frame.scopes());
        return frame;
    }

    /**
     * What is found next.
     *
     * @param rule the rule it belongs to
     * @param ends whether it is the end of that rule
     * @param found where
     */
    private record Next(Rule rule, boolean ends, Line.Found found) {}

    /** INVARIANT: of two that begin at one place the first wins, and the end of the frame is the first of all. */
    private Next next(Line line, int at, Frame frame) {
        Next best = new Next(frame.rule(), true, Line.NOWHERE);
        if (frame.rule() instanceof Rule.Pair opened) {
            best = new Next(opened, true, line.find(opened.end(), at));
        }
        for (Rule.Sought rule : expanded.computeIfAbsent(frame.patterns(), grammar::expanded)) {
            Line.Found found = line.find(rule.start(), at);
            if (found.begin() < best.found().begin()) {
                best = new Next(rule, false, found);
            }
        }
        return best;
    }

    private Frame take(Line line, Next next, Frame frame, TokenWriter writer) {
        if (next.ends()) {
            Rule.Pair ended = (Rule.Pair) next.rule();
            capture(line, next.found(), ended.endCaptures(), frame.scopes(), writer);
            writer.write(next.found().end(), frame.scopes());
            return frame.outer();
        }
        Rule.Sought rule = (Rule.Sought) next.rule();
        List<String> scopes = Frame.scopes(frame.scopes(), rule.name());
        capture(line, next.found(), rule.captures(), scopes, writer);
        writer.write(next.found().end(), scopes);
        return rule instanceof Rule.Pair begun ? frame.inner(begun) : frame;
    }

    private void capture(
            Line line, Line.Found found, Map<Integer, Rule.Bundle> captures, List<String> scopes, TokenWriter writer) {
        for (int group = 0; group < found.begins().length; group++) {
            Rule.Bundle rule = captures.get(group);
            int end = found.ends()[group];
            if (rule != null && end > found.begins()[group]) {
                writer.write(found.begins()[group], scopes);
                List<String> inner = Frame.scopes(scopes, rule.name());
                Frame alone = Frame.outermost(rule.patterns(), inner);
                walk(line.cutAt(end), found.begins()[group], alone, writer);
            }
        }
    }
}
