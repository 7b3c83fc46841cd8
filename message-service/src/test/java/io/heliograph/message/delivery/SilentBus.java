package io.heliograph.message.delivery;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Vetoed;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Delivers nothing. */
@Vetoed
class SilentBus extends DeliveryBus {

    SilentBus(Vertx vertx, DeliveryConfig config, DeliveryMetrics metrics) {
        super(vertx, null, config, metrics);
    }

    @Override
    void start(BiConsumer<UUID, List<Change>> arrived, Runnable reconnected) {}

    @Override
    Future<Void> subscribe(UUID room) {
        return Future.succeededFuture();
    }

    @Override
    void unsubscribe(UUID room) {}

    @Override
    void publish(Map<UUID, List<Change>> rooms) {}
}
