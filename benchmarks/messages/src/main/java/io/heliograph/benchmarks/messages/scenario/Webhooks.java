package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import io.heliograph.benchmarks.messages.stack.EventCounter;
import io.heliograph.benchmarks.messages.stack.MessageStack;
import io.heliograph.benchmarks.messages.stack.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Webhook deliveries, and the cost of idle webhooks for senders. */
public final class Webhooks implements Scenario {

    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m");
    private static final int MESSAGES = 100_000;
    private static final int SINGLE = 5_000;
    private static final int SENDERS = 200;
    private static final int ROOMS = 50;
    private static final int IDLE = 1_000;
    private static final int PER_OWNER = 100;

    private record Posted(double perSecond, double perRequest, double service, double postgres) {}

    @Override
    public String name() {
        return "webhooks";
    }

    @Override
    public Report run(Effort effort) {
        Report report = new Report("webhooks");
        try (MessageStack stack =
                new MessageStack(JVM, null, Map.of("heliograph.egress.allowed-networks", "127.0.0.1"))) {
            posted(stack, effort, report);
            idle(stack, effort, report);
        }
        return report;
    }

    private void posted(MessageStack stack, Effort effort, Report report) {
        int messages = effort.size(MESSAGES);
        Person owner = stack.integrator();
        List<Person> people = Stream.concat(Stream.of(owner), stack.people(SENDERS - 1).stream())
                .toList();
        UUID room = stack.room(people);
        effort.progress("writing " + messages + " messages");
        try (Senders senders = Senders.overSockets(stack, people, List.of(room))) {
            senders.send(messages);
        }
        report.line(
                "A webhook is %,d messages of 100 bytes of one room behind, and its endpoint responds at once; it"
                        + " checks that each change arrives once and in order. Processes are not pinned: service,"
                        + " PostgreSQL and endpoint share the cores.",
                messages);
        report.table("posted", "changes/s", "changes per request", "CPU s per 100,000 changes: service", "PostgreSQL");
        List<Posted> batches = new ArrayList<>();
        for (int round = 0; round < effort.rounds(); round++) {
            effort.progress("posting in batches");
            batches.add(post(stack, owner, room, true, 0, messages));
        }
        row(report, "in batches", batches);
        effort.progress("posting one by one");
        row(
                report,
                "one per request",
                List.of(post(stack, owner, room, false, messages - effort.size(SINGLE), messages)));
    }

    private static void row(Report report, String how, List<Posted> rounds) {
        report.row(List.of(
                how,
                Spread.of(rounds, Posted::perSecond).text("%.0f"),
                Spread.of(rounds, Posted::perRequest).text("%.0f"),
                Spread.of(rounds, Posted::service).text("%.1f"),
                Spread.of(rounds, Posted::postgres).text("%.1f")));
    }

    /** Posts the changes after revision {@code after} up to {@code last}. */
    private static Posted post(MessageStack stack, Person owner, UUID room, boolean batch, long after, long last) {
        try (EventCounter endpoint = new EventCounter(after, last)) {
            String id = create(stack, owner, endpoint.url(), room, batch);
            stack.setCursor(UUID.fromString(id), after);
            Cost before = Cost.soFar(stack);
            stack.replica().ask("PATCH", "/api/webhooks/" + id, owner.token(), "{\"enabled\":true}");
            double seconds = endpoint.awaitSeconds();
            Cost cost = Cost.since(before, stack);
            stack.replica().ask("DELETE", "/api/webhooks/" + id, owner.token(), "");
            double hundredThousands = (last - after) / 100_000.0;
            return new Posted(
                    (last - after) / seconds,
                    (double) (last - after) / endpoint.requests(),
                    cost.service() / hundredThousands,
                    cost.postgres() / hundredThousands);
        }
    }

    private static String create(MessageStack stack, Person owner, String url, UUID room, boolean batch) {
        String webhook = "{\"url\":\"%s\",\"events\":[\"message.created\"],\"rooms\":[\"%s\"],\"batch\":%s}"
                .formatted(url, room, batch);
        return stack.replica()
                .ask("POST", "/api/webhooks", owner.token(), webhook)
                .body()
                .replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1");
    }

    private void idle(MessageStack stack, Effort effort, Report report) {
        int count = effort.size(IDLE);
        List<Person> people = stack.people(SENDERS);
        List<UUID> rooms = IntStream.range(0, ROOMS)
                .mapToObj(room -> stack.room(IntStream.iterate(room, i -> i < SENDERS, i -> i + ROOMS)
                        .mapToObj(people::get)
                        .toList()))
                .toList();
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        try (Senders senders = Senders.overSockets(stack, people, rooms)) {
            effort.progress("warming up");
            senders.run(SENDERS, effort.warmUp());
            for (int round = 0; round < effort.rounds(); round++) {
                effort.progress("sending with and without idle webhooks");
                without.add(senders.run(SENDERS, effort.measured()).rate());
                List<Runnable> removals = register(stack, count);
                with.add(senders.run(SENDERS, effort.measured()).rate());
                removals.forEach(Runnable::run);
            }
        }
        report.line("");
        report.line(
                "%d users send their next message when the previous one is acknowledged, in rooms without webhooks:"
                        + " with no webhook registered, and with %,d webhooks on idle rooms.",
                SENDERS, count);
        report.table("webhooks", "messages/s");
        report.row(List.of("none", Spread.of(without).text("%.0f")));
        report.row(List.of(String.format("%,d, idle", count), Spread.of(with).text("%.0f")));
    }

    private static List<Runnable> register(MessageStack stack, int count) {
        List<Runnable> removals = new ArrayList<>();
        while (removals.size() < count) {
            Person owner = stack.integrator();
            UUID room = stack.room(List.of(owner));
            for (int i = 0; i < PER_OWNER; i++) {
                String id = create(stack, owner, "http://127.0.0.1:65535/", room, true);
                removals.add(() -> stack.replica().ask("DELETE", "/api/webhooks/" + id, owner.token(), ""));
            }
        }
        return removals;
    }
}
