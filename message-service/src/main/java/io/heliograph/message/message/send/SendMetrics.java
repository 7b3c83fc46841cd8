package io.heliograph.message.message.send;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

@Singleton
class SendMetrics {

    private final MeterRegistry registry;
    private final Counter stored;
    private final Counter repeated;
    private final DistributionSummary batchSize;
    private final Timer commitTime;
    private final Timer answerTime;

    SendMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.stored = sends("stored");
        this.repeated = sends("repeated");
        // Registered at the start: a counter that appears with its first event shows no increase.
        List.of("conflict", "contended", "not_a_member", "no_room", "overloaded", "failed")
                .forEach(this::sends);
        this.batchSize = DistributionSummary.builder("heliograph.send.batch.size")
                .description("Sends stored by one commit")
                .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500)
                .register(registry);
        this.commitTime = Timer.builder("heliograph.send.commit")
                .description("From the close of a batch to its commit")
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2))
                .register(registry);
        this.answerTime = Timer.builder("heliograph.send.answer")
                .description("From the arrival of a send, or of a batch, to its response")
                .serviceLevelObjectives(
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5))
                .register(registry);
    }

    void waitingBytes(AtomicLong bytes) {
        Gauge.builder("heliograph.send.waiting.bytes", bytes, AtomicLong::get)
                .description("Memory of sends that wait for their commit")
                .register(registry);
    }

    void committed(List<SendResult> outcomes, long nanos) {
        batchSize.record(outcomes.size());
        commitTime.record(nanos, TimeUnit.NANOSECONDS);
        for (SendResult outcome : outcomes) {
            if (outcome instanceof SendResult.Stored) {
                stored.increment();
            } else if (outcome instanceof SendResult.Repeated) {
                repeated.increment();
            } else {
                refused(reason(outcome));
            }
        }
    }

    /** Records the duration of a send, also of a failed one. */
    void answered(long nanos) {
        answerTime.record(nanos, TimeUnit.NANOSECONDS);
    }

    void failed(int sends) {
        sends("failed").increment(sends);
    }

    void refused(String reason) {
        sends(reason).increment();
    }

    private Counter sends(String outcome) {
        return Counter.builder("heliograph.send")
                .description("Sends by outcome")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static String reason(SendResult outcome) {
        if (outcome instanceof SendResult.Conflict) {
            return "conflict";
        } else if (outcome instanceof SendResult.Contended) {
            return "contended";
        } else if (outcome instanceof SendResult.NoSuchReply || outcome instanceof SendResult.MentionOutsideRoom) {
            return "invalid";
        }
        return outcome instanceof SendResult.NotMember ? "not_a_member" : "no_room";
    }
}
