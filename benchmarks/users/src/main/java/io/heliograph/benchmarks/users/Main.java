package io.heliograph.benchmarks.users;

import io.heliograph.benchmarks.harness.Benchmark;
import io.heliograph.benchmarks.harness.process.PgBench;
import io.heliograph.benchmarks.harness.process.Wrk;
import io.heliograph.benchmarks.users.scenario.SignIn;
import io.heliograph.benchmarks.users.scenario.UserBatch;
import io.heliograph.benchmarks.users.scenario.UserRead;
import java.util.List;

/** The benchmarks of user-service. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        if (!PgBench.isInstalled() || !Wrk.isInstalled()) {
            System.err.println(
                    "SKIPPED: the benchmarks of users need pgbench and wrk, and one of them is not installed");
            return;
        }
        Benchmark.run(List.of(new UserRead(), new UserBatch(), new SignIn()), args);
    }
}
