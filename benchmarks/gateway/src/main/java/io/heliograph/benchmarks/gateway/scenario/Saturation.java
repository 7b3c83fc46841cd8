package io.heliograph.benchmarks.gateway.scenario;

import io.heliograph.benchmarks.gateway.stack.Contestant;
import io.heliograph.benchmarks.gateway.stack.GatewayStack;
import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.process.Wrk;
import java.time.Duration;

/** What one contestant did in one round under all the load it could take. */
record Saturation(double rate, Cpu cpu, Redis redis, double passedOnPercent, double residentMib) {

    /** Seconds of a run that warms up. */
    private static final int SHORT = 3;

    /** How many of them there are at the least, and at the most while it gets better. */
    private static final int LEAST = 8;

    private static final int MOST = 20;

    /** After so many that were no better it is taken to be warm. */
    private static final int PATIENCE = 4;

    /** What is less is noise. */
    private static final double RISING = 1.02;

    /** Of the contestant; a percentage of one core. */
    record Cpu(double microsPerRequest, double busyPercent) {}

    /** Both per request. */
    record Redis(double scripts, double cpuMicros) {}

    /**
     * Until a JVM has compiled what this needs, for which it has every core: on one its compiler would take minutes. In
     * short runs, since a connection that ends takes paths that were never taken, and for them the compiler undoes what
     * is hot.
     */
    static void warmUp(GatewayStack stack, Contestant contestant, Effort effort) {
        if (contestant.kind().compiles) {
            stack.onAllCores(contestant, () -> compile(stack, contestant, effort));
        }
        measure(stack, contestant, effort.seconds(SHORT));
    }

    private static void compile(GatewayStack stack, Contestant contestant, Effort effort) {
        int least = effort.size(LEAST);
        int most = effort.size(MOST);
        double best = 0;
        int bestRun = 0;
        for (int run = 0; run < least || (run < most && run - bestRun <= PATIENCE); run++) {
            double rate = measure(stack, contestant, effort.seconds(SHORT)).rate();
            if (rate > best * RISING) {
                best = rate;
                bestRun = run;
            }
        }
    }

    static Saturation measure(GatewayStack stack, Contestant contestant, Duration time) {
        double cpuBefore = contestant.usage().cpuSeconds();
        double redisCpuBefore = stack.redisUsage().cpuSeconds();
        long scriptsBefore = stack.redisScripts();
        long passedOnBefore = stack.passedOn();
        Wrk.Result result =
                stack.wrk(GatewayStack.CONNECTIONS).run(contestant.address(), stack.calls(contestant.traffic()), time);
        double cpu = contestant.usage().cpuSeconds() - cpuBefore;
        double redisCpu = stack.redisUsage().cpuSeconds() - redisCpuBefore;
        // A smoke run on a machine with much else to do may end before the first answer.
        double requests = Math.max(1, result.requests());
        return new Saturation(
                result.rate(),
                new Cpu(cpu / requests * 1e6, cpu / time.toSeconds() * 100),
                new Redis((stack.redisScripts() - scriptsBefore) / requests, redisCpu / requests * 1e6),
                (stack.passedOn() - passedOnBefore) * 100 / requests,
                contestant.usage().residentBytes() / 1024.0 / 1024);
    }
}
