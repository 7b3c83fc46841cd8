package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.messages.stack.MessageStack;

/** CPU seconds used by the service, PostgreSQL and Redis. */
record Cost(double service, double postgres, double redis) {

    static Cost soFar(MessageStack stack) {
        return new Cost(
                stack.replica().usage().cpuSeconds(),
                stack.postgresUsage().cpuSeconds(),
                stack.redisUsage().cpuSeconds());
    }

    static Cost since(Cost before, MessageStack stack) {
        Cost now = soFar(stack);
        return new Cost(now.service - before.service, now.postgres - before.postgres, now.redis - before.redis);
    }

    Cost and(Cost other) {
        return new Cost(service + other.service, postgres + other.postgres, redis + other.redis);
    }
}
