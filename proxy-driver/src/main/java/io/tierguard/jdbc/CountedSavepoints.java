package io.tierguard.jdbc;

import io.tierguard.policy.model.Limit;
import io.tierguard.sql.Dialect;
import java.sql.Savepoint;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the open transaction has changed for each limit that sums over it, and how much of that is undone with a return to a savepoint.
 *
 * <p>INVARIANT: no sum is less than what a commit would keep. For each name the sum of when it was set last is kept, and no older
 * savepoint of that name that is still there has a greater one; whatever may set one that nobody tells of makes all be forgotten, and then
 * a return takes nothing off. Used under the lock of {@link CountedRuns}.
 */
final class CountedSavepoints {
    /** More than any transaction needs; past it those set so far are forgotten. */
    private static final int MOST = 10_000;

    private final Dialect dialect;
    private final BooleanSupplier runsCode;
    private final Map<Limit, Long> sums = new HashMap<>();
    private final Map<String, Map<Limit, Long>> atSavepoints = new HashMap<>();
    private final Map<Savepoint, String> names = new IdentityHashMap<>();

    /** To which the text that runs now returns; null where it does not. */
    private @Nullable String returning;

    /**
     * Those of a connection.
     *
     * @param runsCode whether the database holds code of a user's own
     */
    CountedSavepoints(Dialect dialect, BooleanSupplier runsCode) {
        this.dialect = dialect;
        this.runsCode = runsCode;
    }

    /** Whether nothing is counted and nothing set. */
    boolean isEmpty() {
        return sums.isEmpty() && atSavepoints.isEmpty();
    }

    long sum(Limit limit) {
        return sums.getOrDefault(limit, 0L);
    }

    void add(Map<Limit, Long> changed) {
        sums.putAll(changed);
    }

    /** The transaction has ended. */
    void end() {
        sums.clear();
        forget();
    }

    /** Savepoints may be set, or ended, that nobody tells of. */
    void forget() {
        atSavepoints.clear();
        names.clear();
    }

    /** Texts are about to run; what they do with savepoints in a batch is not followed. */
    void running(List<String> texts) {
        returning = null;
        if (!areFollowed()) {
            forget();
            return;
        }
        boolean isAlone = texts.size() == 1;
        for (String sql : texts) {
            SavepointText text = SavepointText.of(sql, dialect);
            switch (text.kind()) {
                case SET -> {
                    if (isAlone) {
                        setting(text.name());
                    } else {
                        forget();
                    }
                }
                case RETURN -> returning = isAlone ? text.name() : null;
                case NOTHING -> {}
                case UNKNOWN -> forget();
            }
        }
    }

    /** What was running last has succeeded. */
    void ran() {
        String name = returning;
        returning = null;
        if (name != null) {
            returnTo(atSavepoints.get(name));
        }
    }

    /** It has failed. */
    void failed() {
        returning = null;
    }

    /**
     * One is about to be set by a call, which may set it also where it fails.
     *
     * @return its name as it is known here; empty where it is not
     */
    String settingByCall(@Nullable String written) {
        String name = SavepointText.fold(written == null ? "" : written);
        if (name.isEmpty()) {
            forget();
        } else {
            setting(name);
        }
        return name;
    }

    /** It was set. */
    void setByCall(Savepoint savepoint, String name) {
        names.put(savepoint, name);
    }

    /** One was set by a call to which the driver has given a name of its own. */
    void setByCall(Savepoint savepoint) {
        String name = "#" + names.size(); // which no text has
        setting(name);
        names.put(savepoint, name);
    }

    /** The transaction has returned to one by a call. */
    void returned(Savepoint savepoint) {
        String name = names.get(savepoint);
        if (name != null) {
            returnTo(atSavepoints.get(name));
        }
    }

    private void setting(String name) {
        if (atSavepoints.size() >= MOST || names.size() >= MOST) {
            forget();
        }
        if (areFollowed()) {
            atSavepoints.put(name, Map.copyOf(sums));
        }
    }

    /** Code of H2 is on the session itself, also while rows are fetched, and its savepoints are among those of who calls it. */
    private boolean areFollowed() {
        return switch (dialect) {
            case H2 -> !runsCode.getAsBoolean();
            case POSTGRESQL, MYSQL, MARIADB, SQLITE -> true;
            case ANSI, ORACLE, SQLSERVER -> false;
        };
    }

    private void returnTo(@Nullable Map<Limit, Long> then) {
        if (then != null && areFollowed()) {
            sums.replaceAll((limit, now) -> Math.min(now, then.getOrDefault(limit, 0L)));
            sums.values().removeIf(now -> now == 0);
        }
    }
}
