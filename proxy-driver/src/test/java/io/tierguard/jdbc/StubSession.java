package io.tierguard.jdbc;

import io.tierguard.audit.BoundValues;
import io.tierguard.guard.Admission;
import io.tierguard.guard.Execution;
import io.tierguard.guard.GuardSession;
import io.tierguard.guard.Refusal;
import io.tierguard.guard.Transactions;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Limit;
import io.tierguard.policy.model.LimitScope;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.Verb;
import io.tierguard.schema.LiveSchema;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.schema.SchemaVersion;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SessionFacts;
import io.tierguard.sql.TemporaryNames;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A session that refuses whatever contains a word and remembers, in order, what it was asked and told; a text that begins
 * with SET changes it.
 */
final class StubSession implements GuardSession {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final String forbidden;
    private volatile boolean stale;
    private volatile @Nullable SessionFacts refreshed;
    private int refreshes;
    private boolean showsValues;
    private String changing = "SET ";
    private List<Limit> limits = List.of();
    private BoundValues bound = BoundValues.NONE;

    private StubSession(String forbidden) {
        this.forbidden = forbidden;
    }

    @Override
    public boolean hasUnread() {
        return false;
    }

    @Override
    public boolean mayPrepareUnread(String sql, Placeholders placeholders) {
        return false;
    }

    @Override
    public Optional<Admission> admitUnread(String sql, Placeholders placeholders, Supplier<BoundValues> values) {
        return Optional.empty();
    }

    @Override
    public List<String> schemaPath() {
        return List.of();
    }

    static StubSession allowing() {
        return new StubSession("\0");
    }

    static StubSession showingValues() {
        StubSession session = new StubSession("\0");
        session.showsValues = true;
        return session;
    }

    static StubSession refusing(String word) {
        return new StubSession(word);
    }

    /** The same, and every text is held to one row. */
    StubSession limiting() {
        limits = List.of(
                new Limit(Verb.UPDATE, 1, LimitScope.EXECUTE, Set.of(), "tier operational", "shop.tierguard:3"));
        return this;
    }

    /** The same, and a text that begins with these words changes it, and none of other words. */
    StubSession changingBy(String words) {
        changing = words;
        return this;
    }

    GuardedConnection guard(Connection real) {
        return guard(real, Dialect.H2);
    }

    GuardedConnection guard(Connection real, Dialect dialect) {
        return JdbcObjects.of(real)
                .connection(new Gate(this, LiveSchema.unread(dialect), real, dialect, OnDenial.DOOM, null), real);
    }

    List<String> events() {
        return events;
    }

    void becomeStale() {
        stale = true;
    }

    int refreshes() {
        return refreshes;
    }

    @Nullable
    SessionFacts refreshed() {
        return refreshed;
    }

    @Override
    public Admission prepare(String sql, Placeholders placeholders) {
        return answer("prepare " + sql, Execution.UNRECORDED);
    }

    @Override
    public Admission admit(String sql, Placeholders placeholders, int batchSize, Supplier<BoundValues> values) {
        bound = values.get();
        String marks = placeholders == Placeholders.QUESTION_MARKS ? " with marks" : "";
        if (sql.startsWith("SET ")) {
            becomeStale();
        }
        return answer(sql + marks + (batchSize == 0 ? "" : " times " + batchSize), recorded(sql.startsWith(changing)));
    }

    @Override
    public Admission admit(String operation, Effect effect) {
        String columns = effect.columns().isEmpty() ? "" : " " + effect.columns();
        return answer(operation + " on " + effect.table() + columns, recorded(false));
    }

    @Override
    public boolean mayUnwrap() {
        return false;
    }

    @Override
    public Admission unwrap(String operation) {
        return refuse(operation, Reason.ESCAPES_GUARD, "it would hand out the real driver's object");
    }

    @Override
    public Refusal refuse(String operation, Reason reason, String sentence) {
        events.add("refuse " + operation);
        return new Refusal("audit-1", List.of(new Denial(reason, sentence, "", "")));
    }

    @Override
    public boolean countsRows() {
        return !limits.isEmpty();
    }

    @Override
    public boolean showsValues() {
        return showsValues;
    }

    /** What was bound to the text that was admitted last. */
    BoundValues bound() {
        return bound;
    }

    @Override
    public boolean isStale() {
        return stale;
    }

    @Override
    public boolean isPathStale() {
        return stale;
    }

    @Override
    public boolean mayHaveBegun() {
        return false;
    }

    @Override
    public boolean hasBegunIfAsked() {
        return false;
    }

    @Override
    public boolean isFirstAfterKeptChange() {
        return false;
    }

    @Override
    public boolean isSchemaUnseen() {
        return false;
    }

    @Override
    public void see(SchemaSnapshot inTransaction, TemporaryNames temporary, SchemaVersion version, boolean isOld) {
        events.add("see");
    }

    @Override
    public void refresh(SessionFacts facts, boolean isOutsideTransaction) {
        refreshed = facts;
        refreshes++;
        stale = false;
    }

    @Override
    public Transactions.State transaction() {
        return Transactions.State.UNKNOWN;
    }

    @Override
    public Transactions.State askedTransaction() {
        return Transactions.State.UNKNOWN;
    }

    @Override
    public boolean isBegunByText() {
        return false;
    }

    @Override
    public void doom(Refusal cause) {
        // What is doomed is the business of the real session.
    }

    @Override
    public Optional<Refusal> doom() {
        return Optional.empty();
    }

    @Override
    public boolean isUntouched() {
        return false;
    }

    @Override
    public void renewed() {}

    @Override
    public void kept() {}

    @Override
    public void returned() {}

    @Override
    public void schemaPathChanging(String schema) {
        events.add("schema path changing");
    }

    @Override
    public void schemaPathChanged(String schema) {
        events.add("schema path changed");
    }

    @Override
    public void transactionEnding() {}

    @Override
    public void transactionEnded() {
        events.add("transaction ended");
    }

    private Admission answer(String event, Execution execution) {
        events.add(event);
        if (event.toLowerCase(Locale.ROOT).contains(forbidden)) {
            return new Refusal(
                    "audit-1", List.of(new Denial(Reason.IMMUTABLE_TIER, "may not", "shop.tierguard:3", "")));
        }
        return execution;
    }

    private Execution recorded(boolean changesSession) {
        return new Execution() {
            @Override
            public List<Limit> limits() {
                return limits;
            }

            @Override
            public Optional<Refusal> exceeded(Limit limit, long rows) {
                return Optional.of(refuse("exceeded", Reason.ROW_LIMIT, "over the limit"));
            }

            @Override
            public Optional<Refusal> uncounted(Limit limit, String because) {
                return Optional.of(refuse("uncounted", Reason.ROW_LIMIT, because));
            }

            @Override
            public boolean changesSession() {
                return changesSession;
            }

            @Override
            public void completed(long rows) {
                events.add("completed " + rows);
            }

            @Override
            public void failed(@Nullable String sqlState) {
                events.add("failed " + sqlState);
            }
        };
    }
}
