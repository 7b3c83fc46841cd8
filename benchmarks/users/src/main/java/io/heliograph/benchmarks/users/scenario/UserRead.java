package io.heliograph.benchmarks.users.scenario;

import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.harness.load.PacedLoad;
import io.heliograph.benchmarks.harness.machine.Machine;
import io.heliograph.benchmarks.harness.process.Peer;
import io.heliograph.benchmarks.harness.process.PeerProcess;
import io.heliograph.benchmarks.harness.process.PgBench;
import io.heliograph.benchmarks.harness.process.Wrk;
import io.heliograph.benchmarks.harness.report.Latencies;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.users.stack.UserStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Accounts read by id over HTTP, compared with the same query on PostgreSQL directly and with FastAPI. */
public final class UserRead implements Scenario {

    /** How often the load reconnects during the warm-up: rare code paths make the JVM discard compiled code. */
    private static final int RECONNECTS = 10;

    @Override
    public String name() {
        return "user-read";
    }

    @Override
    public Report run(Effort effort) {
        Optional<Peer> peer = Peer.install("fastapi-users");
        try (UserStack stack = new UserStack();
                PeerProcess fastApi = peer.flatMap(
                                installed -> installed.start(Machine.allCores(), stack.peerSettings()))
                        .orElse(null)) {
            List<Reader> readers = Reader.all(stack, fastApi);
            Map<Reader, List<Wrk.Call>> calls = new LinkedHashMap<>();
            readers.forEach(reader -> calls.put(reader, reader.calls(stack)));
            effort.progress("warming up");
            // Half the rate of the slowest, so that no contestant is overloaded.
            double pace = readers.stream()
                            .mapToDouble(reader -> warmUp(reader, stack, calls.get(reader), effort))
                            .min()
                            .orElseThrow()
                    / 2;
            readers.forEach(reader -> reader.usage().resetPeak());
            List<ReadRound> rounds = rounds(stack, calls, Math.max(1, Math.floor(pace)), effort);
            return new ReadReport(readers, rounds, peer.map(Peer::versions)).report();
        }
    }

    private static List<ReadRound> rounds(
            UserStack stack, Map<Reader, List<Wrk.Call>> calls, double pace, Effort effort) {
        PgBench pgbench = stack.pgbench();
        List<ReadRound> rounds = new ArrayList<>();
        for (int round = 1; round <= effort.rounds(); round++) {
            effort.progress("round " + round + " of " + effort.rounds());
            ReadRate baseline = ReadRate.ofPgBench(stack, pgbench, effort.measured());
            Map<Reader, ReadRate> saturated = new LinkedHashMap<>();
            calls.forEach(
                    (reader, asked) -> saturated.put(reader, ReadRate.of(reader, stack, asked, effort.measured())));
            Map<Reader, Latencies> paced = new LinkedHashMap<>();
            calls.forEach((reader, asked) -> paced.put(reader, paced(reader, stack, asked, pace, effort.measured())));
            rounds.add(new ReadRound(baseline, saturated, paced));
        }
        return rounds;
    }

    private static double warmUp(Reader reader, UserStack stack, List<Wrk.Call> calls, Effort effort) {
        Wrk wrk = stack.wrk();
        // A server without a JIT compiler is warm at once. A cold JVM may reject requests, which do not count yet.
        wrk.attempt(reader.server(), calls, reader.isOurs() ? effort.warmUp().multipliedBy(2) : effort.measured());
        for (int i = 0; i < (effort.quick() ? 1 : RECONNECTS); i++) {
            wrk.run(reader.server(), calls, Duration.ofSeconds(1));
        }
        return wrk.run(reader.server(), calls, Duration.ofSeconds(1)).rate();
    }

    /** Uses the tokens of those calls, so that in each round the servers already know the tokens. */
    private static Latencies paced(Reader reader, UserStack stack, List<Wrk.Call> calls, double pace, Duration time) {
        List<String> tokens = calls.stream().map(Wrk.Call::token).toList();
        try (Loop loop = new Loop(PacedLoad.TURN)) {
            return new PacedLoad(loop, reader.server(), UserStack.CONNECTIONS, reader.path() + stack.id(0), tokens)
                    .run(pace, time);
        }
    }
}
