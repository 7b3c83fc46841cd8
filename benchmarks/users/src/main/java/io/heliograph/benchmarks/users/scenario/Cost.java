package io.heliograph.benchmarks.users.scenario;

import io.heliograph.benchmarks.users.stack.UserStack;

/** CPU seconds used by the service and its database. */
record Cost(double service, double postgres) {

    static Cost soFar(UserStack stack) {
        return new Cost(
                stack.service().usage().cpuSeconds(), stack.postgresUsage().cpuSeconds());
    }

    static Cost since(Cost before, UserStack stack) {
        Cost now = soFar(stack);
        return new Cost(now.service - before.service, now.postgres - before.postgres);
    }
}
