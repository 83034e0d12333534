package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FirstReadingTest {

    @ParameterizedTest
    @EnumSource
    void theThreadThatReadsAheadEndsByItself(Dialect dialect) throws InterruptedException {
        FirstReading.begin(dialect);

        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("tierguard-first-reading")) {
                assertThat(thread.isDaemon()).isTrue();
                thread.join(TimeUnit.SECONDS.toMillis(60));
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    @Test
    void nothingIsReadAheadTwice() {
        FirstReading.begin(Dialect.H2);
        long before = threadsSoFar();

        FirstReading.begin(Dialect.H2);

        assertThat(threadsSoFar()).isEqualTo(before);
    }

    private static long threadsSoFar() {
        return ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
    }
}
