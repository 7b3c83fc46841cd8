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

/** One in each room, who speak in turns at a steady rate, and give up no message that is not stored. */
final class Speakers {

    /** After which they say again what the server could not store. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private static final String TEXT = "x".repeat(100);

    private final long gap;
    private final List<Speaker> speakers = new ArrayList<>();
    private final Queue<Refusal> refusals = new ArrayDeque<>();
    private Latencies latencies = new Latencies();
    private long due;
    private int turn;
    private long refused;

    private record Refusal(Speaker speaker, long number, long again) {}

    Speakers(double messagesPerSecond) {
        gap = (long) (1e9 / messagesPerSecond);
    }

    /** One more, who has yet to become the member of a room. */
    Speaker add() {
        Speaker speaker = new Speaker();
        speakers.add(speaker);
        return speaker;
    }

    /** From now on there is something to say. */
    void begin() {
        due = System.nanoTime();
    }

    /** From now on the times from saying something to being told it oneself go here. */
    void recordIn(Latencies latencies) {
        this.latencies = latencies;
    }

    /** Says what is due, in new messages too. */
    void speak() {
        for (long now = System.nanoTime(); due <= now; due += gap) {
            speakers.get(turn++ % speakers.size()).sayNext();
        }
        sayAgain();
    }

    /** Says what was refused a while ago. */
    void sayAgain() {
        while (!refusals.isEmpty() && System.nanoTime() - refusals.element().again >= 0) {
            Refusal refusal = refusals.remove();
            refusal.speaker.say(refusal.number);
        }
    }

    /** How often a message was not stored at once. */
    long refused() {
        return refused;
    }

    final class Speaker implements Member.Listener {
        private final Map<Long, Long> saidAt = new HashMap<>();
        private Member member;
        private long said;

        Member become(Member member) {
            this.member = member;
            return member;
        }

        /** The number of the latest message. */
        long said() {
            return said;
        }

        /** The latest message that is known to have arrived. */
        long heard() {
            return member.last();
        }

        private void sayNext() {
            saidAt.put(++said, System.nanoTime());
            say(said);
        }

        private void say(long number) {
            member.send(number, TEXT);
        }

        @Override
        public void told(Member member, long number) {
            Long at = saidAt.remove(number);
            if (at != null) {
                latencies.record(System.nanoTime() - at);
            }
        }

        @Override
        public void refused(Member member, long number) {
            refused++;
            refusals.add(new Refusal(this, number, System.nanoTime() + AGAIN.toNanos()));
        }
    }
}
