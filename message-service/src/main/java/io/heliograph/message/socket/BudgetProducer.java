package io.heliograph.message.socket;

import io.heliograph.message.limit.UserBudget;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the one budget that frames and calls over HTTP share. */
@Singleton
final class BudgetProducer {

    @Produces
    @Singleton
    UserBudget budget(SocketConfig config) {
        return new UserBudget(config::sendsPerSecond, config::sendBurst, System::nanoTime);
    }
}
