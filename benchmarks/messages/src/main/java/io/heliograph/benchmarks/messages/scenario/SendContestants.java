package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.process.PgBench;
import io.heliograph.benchmarks.harness.report.Latencies;
import io.heliograph.benchmarks.messages.scenario.Way.Kind;
import io.heliograph.benchmarks.messages.stack.BulkCopy;
import io.heliograph.benchmarks.messages.stack.MessageStack;
import io.heliograph.benchmarks.messages.stack.PlainTables;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The contestants of {@link DurableSend}, in the order of their turns. */
final class SendContestants {

    /** One client for comparison with a single sender; on few cores PostgreSQL is fastest with 10 to 40 clients. */
    private static final List<Integer> CLIENTS = List.of(1, 10, 20, 40);

    private final Map<Way, Function<Duration, Sends>> contestants = new LinkedHashMap<>();
    private final MessageStack stack;
    private final Senders sockets;
    private final Senders http;

    private double pace;

    SendContestants(MessageStack stack, Senders sockets, Senders http) {
        this.stack = stack;
        this.sockets = sockets;
        this.http = http;
    }

    void warmUp(Duration time) {
        sockets.run(DurableSend.SENDERS, time);
        // The same rate for both, at half the rate of REST, so that neither is overloaded.
        pace = Math.floor(http.run(DurableSend.SENDERS, time).rate() / 2);
    }

    /** @param levels the numbers of concurrent senders */
    void ours(List<Integer> levels) {
        for (int senders : levels) {
            contestants.put(new Way(Kind.SOCKETS, senders), time -> sockets.run(senders, time));
            contestants.put(new Way(Kind.REST, senders), time -> http.run(senders, time));
        }
        int most = DurableSend.SENDERS;
        contestants.put(new Way(Kind.PACED_SOCKETS, most), time -> sockets.paced(most, pace, time));
        contestants.put(new Way(Kind.PACED_REST, most), time -> http.paced(most, pace, time));
    }

    /** Adds the contestants that write to PostgreSQL directly. */
    void theirs() {
        PlainTables tables = PlainTables.on(stack.postgres());
        PgBench one = tables.one();
        CLIENTS.forEach(clients -> add(Kind.ONE_EACH, clients, one, 1));
        add(Kind.BATCH_EACH, 10, tables.batch(), PlainTables.BATCH);
        add(Kind.UNORDERED, 1, tables.unordered(), 1);
        add(Kind.UNORDERED_BATCH, 1, tables.unorderedBatch(), PlainTables.BATCH);
        BulkCopy copy = tables.copy();
        contestants.put(new Way(Kind.COPY, copy.connections()), time -> copied(copy, time));
    }

    /** Measures each contestant for 2/5 of {@code time}, since there are many. */
    Map<Way, Sends> round(Duration time) {
        // pgbench measures whole seconds.
        Duration each = Duration.ofSeconds(Math.max(1, time.toSeconds() * 2 / 5));
        Map<Way, Sends> round = new LinkedHashMap<>();
        contestants.forEach((way, contestant) -> round.put(way, contestant.apply(each)));
        return round;
    }

    private void add(Kind kind, int clients, PgBench pgbench, int batch) {
        contestants.put(new Way(kind, clients), time -> {
            Cost before = Cost.soFar(stack);
            PgBench.Result result = pgbench.run(clients, time.toSeconds());
            return new Sends(
                    result.rate() * batch, result.transactions() * batch, new Latencies(), Cost.since(before, stack));
        });
    }

    private Sends copied(BulkCopy copy, Duration time) {
        Cost before = Cost.soFar(stack);
        long start = System.nanoTime();
        long messages = copy.run(time);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Sends(messages / seconds, messages, new Latencies(), Cost.since(before, stack));
    }
}
