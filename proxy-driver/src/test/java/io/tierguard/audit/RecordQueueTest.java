package io.tierguard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RecordQueueTest {
    private final List<AuditEvent> written = new CopyOnWriteArrayList<>();
    private final WriterIds ids = new WriterIds();
    private volatile boolean isBroken;

    @Test
    void aFullQueueWaitsAndDropsNothing() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        RecordQueue queue = new RecordQueue(
                4,
                event -> {
                    awaitGate(gate);
                    written.add(event);
                },
                ids);
        queue.start();
        Thread producer = new Thread(() -> {
            for (int i = 0; i < 100; i++) {
                queue.putOutcome(outcome(i));
            }
        });
        producer.start();
        producer.join(200);
        assertThat(producer.isAlive()).as("waits at the full queue").isTrue();

        gate.countDown();
        producer.join();
        queue.drain(Duration.ofSeconds(10));
        assertThat(written)
                .extracting(AuditEvent::origin)
                .extracting(Origin::id)
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> "X-" + i).toList());
    }

    @Test
    void whileTheFileIsBrokenDecisionsFailAndOutcomesAreCountedAndNobodyHangs() throws Exception {
        RecordQueue queue = new RecordQueue(4, this::append, ids);
        isBroken = true;
        queue.start();
        for (int i = 0; i < 10; i++) {
            queue.putOutcome(outcome(i));
        }
        assertThatThrownBy(() -> queue.putDecision(outcome(99))).isInstanceOf(AuditException.class);

        isBroken = false;
        while (written.size() < 5) {
            Thread.sleep(20);
        }
        queue.drain(Duration.ofSeconds(10));
        assertThat(written)
                .hasSize(5)
                .filteredOn(AuditEvent.Noted.class::isInstance)
                .singleElement()
                .satisfies(note -> assertThat(((AuditEvent.Noted) note).note())
                        .isEqualTo("6 records could not be written and are missing here"));
    }

    @Test
    void onceDrainedEveryRecordIsWrittenAtOnce() throws Exception {
        RecordQueue queue = new RecordQueue(4, this::append, ids);
        queue.start();
        queue.drain(Duration.ofSeconds(10));

        queue.putOutcome(outcome(1));
        queue.putDecision(outcome(2));
        assertThat(written).hasSize(2);
    }

    @Test
    void aRecordThatCannotBeRenderedDoesNotStopTheOthers() {
        RecordQueue queue = new RecordQueue(
                4,
                event -> {
                    if (event.origin().id().equals("X-0")) {
                        throw new IllegalStateException("cannot be rendered");
                    }
                    written.add(event);
                },
                ids);
        queue.start();
        queue.putOutcome(outcome(0));
        queue.putOutcome(outcome(1));
        queue.drain(Duration.ofSeconds(10));

        assertThat(written).extracting(AuditEvent::stage).containsExactly("completed", "note");
    }

    private void append(AuditEvent event) throws AuditException {
        if (isBroken) {
            throw new AuditException("no space", new IOException("no space"));
        }
        written.add(event);
    }

    private static void awaitGate(CountDownLatch gate) {
        try {
            assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static AuditEvent outcome(int number) {
        return new AuditEvent.Completed(Origin.here("X-" + number), Records.CHECKOUT, Records.UPDATE, 1, 1);
    }
}
