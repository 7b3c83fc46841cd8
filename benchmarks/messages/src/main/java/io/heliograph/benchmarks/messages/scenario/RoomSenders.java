package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.report.Latencies;
import io.heliograph.benchmarks.messages.member.Member;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** One sender per room. They send in turn at a steady rate, and send refused messages again. */
final class RoomSenders {

    /** The delay before a message that the server could not store is sent again. */
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private static final String TEXT = "x".repeat(100);

    private final long gap;
    private final List<RoomSender> senders = new ArrayList<>();
    private final Queue<Rejection> rejections = new ArrayDeque<>();
    private Latencies latencies = new Latencies();
    private long due;
    private int turn;
    private long refused;

    private record Rejection(RoomSender sender, long number, long retryAt) {}

    RoomSenders(double messagesPerSecond) {
        gap = (long) (1e9 / messagesPerSecond);
    }

    /** Adds a sender, which must be attached to the member of a room. */
    RoomSender add() {
        RoomSender sender = new RoomSender();
        senders.add(sender);
        return sender;
    }

    /** Starts sending: the first message is due now. */
    void start() {
        due = System.nanoTime();
    }

    /** From now on, records the time from each send to its delivery to the sender. */
    void recordIn(Latencies latencies) {
        this.latencies = latencies;
    }

    /** Sends the messages that are due, and retries refused ones. */
    void sendDue() {
        for (long now = System.nanoTime(); due <= now; due += gap) {
            senders.get(turn++ % senders.size()).sendNext();
        }
        retryRejected();
    }

    /** Sends messages again whose retry delay has passed. */
    void retryRejected() {
        while (!rejections.isEmpty() && System.nanoTime() - rejections.element().retryAt >= 0) {
            Rejection rejection = rejections.remove();
            rejection.sender.send(rejection.number);
        }
    }

    /** How often a message was refused. */
    long refused() {
        return refused;
    }

    final class RoomSender implements Member.Listener {
        private final Map<Long, Long> sentAt = new HashMap<>();
        private Member member;
        private long sent;

        Member attach(Member member) {
            this.member = member;
            return member;
        }

        /** The number of the last message that was sent. */
        long lastSent() {
            return sent;
        }

        /** The number of the last message that was delivered to the sender. */
        long lastReceived() {
            return member.last();
        }

        private void sendNext() {
            sentAt.put(++sent, System.nanoTime());
            send(sent);
        }

        private void send(long number) {
            member.send(number, TEXT);
        }

        @Override
        public void delivered(Member member, long number) {
            Long at = sentAt.remove(number);
            if (at != null) {
                latencies.record(System.nanoTime() - at);
            }
        }

        @Override
        public void refused(Member member, long number) {
            refused++;
            rejections.add(new Rejection(this, number, System.nanoTime() + RETRY_DELAY.toNanos()));
        }
    }
}
