package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.harness.load.WebSocket;
import io.heliograph.benchmarks.harness.machine.Usage;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import io.heliograph.benchmarks.messages.member.Member;
import io.heliograph.benchmarks.messages.member.Subscriber;
import io.heliograph.benchmarks.messages.stack.MessageStack;
import io.heliograph.benchmarks.messages.stack.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.ToDoubleFunction;

/** Clients that reconnect after a long time. */
public final class CatchUp implements Scenario {

    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx256m");
    private static final int MESSAGES = 100_000;
    private static final int SENDERS = 100;
    private static final List<Integer> CLIENTS = List.of(1, 10);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private record Round(
            double messagesPerSecond, double grownMebibytes, double servicePer100k, double postgresPer100k) {}

    @Override
    public String name() {
        return "catch-up";
    }

    @Override
    public Report run(Effort effort) {
        int messages = effort.size(MESSAGES);
        try (MessageStack stack = new MessageStack(JVM, null)) {
            List<Person> people = stack.people(SENDERS);
            UUID room = stack.room(people);
            effort.progress("writing " + messages + " messages");
            try (Senders senders = Senders.overSockets(stack, people, List.of(room))) {
                senders.send(messages);
            }
            Report report = report(messages);
            for (int clients : CLIENTS) {
                List<Round> rounds = new ArrayList<>();
                for (int round = 0; round < 2 * effort.rounds(); round++) {
                    effort.progress(clients + " catching up");
                    rounds.add(round(stack, new Subscriber.Subscription(people.get(0), room, 0L), clients, messages));
                }
                row(report, clients + ", the first time", rounds.subList(0, 1));
                row(report, clients + ", again", rounds.subList(1, rounds.size()));
            }
            return report;
        }
    }

    private static Report report(int messages) {
        Report report = new Report("catch-up");
        report.line(
                "Clients join a room %,d messages of 100 bytes behind its end and check that each message arrives once"
                        + " and in order. Memory growth is the peak resident memory of the service during the replay"
                        + " minus its resident memory before. Processes are not pinned: service, PostgreSQL, Redis and"
                        + " load share the cores.",
                messages);
        report.line("");
        report.line("Service: `java %s`.", String.join(" ", JVM));
        return report.table(
                "concurrent clients",
                "messages/s, total",
                "memory growth, MiB",
                "CPU s per 100,000 messages: service",
                "PostgreSQL");
    }

    private static void row(Report report, String clients, List<Round> rounds) {
        report.row(List.of(
                clients,
                figure(rounds, "%.0f", Round::messagesPerSecond),
                figure(rounds, "%.1f", Round::grownMebibytes),
                figure(rounds, "%.2f", Round::servicePer100k),
                figure(rounds, "%.2f", Round::postgresPer100k)));
    }

    private static String figure(List<Round> rounds, String format, ToDoubleFunction<Round> figure) {
        return rounds.isEmpty() ? "" : Spread.of(rounds, figure).text(format);
    }

    private static Round round(MessageStack stack, Subscriber.Subscription subscription, int clients, int messages) {
        Usage replica = stack.replica().usage();
        replica.resetPeak();
        long residentBefore = replica.residentBytes();
        Cost before = Cost.soFar(stack);
        CatchUpListener listener = new CatchUpListener(messages);
        WebSocket.Endpoint server =
                WebSocket.Endpoint.heliograph(stack.replica().address());
        try (Loop loop = new Loop()) {
            for (int i = 0; i < clients; i++) {
                new Subscriber(subscription, listener).connect(loop, null, server);
            }
            loop.runUntil(() -> listener.complete == clients, PATIENCE);
        }
        double seconds = (System.nanoTime() - listener.firstJoined) / 1e9;
        double hundredThousands = (double) clients * messages / 100_000;
        Cost cost = Cost.since(before, stack);
        return new Round(
                clients * messages / seconds,
                (replica.peakResidentBytes() - residentBefore) / 1048576.0,
                cost.service() / hundredThousands,
                cost.postgres() / hundredThousands);
    }

    /** Counts the clients that have received the last message. Time is measured from the first join. */
    private static final class CatchUpListener implements Member.Listener {
        private final long last;
        private long firstJoined;
        private int complete;

        CatchUpListener(long last) {
            this.last = last;
        }

        @Override
        public void joined(Member member) {
            if (firstJoined == 0) {
                firstJoined = System.nanoTime();
            }
        }

        @Override
        public void delivered(Member member, long rev) {
            if (rev == last) {
                complete++;
            }
        }
    }
}
