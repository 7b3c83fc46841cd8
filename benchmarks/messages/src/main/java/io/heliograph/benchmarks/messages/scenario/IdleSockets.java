package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.harness.load.WebSocket;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.messages.stack.MessageStack;
import io.heliograph.benchmarks.messages.stack.Person;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** What connections cost that are there and say nothing. */
public final class IdleSockets implements Scenario {

    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx192m");
    private static final int CONNECTIONS = 10_000;
    private static final int ROOM = 10;
    /** Each local address has some 28,000 ports, which earlier runs may still hold. */
    private static final int ADDRESSES = 4;
    /** Upgrades, tokens and joins under way at once: clients of a real world do not wait for each other either. */
    private static final int OPENING = 100;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public Report run(Effort effort) {
        int count = effort.size(CONNECTIONS);
        try (MessageStack stack = new MessageStack(JVM, null);
                Loop loop = new Loop()) {
            effort.progress("making rooms");
            List<Subscriber.Place> places = places(stack, count);
            long empty = stack.replica().usage().residentBytes();
            effort.progress("opening connections");
            double rate = open(loop, stack, places);
            long opened = stack.replica().usage().residentBytes();
            effort.progress("idling");
            Duration idle = effort.quick() ? Duration.ofSeconds(5) : Duration.ofSeconds(90);
            Cost before = Cost.soFar(stack);
            loop.runFor(idle);
            Cost cost = Cost.since(before, stack);
            return report(count)
                    .row(List.of(
                            String.format(Locale.ROOT, "%.0f", rate),
                            mebibytes(empty),
                            mebibytes(opened),
                            mebibytes(stack.replica().usage().residentBytes()),
                            mebibytes(stack.replica().usage().peakResidentBytes()),
                            String.format(Locale.ROOT, "%.1f", (opened - empty) / 1024.0 / count),
                            String.format(Locale.ROOT, "%.1f", cost.service() / idle.toSeconds() * 100)));
        }
    }

    private static Report report(int count) {
        Report report = new Report("idle");
        report.line(
                "%,d connections, each of another person with a token of their own that the service has not seen before,"
                        + " each joined to a room of %d. They are opened with %d under way at once, then say nothing but"
                        + " the answers to pings. Nothing is pinned: service, PostgreSQL, Redis and load share the cores.",
                count, ROOM, OPENING);
        report.line("");
        report.line("Service: `java %s`.", String.join(" ", JVM));
        return report.table(
                "opened and joined per second",
                "resident before, MiB",
                "with all open",
                "after idling",
                "peak",
                "KiB per connection",
                "% of a core while idle");
    }

    private static List<Subscriber.Place> places(MessageStack stack, int count) {
        List<Subscriber.Place> places = new ArrayList<>();
        while (places.size() < count) {
            List<Person> people = stack.people(ROOM);
            UUID room = stack.room(people);
            stack.withFreshTokens(people).forEach(person -> places.add(new Subscriber.Place(person, room, null)));
        }
        return places;
    }

    private static double open(Loop loop, MessageStack stack, List<Subscriber.Place> places) {
        Opening opening = new Opening(loop, stack.replica().address(), places);
        long start = System.nanoTime();
        for (int i = 0; i < OPENING; i++) {
            opening.next();
        }
        loop.runUntil(() -> opening.joined == places.size(), PATIENCE);
        return places.size() / ((System.nanoTime() - start) / 1e9);
    }

    /** Opens the next connection as soon as an earlier one has joined. */
    private static final class Opening implements Subscriber.Listener {
        private final Loop loop;
        private final InetSocketAddress server;
        private final List<Subscriber.Place> places;
        private int opened;
        private int joined;

        Opening(Loop loop, InetSocketAddress server, List<Subscriber.Place> places) {
            this.loop = loop;
            this.server = server;
            this.places = places;
        }

        void next() {
            if (opened < places.size()) {
                InetSocketAddress source = new InetSocketAddress("127.0.0." + (2 + opened % ADDRESSES), 0);
                WebSocket.open(loop, source, server, new Subscriber(places.get(opened++), this));
            }
        }

        @Override
        public void joined() {
            joined++;
            next();
        }
    }

    private static String mebibytes(long bytes) {
        return Long.toString(bytes >> 20);
    }
}
