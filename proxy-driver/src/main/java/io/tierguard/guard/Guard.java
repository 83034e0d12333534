package io.tierguard.guard;

import io.tierguard.audit.AuditException;
import io.tierguard.audit.AuditLog;
import io.tierguard.audit.AuditStatement;
import io.tierguard.audit.AuditSubject;
import io.tierguard.audit.BoundValues;
import io.tierguard.policy.model.BindValues;
import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.DenialText;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.Window;
import io.tierguard.schema.LiveSchema;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.SessionFacts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One policy and one component on one kind of database, shared by all connections that have these in common.
 *
 * <p>Safe for use by many threads.
 */
public final class Guard {
    /** Half of the resolution contexts whose verdicts are kept; more only cost analysis again. */
    private static final long GENERATION_CONTEXTS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    /** Half of the texts of which it is remembered that they were warned of; more only cost a second warning. */
    private static final long GENERATION_WARNINGS = 4_096;

    private final BoundedCache<String, Boolean> warnedOf = new BoundedCache<>(GENERATION_WARNINGS, (hash, warned) -> 1);
    private final LivePolicy tables;
    private final Policy policy;
    private final Component component;
    private final String release;
    private final Dialect dialect;
    private final AuditLog audit;
    private final InstantSource clock;
    private final boolean countsRows;
    private final boolean showsValues;
    private final AtomicLong connections;

    /** Whether another policy may take over, so that it could limit or show what this one does not. */
    private final boolean isWatched;

    private final BoundedCache<ResolutionContext, ContextVerdicts> contexts =
            new BoundedCache<>(GENERATION_CONTEXTS, (context, verdicts) -> 1);

    /** A guard for a component of a policy, by the clock of this host. */
    public Guard(Policy policy, Component component, String release, Dialect dialect, AuditLog audit) {
        this(policy, component, release, dialect, audit, InstantSource.system());
    }

    /** A guard that goes by a clock. */
    Guard(Policy policy, Component component, String release, Dialect dialect, AuditLog audit, InstantSource clock) {
        this(LivePolicy.of(policy, component, dialect), release, dialect, audit, clock, new AtomicLong(), false);
    }

    private Guard(
            LivePolicy tables,
            String release,
            Dialect dialect,
            AuditLog audit,
            InstantSource clock,
            AtomicLong connections,
            boolean isWatched) {
        this.tables = tables;
        this.policy = tables.policy();
        this.component = tables.component();
        this.release = release;
        this.dialect = dialect;
        this.audit = audit;
        this.clock = clock;
        this.connections = connections;
        this.isWatched = isWatched;
        this.countsRows = isWatched || isLimited(policy, component);
        this.showsValues = isWatched || policy.tiers().stream().anyMatch(tier -> tier.bindValues() == BindValues.SHOWN);
    }

    /** The same guard as one that another policy may take over. */
    public Guard watched() {
        return new Guard(tables, release, dialect, audit, clock, connections, true);
    }

    /** A guard by another policy for the same connections. */
    Guard under(Policy next, Component nextComponent) {
        LivePolicy live = LivePolicy.of(next, nextComponent, dialect);
        return new Guard(live, release, dialect, audit, clock, connections, isWatched);
    }

    /** Records, on the disk, that this guard's policy takes over. */
    void recordTakeOver() throws AuditException {
        AuditSubject subject = new AuditSubject(
                component.name(), release, "", dialect.code(), "", "", 0, "", policy.name(), policy.hash());
        audit.decided(subject, AuditStatements.of("POLICY", "", List.of(), List.of()), 0, Durability.FSYNC);
    }

    /** The policy it goes by. */
    public Policy policy() {
        return policy;
    }

    /** The component it speaks for. */
    public Component component() {
        return component;
    }

    /** The policy's table patterns that match no table of a database, and so protect nothing there. */
    public List<TableClass> patternsWithoutTable(SchemaSnapshot schema) {
        return policy.tableClasses().stream()
                .filter(tableClass -> schema.tables().stream().noneMatch(tableClass::matches))
                .toList();
    }

    /**
     * Whether the component may connect as a session's user; a refusal is already in the audit log.
     */
    public Optional<Refusal> checkUser(SessionFacts facts, ConnectionPlace place) {
        if (component.allowsUser(facts.user())) {
            return Optional.empty();
        }
        return Optional.of(refuseUser(subject(facts, place), "CONNECT"));
    }

    /** Refuses what a user does as whom the component may not be connected, or not any more. */
    Refusal refuseUser(AuditSubject subject, String operation) {
        String sentence = component.name() + " may not connect as " + subject.user()
                + ": the policy names other database users for it";
        Denial denial = new Denial(Reason.WRONG_USER, sentence, component.rule(), policy.contact());
        return refuse(subject, AuditStatements.of(operation, "", List.of(), List.of(denial)), 0);
    }

    /**
     * The guard as a connection with these facts sees it.
     *
     * @param schema what is known of its database's schema
     */
    public GuardSession open(SessionFacts facts, ConnectionPlace place, LiveSchema schema) {
        return open(facts, place, schema, Transactions.UNKNOWN);
    }

    /** The same for a connection that tells whether its transaction is open. */
    GuardSession open(SessionFacts facts, ConnectionPlace place, LiveSchema schema, Transactions transactions) {
        return open(facts, place, schema, transactions, session -> {});
    }

    /**
     * The same for a connection that tells whether its transaction is open, and can look again what the database has.
     *
     * @param lookout looks
     */
    public GuardSession open(
            SessionFacts facts,
            ConnectionPlace place,
            LiveSchema schema,
            Transactions transactions,
            SchemaLookout lookout) {
        return new CurrentGuard(this).open(facts, place, schema, transactions, lookout);
    }

    ContextVerdicts verdictsIn(ResolutionContext context) {
        @Nullable ContextVerdicts known = contexts.get(context);
        if (known != null) {
            return known;
        }
        ContextVerdicts verdicts = new ContextVerdicts(tables, context, clock);
        contexts.put(context, verdicts);
        return verdicts;
    }

    Dialect dialect() {
        return dialect;
    }

    /** The policy as it holds for tables of this kind of database. */
    LivePolicy tables() {
        return tables;
    }

    /** Records a denial, before anybody hears of it; a denial that cannot be recorded is one all the same. */
    Refusal refuse(AuditSubject subject, AuditStatement statement, int batchSize) {
        return refuse(subject, statement, batchSize, BoundValues.UNKNOWN);
    }

    /** The same with what is bound in this execution. */
    Refusal refuse(AuditSubject subject, AuditStatement statement, int batchSize, Supplier<BoundValues> bound) {
        return refuse(subject, new Verdict.Deny(statement, "", Reliance.NOTHING, Window.ALWAYS), batchSize, bound);
    }

    /** The same for a text that was judged. */
    Refusal refuse(AuditSubject subject, Verdict verdict, int batchSize, Supplier<BoundValues> bound) {
        AuditStatement statement = verdict.statement().with(bound);
        String help = verdict instanceof Verdict.Deny deny ? deny.help() : "";
        try {
            String id = audit.decided(subject, statement, batchSize, Durability.FSYNC);
            return new Refusal(id, statement.reasons(), help);
        } catch (AuditException e) {
            List<Denial> denials = new ArrayList<>(statement.reasons());
            denials.add(unrecordable(e));
            return new Refusal("", denials);
        }
    }

    Denial unrecordable(AuditException cause) {
        String sentence = component.name() + " may not run what cannot be recorded: " + cause.getMessage();
        return new Denial(Reason.NO_AUDIT, sentence, "", policy.contact());
    }

    /** Whether any limit could hold for the component. */
    boolean countsRows() {
        return countsRows;
    }

    /** Whether any tier lets bound values be recorded. */
    boolean showsValues() {
        return showsValues;
    }

    private static boolean isLimited(Policy policy, Component component) {
        return !component.limits().isEmpty()
                || policy.tiers().stream().anyMatch(tier -> !tier.limits().isEmpty())
                || policy.tableClasses().stream()
                        .anyMatch(tables -> !tables.limits().isEmpty())
                || policy.concessions().waivers().stream()
                        .anyMatch(waiver -> !waiver.limits().isEmpty());
    }

    AuditLog audit() {
        return audit;
    }

    Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    /** Says of a statement that is only observed, once for each text, that it would be denied. */
    void warnOfObserved(AuditStatement statement, String auditId) {
        if (warnedOf.get(statement.hash()) == null) {
            warnedOf.put(statement.hash(), Boolean.TRUE);
            LOG.warn(
                    "would be denied, and is only observed: {} [audit {}]",
                    DenialText.of(statement.reasons()),
                    auditId);
        }
    }

    /** Who a new connection is in the records. */
    AuditSubject subject(SessionFacts facts, ConnectionPlace place) {
        return new AuditSubject(
                component.name(),
                release,
                facts.user(),
                dialect.code(),
                facts.catalog(),
                place.address(),
                place.port(),
                Long.toString(connections.incrementAndGet()),
                policy.name(),
                policy.hash());
    }
}
