package io.tierguard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GroupCommitTest {

    @Test
    void threadsShareSyncsAndNoneReturnsBeforeItsOwnWriteIsCovered() throws Exception {
        AtomicLong lastWritten = new AtomicLong();
        AtomicLong lastSynced = new AtomicLong();
        AtomicInteger syncs = new AtomicInteger();
        List<String> early = new CopyOnWriteArrayList<>();
        GroupCommit commit = new GroupCommit(() -> {
            long covered = lastWritten.get();
            pause(1);
            lastSynced.set(covered);
            syncs.incrementAndGet();
        });
        inThreads(8, () -> {
            for (int i = 0; i < 50; i++) {
                long mine = lastWritten.incrementAndGet();
                commit.await();
                if (lastSynced.get() < mine) {
                    early.add("write " + mine + " was not synced");
                }
            }
        });

        assertThat(early).isEmpty();
        assertThat(syncs).hasValueLessThan(8 * 50 / 2);
    }

    @Test
    void aFailedSyncFailsEveryoneItWasForAndNobodyElse() throws Exception {
        AtomicInteger syncs = new AtomicInteger();
        GroupCommit commit = new GroupCommit(() -> {
            if (syncs.incrementAndGet() == 1) {
                throw new IOException("input/output error");
            }
        });

        assertThatThrownBy(commit::await).isInstanceOf(IOException.class).hasMessage("input/output error");
        commit.await();
        assertThat(syncs).hasValue(2);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void inThreads(int count, Work work) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (Exception e) {
                    failures.add(e);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
