package io.heliograph.message.websocket;

import io.heliograph.message.limit.RateLimit;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Produces the rate limit that frames and calls over HTTP share. */
@Singleton
final class SendLimitProducer {

    @Produces
    @Singleton
    RateLimit budget(SocketConfig config) {
        return RateLimit.perSecond("send", "messages", config::sendsPerSecond, config::sendBurst, System::nanoTime);
    }
}
