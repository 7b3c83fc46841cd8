package io.heliograph.benchmarks.gateway.scenario;

import io.heliograph.benchmarks.gateway.stack.Contestant;
import io.heliograph.benchmarks.gateway.stack.GatewayStack;
import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.process.Wrk;
import java.time.Duration;

/** The result of one contestant in one round under saturating load. */
record Saturation(double rate, Cpu cpu, Redis redis, double passedOnPercent, double residentMib) {

    /** The length of a warm-up run, in seconds. */
    private static final int SHORT = 3;

    /** The minimum number of warm-up runs, and the maximum while the rate increases. */
    private static final int LEAST = 8;

    private static final int MOST = 20;

    /** The number of runs without an increase after which the contestant is warm. */
    private static final int STABLE_RUNS = 4;

    /** A smaller increase is noise. */
    private static final double RISING = 1.02;

    /** The processor time of the contestant. {@code busyPercent} is a percentage of one core. */
    record Cpu(double microsPerRequest, double busyPercent) {}

    /** Figures per request. */
    record Redis(double scripts, double cpuMicros) {}

    /**
     * Warms up until the JVM has compiled the hot code. It gets all cores, because on one core the compiler would take
     * minutes. The runs are short, because closing connections takes rare code paths, for which the JVM discards
     * compiled code.
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
        for (int run = 0; run < least || (run < most && run - bestRun <= STABLE_RUNS); run++) {
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
        // On a busy machine a smoke run may end before the first response.
        double requests = Math.max(1, result.requests());
        return new Saturation(
                result.rate(),
                new Cpu(cpu / requests * 1e6, cpu / time.toSeconds() * 100),
                new Redis((stack.redisScripts() - scriptsBefore) / requests, redisCpu / requests * 1e6),
                (stack.passedOn() - passedOnBefore) * 100 / requests,
                contestant.usage().residentBytes() / 1024.0 / 1024);
    }
}
