package io.tierguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** The time that this thread has spent on the processor, which other work on the machine does not add to. */
public final class ProcessorTime {
    private final long start = ofThread();

    private ProcessorTime() {}

    /** Begins now. */
    public static ProcessorTime start() {
        return new ProcessorTime();
    }

    /**
     * What grows with the square of a megabyte takes far longer than a minute, on any machine.
     *
     * @param what is told where it fails
     */
    public void assertIsBounded(String what) {
        assertThat(Duration.ofNanos(ofThread() - start)).as(what).isLessThan(Duration.ofMinutes(1));
    }

    private static long ofThread() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
