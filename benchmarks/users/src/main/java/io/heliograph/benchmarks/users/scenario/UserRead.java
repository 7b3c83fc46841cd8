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

/** Accounts looked up one by one over HTTP, against PostgreSQL asked for the same directly, and against FastAPI. */
public final class UserRead implements Scenario {

    /** So often the load leaves and comes back before anything counts: what happens seldom undoes compiled code. */
    private static final int RETURNS = 10;

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
            // Half of what the slowest can: what is late at that pace is late by itself.
            double pace = readers.stream()
                            .mapToDouble(reader -> warmUp(reader, stack, calls.get(reader), effort))
                            .min()
                            .orElseThrow()
                    / 2;
            readers.forEach(reader -> reader.usage().forgetPeak());
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
            ReadRate yardstick = ReadRate.ofPgBench(stack, pgbench, effort.measured());
            Map<Reader, ReadRate> saturated = new LinkedHashMap<>();
            calls.forEach(
                    (reader, asked) -> saturated.put(reader, ReadRate.of(reader, stack, asked, effort.measured())));
            Map<Reader, Latencies> paced = new LinkedHashMap<>();
            calls.forEach((reader, asked) -> paced.put(reader, paced(reader, stack, asked, pace, effort.measured())));
            rounds.add(new ReadRound(yardstick, saturated, paced));
        }
        return rounds;
    }

    private static double warmUp(Reader reader, UserStack stack, List<Wrk.Call> calls, Effort effort) {
        Wrk wrk = stack.wrk();
        // What is compiled ahead is warm at once. A cold JVM beside others may refuse some, before anything counts.
        wrk.attempt(reader.server(), calls, reader.isOurs() ? effort.warmUp().multipliedBy(2) : effort.measured());
        for (int i = 0; i < (effort.quick() ? 1 : RETURNS); i++) {
            wrk.run(reader.server(), calls, Duration.ofSeconds(1));
        }
        return wrk.run(reader.server(), calls, Duration.ofSeconds(1)).rate();
    }

    /** With the tokens of those calls: a server that has met its callers is what is measured, in each round alike. */
    private static Latencies paced(Reader reader, UserStack stack, List<Wrk.Call> calls, double pace, Duration time) {
        List<String> tokens = calls.stream().map(Wrk.Call::token).toList();
        try (Loop loop = new Loop(PacedLoad.TURN)) {
            return new PacedLoad(loop, reader.server(), UserStack.CONNECTIONS, reader.path() + stack.id(0), tokens)
                    .run(pace, time);
        }
    }
}
