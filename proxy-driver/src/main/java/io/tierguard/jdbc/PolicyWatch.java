package io.tierguard.jdbc;

import io.tierguard.audit.AuditException;
import io.tierguard.guard.CurrentGuard;
import io.tierguard.policy.PolicyFootprint;
import io.tierguard.policy.PolicyLoader;
import io.tierguard.policy.PolicyOutcome;
import io.tierguard.policy.PolicyReading;
import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the files of a policy, when a statement is about to begin and a look is due: what has changed takes over
 * whole, or not at all.
 *
 * <p>There is no thread, so none is left behind: without statements nothing has to be decided. Safe for use by many threads;
 * one looks, and the others go on by what is in force.
 */
final class PolicyWatch {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyWatch.class);

    private final CurrentGuard guard;
    private final Path file;
    private final Duration interval;
    private final InstantSource clock;
    private final ReentrantLock looking = new ReentrantLock();

    /** What the files looked like that were taken over or refused last. */
    private PolicyFootprint settled;

    /** What they looked like when they were found changed, too lately to be whole for certain. */
    private @Nullable PolicyFootprint fresh;

    private volatile long due;

    /** A watch over the files of the policy in force, which looked like this when it was read. */
    PolicyWatch(CurrentGuard guard, Path file, PolicyFootprint settled, Duration interval, InstantSource clock) {
        this.guard = guard;
        this.file = file;
        this.settled = settled;
        this.interval = interval;
        this.clock = clock;
        this.due = System.nanoTime() + interval.toNanos();
    }

    /** A statement is about to begin. */
    void look() {
        if (System.nanoTime() - due < 0 || !looking.tryLock()) {
            return;
        }
        try {
            if (System.nanoTime() - due >= 0) {
                lookNow();
            }
        } catch (RuntimeException unable) { // a statement must not fail because of it
            LOG.warn("the policy {} cannot be looked after and stays as it was", file, unable);
        } finally {
            due = System.nanoTime() + interval.toNanos();
            looking.unlock();
        }
    }

    private void lookNow() {
        if (settled.again().equals(settled)) {
            fresh = null;
            return;
        }
        PolicyFootprint before = fresh;
        boolean isStill = before != null && before.again().equals(before);
        PolicyReading reading = PolicyLoader.read(file);
        PolicyFootprint footprint = reading.footprint();
        Instant whole = clock.instant().minus(interval);
        // A file that is being written would be read in part, and a part may be a policy too.
        boolean isWhole =
                (isStill || footprint.isOlderThan(whole)) && footprint.again().equals(footprint);
        if (!isWhole) {
            fresh = footprint;
            return;
        }
        if (settle(reading.outcome())) {
            settled = footprint;
            fresh = null;
        }
    }

    /** Takes a policy over, or says why not; false to try the same again. */
    private boolean settle(PolicyOutcome outcome) {
        if (outcome instanceof PolicyOutcome.Rejected rejected) {
            LOG.warn(
                    "the policy {} has changed and is refused; {} stays in force\n{}",
                    file,
                    inForce(),
                    Guards.rendered(rejected.diagnostics()));
            return true;
        }
        PolicyOutcome.Loaded loaded = (PolicyOutcome.Loaded) outcome;
        Policy policy = loaded.policy();
        if (policy.hash().equals(guard.guard().policy().hash())) {
            return true;
        }
        String name = guard.guard().component().name();
        Optional<Component> component = policy.component(name);
        if (component.isEmpty()) {
            LOG.warn(
                    "the policy {} has changed and declares no component {}; {} stays in force", file, name, inForce());
            return true;
        }
        String old = inForce();
        try {
            guard.takeOver(policy, component.get());
        } catch (AuditException unrecorded) {
            LOG.warn(
                    "the policy {} has changed, and that cannot be recorded; {} stays in force", file, old, unrecorded);
            return false;
        }
        LOG.info("the policy {} has changed: {} takes over from {}", file, inForce(), old);
        if (!loaded.warnings().isEmpty()) {
            LOG.warn("the policy {} has warnings\n{}", policy.name(), Guards.rendered(loaded.warnings()));
        }
        return true;
    }

    private String inForce() {
        Policy policy = guard.guard().policy();
        return policy.name() + " " + policy.hash();
    }
}
