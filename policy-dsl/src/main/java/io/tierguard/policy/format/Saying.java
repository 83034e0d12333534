package io.tierguard.policy.format;

import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.Fact;
import io.tierguard.policy.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a file says, however it is laid out: its words and comments in their order, but for commas at the end of a list and
 * the order of verbs.
 */
final class Saying {

    /** Stands before each block and fact, and can be no piece. */
    private static final String START = "\n";

    private final List<String> words = new ArrayList<>();

    Saying(SyntaxTree tree, List<Piece> pieces) {
        Set<Integer> starts = starts(tree);
        for (int at = 0; at < pieces.size(); at++) {
            Piece piece = pieces.get(at);
            if (starts.contains(piece.start())) {
                words.add(START);
            }
            if (!(piece.is(",") && endsList(pieces, at + 1, starts))) {
                words.add(piece.text());
            }
        }
        sortVerbs();
    }

    /** Where the other says something else, in words; empty where both say the same. */
    Optional<String> difference(Saying other) {
        for (int at = 0; at < Math.max(words.size(), other.words.size()); at++) {
            String meant = at < words.size() ? words.get(at) : "";
            String said = at < other.words.size() ? other.words.get(at) : "";
            if (!meant.equals(said)) {
                return Optional.of("`" + said.strip() + "` stands where `" + meant.strip() + "` stood");
            }
        }
        return Optional.empty();
    }

    private static Set<Integer> starts(SyntaxTree tree) {
        Set<Integer> starts = new HashSet<>();
        for (Declaration declaration : tree.declarations()) {
            starts.add(declaration.span().start());
            for (Fact fact : declaration.body().facts()) {
                starts.add(fact.span().start());
            }
        }
        return starts;
    }

    private static boolean endsList(List<Piece> pieces, int from, Set<Integer> starts) {
        int at = from;
        while (at < pieces.size() && pieces.get(at).isComment()) {
            at++;
        }
        return at == pieces.size()
                || starts.contains(pieces.get(at).start())
                || pieces.get(at).is("}")
                || pieces.get(at).is(")");
    }

    /** Puts verbs between commas into their order. */
    private void sortVerbs() {
        int at = 0;
        while (at < words.size()) {
            List<List<String>> verbs = new ArrayList<>();
            int end = at;
            while (isVerb(end)) {
                int next = endOfVerb(end);
                verbs.add(List.copyOf(words.subList(end, next)));
                end = isWord(next, ",") && isVerb(next + 1) ? next + 1 : next;
            }
            verbs.sort(Comparator.comparing(verb -> VerbOrder.verb(verb.get(0))));
            for (List<String> verb : verbs) {
                at = set(at, verb, end);
            }
            at = Math.max(end, at + (verbs.isEmpty() ? 1 : 0));
        }
    }

    /** Writes a verb over the words from a place, a comma behind it if it is not the last. */
    private int set(int from, List<String> verb, int end) {
        int at = from;
        for (String word : verb) {
            words.set(at++, word);
        }
        if (at < end) {
            words.set(at++, ",");
        }
        return at;
    }

    /** Past a verb and its columns. */
    private int endOfVerb(int at) {
        if (!isWord(at + 1, "(")) {
            return at + 1;
        }
        int end = at + 2;
        while (end < words.size() && !isWord(end - 1, ")")) {
            end++;
        }
        return end;
    }

    private boolean isVerb(int at) {
        return at < words.size() && VerbOrder.isVerb(words.get(at));
    }

    private boolean isWord(int at, String word) {
        return at < words.size() && words.get(at).equals(word);
    }
}
