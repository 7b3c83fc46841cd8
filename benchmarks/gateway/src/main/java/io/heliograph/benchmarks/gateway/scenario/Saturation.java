package io.heliograph.benchmarks.gateway.scenario;

import io.heliograph.benchmarks.gateway.stack.GatewayStack;
import io.heliograph.benchmarks.gateway.stack.RedisCommands;
import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.machine.Usage;
import io.heliograph.benchmarks.harness.process.Wrk;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * What one contestant did in one round under all the load it could take; processor time in microseconds per request.
 * {@code commands} is what was sent to Redis per request.
 */
record Saturation(double rate, double cpuMicros, double busyPercent, double commands, double redisCpuMicros) {

    private static final Duration SHORT = Duration.ofSeconds(3);

    static Saturation ofService(GatewayStack stack, Duration time) {
        return measure(stack, stack.service().address(), stack.service().usage(), GatewayStack.PROXIED, time);
    }

    static Saturation ofNginx(GatewayStack stack, Duration time) {
        return measure(stack, stack.nginx().address(), stack.nginx().usage(), GatewayStack.PROXIED, time);
    }

    static Saturation ofGateway(GatewayStack stack, String path, Duration time) {
        return measure(stack, stack.gateway(path).address(), stack.gateway(path).usage(), path, time);
    }

    /**
     * Until the JVM, whose compiler has to share its only core, has compiled what this needs. In short runs, since a
     * connection that ends takes paths that were never taken, and for them the compiler undoes what is hot.
     */
    static void warmUp(GatewayStack stack, String path, Effort effort) {
        for (long left = effort.warmUp().multipliedBy(3).toSeconds(); left > 0; left -= SHORT.toSeconds()) {
            ofGateway(stack, path, SHORT);
        }
    }

    private static Saturation measure(
            GatewayStack stack, InetSocketAddress server, Usage usage, String path, Duration time) {
        double cpuBefore = usage.cpuSeconds();
        double redisBefore = stack.redisUsage().cpuSeconds();
        RedisCommands commandsBefore = stack.redisCommands();
        Wrk.Result result = stack.wrk().run(server, stack.calls(path), time);
        double cpu = usage.cpuSeconds() - cpuBefore;
        double redis = stack.redisUsage().cpuSeconds() - redisBefore;
        RedisCommands commands = stack.redisCommands().since(commandsBefore);
        return new Saturation(
                result.rate(),
                cpu / result.requests() * 1e6,
                cpu * result.rate() / result.requests() * 100,
                (double) commands.scripts() / result.requests(),
                redis / result.requests() * 1e6);
    }
}
