package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.process.PgBench;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Skipped;
import io.heliograph.benchmarks.messages.stack.MessageStack;
import io.heliograph.benchmarks.messages.stack.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Sends that are durable when they are acknowledged, compared with an application that writes to PostgreSQL directly.
 */
public final class DurableSend implements Scenario {

    static final int ROOMS = 50;
    static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m");

    /** The number of senders of the goals. */
    static final int SENDERS = 200;

    private static final List<Integer> LEVELS = List.of(1, 10, 50, SENDERS, 500);
    private static final List<Integer> QUICK_LEVELS = List.of(1, SENDERS);

    @Override
    public String name() {
        return "durable-send";
    }

    @Override
    public Report run(Effort effort) {
        List<Integer> levels = effort.quick() ? QUICK_LEVELS : LEVELS;
        try (MessageStack stack = new MessageStack(JVM, null)) {
            List<Person> people = stack.people(levels.get(levels.size() - 1));
            List<UUID> rooms = IntStream.range(0, ROOMS)
                    .mapToObj(room -> stack.room(everyFiftieth(people, room)))
                    .toList();
            try (Senders sockets = Senders.overSockets(stack, people, rooms);
                    Senders http = Senders.overHttp(stack, people, rooms)) {
                SendContestants contestants = new SendContestants(stack, sockets, http);
                SendRounds rounds = rounds(effort, contestants, levels);
                checkNothingLost(stack, people, rooms, sockets.acknowledged() + http.acknowledged());
                return new SendReport(rounds, stack.replica().usage().peakResidentBytes()).report();
            }
        }
    }

    private static List<Person> everyFiftieth(List<Person> people, int first) {
        return IntStream.iterate(first, i -> i < people.size(), i -> i + ROOMS)
                .mapToObj(people::get)
                .toList();
    }

    private static SendRounds rounds(Effort effort, SendContestants contestants, List<Integer> levels) {
        effort.progress("warming up");
        contestants.warmUp(effort.warmUp());
        contestants.ours(levels);
        if (PgBench.isInstalled()) {
            contestants.theirs();
        } else {
            Skipped.note("pgbench", "it is not installed");
        }
        List<Map<Way, Sends>> rounds = new ArrayList<>();
        for (int round = 1; round <= effort.rounds(); round++) {
            effort.progress("round " + round + " of " + effort.rounds());
            rounds.add(contestants.round(effort.measured()));
        }
        return new SendRounds(rounds);
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
