package io.heliograph.benchmarks.users.scenario;

import io.heliograph.benchmarks.harness.process.PgBench;
import io.heliograph.benchmarks.harness.process.Wrk;
import io.heliograph.benchmarks.users.stack.UserStack;
import java.time.Duration;
import java.util.List;

/** The result of one contestant in one round; processor time in microseconds per read. */
record ReadRate(double rate, double serverMicros, double postgresMicros) {

    static ReadRate ofPgBench(UserStack stack, PgBench pgbench, Duration time) {
        double before = stack.postgresUsage().cpuSeconds();
        PgBench.Result result = pgbench.run(UserStack.CONNECTIONS, time.toSeconds());
        double seconds = stack.postgresUsage().cpuSeconds() - before;
        return new ReadRate(result.rate(), 0, seconds / result.transactions() * 1e6);
    }

    static ReadRate of(Reader reader, UserStack stack, List<Wrk.Call> calls, Duration time) {
        double postgresBefore = stack.postgresUsage().cpuSeconds();
        double serverBefore = reader.usage().cpuSeconds();
        Wrk.Result result = stack.wrk().run(reader.server(), calls, time);
        double server = reader.usage().cpuSeconds() - serverBefore;
        double postgres = stack.postgresUsage().cpuSeconds() - postgresBefore;
        return new ReadRate(result.rate(), server / result.requests() * 1e6, postgres / result.requests() * 1e6);
    }
}
