package io.tierguard.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows what variables hold through the branches of {@code IF} in code of MySQL or MariaDB: behind it each holds what it does
 * behind one of them.
 *
 * <p>INVARIANT: whatever else branches, or runs again, leaves nothing known. For one thread.
 */
final class MySqlBranches {
    private final MySqlHeldTexts texts;
    private final Deque<Branches> open = new ArrayDeque<>();

    MySqlBranches(MySqlHeldTexts texts) {
        this.texts = texts;
    }

    /**
     * Something has run, or stands here, that is no statement behind which the next one runs.
     *
     * @param isQuiet whether no code that it runs could have set a variable that it does not name
     */
    void follow(List<Token> step, boolean isQuiet) {
        Token first = step.get(0);
        boolean ends = first.is("end") && step.size() == 2;
        if (first.is("if")) {
            texts.compute(step, isQuiet);
            open.push(new Branches(true, texts.all()));
        } else if (first.is("case")) {
            texts.forget();
            open.push(new Branches(false, Map.of()));
        } else if (first.is("elseif")) {
            begin(false);
            texts.compute(step, isQuiet);
            if (!open.isEmpty()) {
                open.peek().before = texts.all();
            }
        } else if (first.is("else")) {
            begin(true);
        } else if (ends && step.get(1).is("if")) {
            end();
        } else {
            texts.forget();
            if (ends && step.get(1).is("case")) {
                open.poll();
            }
        }
    }

    /** Another branch, before which nothing of the one in front has run. */
    private void begin(boolean isLast) {
        if (open.isEmpty() || !open.peek().isFollowed) {
            texts.forget();
            return;
        }
        Branches branches = open.peek();
        branches.join(texts.all());
        branches.isWhole |= isLast;
        texts.hold(branches.before);
    }

    private void end() {
        if (open.isEmpty() || !open.peek().isFollowed) {
            texts.forget();
            open.poll();
            return;
        }
        Branches branches = open.pop();
        branches.join(texts.all());
        if (!branches.isWhole) {
            branches.join(branches.before);
        }
        texts.hold(branches.behind.orElseGet(Map::of));
    }

    /** Those of one statement. */
    private static final class Branches {
        private final boolean isFollowed;
        private Map<String, Set<String>> before;
        private Optional<Map<String, Set<String>>> behind = Optional.empty();

        /** Whether one of them runs for certain. */
        private boolean isWhole;

        private Branches(boolean isFollowed, Map<String, Set<String>> before) {
            this.isFollowed = isFollowed;
            this.before = before;
        }

        private void join(Map<String, Set<String>> one) {
            Map<String, Set<String>> both = new HashMap<>(one);
            behind.ifPresent(others -> {
                both.keySet().retainAll(others.keySet());
                both.replaceAll(
                        (variable, held) -> MySqlHeldTexts.union(held, others.getOrDefault(variable, Set.of())));
            });
            behind = Optional.of(both);
        }
    }
}
