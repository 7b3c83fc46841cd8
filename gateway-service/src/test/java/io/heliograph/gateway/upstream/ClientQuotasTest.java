package io.heliograph.gateway.upstream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.gateway.upstream.ClientQuotas.ClientKey;
import io.heliograph.gateway.upstream.ClientQuotas.QuotaPermit;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Eight connections: four for a user, six for an address. */
class ClientQuotasTest {

    private final VertxInternal vertx = (VertxInternal) Vertx.vertx();
    private final PoolConfig config = new SmallRyeConfigBuilder()
            .withMapping(PoolConfig.class)
            .withDefaultValue("heliograph.gateway.pool.max-wait", "PT60S")
            .withDefaultValue("heliograph.gateway.pool.keep-alive", "PT30S")
            .withDefaultValue("heliograph.gateway.pool.connect-timeout", "PT1S")
            .withDefaultValue("heliograph.gateway.pool.max-waiting", "50")
            .build()
            .getConfigMapping(PoolConfig.class);
    private final ClientQuotas quotas = new ClientQuotas(config);
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    ClientQuotasTest() {
        quotas.totalConnections(8);
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldLimitAUserToHalfAndAnAddressToThreeQuarters() {
        Context context = vertx.createEventLoopContext();
        for (int i = 0; i < 10; i++) {
            take(new ClientKey("10.0.0.1", new UUID(0, 1)), context);
        }
        await().until(() -> taken.get() == 4);
        for (int i = 0; i < 10; i++) {
            take(new ClientKey("10.0.0.1", new UUID(0, 2)), context);
        }
        await().until(() -> taken.get() == 6);
        take(new ClientKey("10.0.0.2", new UUID(0, 3)), context);
        take(new ClientKey("10.0.0.2", null), context);

        await().until(() -> taken.get() == 8);
        assertEquals(0, refused.get());
    }

    @Test
    void shouldRejectRequestsOverTheQueueBound() {
        Context context = vertx.createEventLoopContext();
        for (int i = 0; i < 4 + 50 + 3; i++) {
            take(new ClientKey("10.0.0.1", new UUID(0, 1)), context);
        }

        await().until(() -> refused.get() == 3);
        assertEquals(4, taken.get());
    }

    /** Concurrent acquisitions on several event loops release every permit in the end. */
    @Test
    void shouldReleaseEveryPermit() {
        Random random = new Random(7);
        List<Context> contexts = List.of(vertx.createEventLoopContext(), vertx.createEventLoopContext());
        List<Runnable> ends = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            ClientKey client =
                    new ClientKey("10.0.0." + random.nextInt(3), random.nextBoolean() ? new UUID(0, i % 5) : null);
            Context context = contexts.get(i % 2);
            QuotaPermit permit = quotas.permit(client, context);
            context.runOnContext(ignored -> permit.acquire(() -> {}, () -> {}));
            Runnable end = () -> context.runOnContext(ignored -> permit.release());
            if (random.nextBoolean()) {
                end.run();
            } else {
                ends.add(end);
            }
        }

        ends.forEach(Runnable::run);

        await().until(() -> quotas.clients() == 0);
    }

    private void take(ClientKey client, Context context) {
        QuotaPermit permit = quotas.permit(client, context);
        context.runOnContext(ignored -> permit.acquire(taken::incrementAndGet, refused::incrementAndGet));
    }
}
