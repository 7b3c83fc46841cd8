package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.process.PgBench;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.messages.stack.MessageStack;
import io.heliograph.benchmarks.messages.stack.Person;
import io.heliograph.benchmarks.messages.stack.SingleInserts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Sends that are durable when they are answered, against an application that stores each message by itself. */
public final class DurableSend implements Scenario {

    static final int SENDERS = 200;
    static final int ROOMS = 50;
    static final List<Integer> CLIENTS = List.of(5, 10, 20, 40);
    static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m");

    @Override
    public String name() {
        return "durable-send";
    }

    @Override
    public Report run(Effort effort) {
        try (MessageStack stack = new MessageStack(JVM, null)) {
            List<Person> people = stack.people(SENDERS);
            List<UUID> rooms = IntStream.range(0, ROOMS)
                    .mapToObj(room -> stack.room(everyFiftieth(people, room)))
                    .toList();
            try (Senders sockets = Senders.overSockets(stack, people, rooms);
                    Senders http = Senders.overHttp(stack, people, rooms)) {
                List<SendRound> rounds = rounds(effort, stack, sockets, http);
                checkNothingLost(stack, people, rooms, sockets.acknowledged() + http.acknowledged());
                return new SendReport(rounds).report();
            }
        }
    }

    private static List<Person> everyFiftieth(List<Person> people, int first) {
        return IntStream.iterate(first, i -> i < SENDERS, i -> i + ROOMS)
                .mapToObj(people::get)
                .toList();
    }

    private static List<SendRound> rounds(Effort effort, MessageStack stack, Senders sockets, Senders http) {
        effort.progress("warming up");
        sockets.run(SENDERS, effort.warmUp());
        http.run(SENDERS, effort.warmUp());
        PgBench pgbench = PgBench.isInstalled() ? SingleInserts.on(stack.postgres()) : null;
        List<SendRound> rounds = new ArrayList<>();
        for (int round = 1; round <= effort.rounds(); round++) {
            effort.progress("round " + round + " of " + effort.rounds());
            rounds.add(new SendRound(
                    pgbench == null ? null : yardstick(pgbench, stack, effort.measured()),
                    sockets.run(SENDERS, effort.measured()),
                    http.run(SENDERS, effort.measured()),
                    pgbench == null ? null : pgbench.run(1, effort.measured().toSeconds()),
                    sockets.run(1, effort.measured()),
                    http.run(1, effort.measured())));
        }
        return rounds;
    }

    /** The best that pgbench does at any number of clients, each tried for half the time. */
    private static SendRound.Yardstick yardstick(PgBench pgbench, MessageStack stack, Duration time) {
        SendRound.Yardstick best = null;
        for (int clients : CLIENTS) {
            double before = stack.postgresUsage().cpuSeconds();
            PgBench.Result result = pgbench.run(clients, Math.max(2, time.toSeconds() / 2));
            double cpu = stack.postgresUsage().cpuSeconds() - before;
            if (best == null || result.rate() > best.result().rate()) {
                best = new SendRound.Yardstick(clients, result, cpu / result.transactions() * 10_000);
            }
        }
        return best;
    }

    private static void checkNothingLost(MessageStack stack, List<Person> people, List<UUID> rooms, long acknowledged) {
        long stored = 0;
        for (int room = 0; room < ROOMS; room++) {
            stored += stack.messages(rooms.get(room), people.get(room));
        }
        if (stored != acknowledged) {
            throw new IllegalStateException(acknowledged + " acknowledged and " + stored + " stored");
        }
    }
}
