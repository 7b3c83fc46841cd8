package io.heliograph.benchmarks.users.scenario;

import io.heliograph.benchmarks.harness.process.PgBench;
import io.heliograph.benchmarks.harness.process.Wrk;
import io.heliograph.benchmarks.users.stack.UserStack;
import java.time.Duration;
import java.util.List;

/** What one contestant did in one round; processor time in microseconds per read. */
record ReadRate(double rate, double serviceMicros, double postgresMicros) {

    static ReadRate ofPgBench(UserStack stack, PgBench pgbench, Duration time) {
        Cost before = Cost.soFar(stack);
        PgBench.Result result = pgbench.run(UserStack.CONNECTIONS, time.toSeconds());
        return of(result.rate(), result.transactions(), Cost.since(before, stack));
    }

    static ReadRate ofService(UserStack stack, List<Wrk.Call> calls, Duration time) {
        Cost before = Cost.soFar(stack);
        Wrk.Result result = stack.wrk().run(stack.service().address(), calls, time);
        return of(result.rate(), result.requests(), Cost.since(before, stack));
    }

    private static ReadRate of(double rate, double reads, Cost cost) {
        return new ReadRate(rate, cost.service() / reads * 1e6, cost.postgres() / reads * 1e6);
    }
}
