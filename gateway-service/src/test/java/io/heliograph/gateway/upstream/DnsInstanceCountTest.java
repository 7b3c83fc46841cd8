package io.heliograph.gateway.upstream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DnsInstanceCountTest {

    private final Vertx vertx = Vertx.vertx();
    private final NameServer names = new NameServer();
    private DnsDiscovery discovery;

    @BeforeEach
    void start() {
        discovery = new DnsDiscovery(
                vertx,
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withDefaultValues(Map.of(
                                "heliograph.gateway.dns.servers", "127.0.0.1:" + names.port(),
                                "heliograph.gateway.dns.interval", "20MS",
                                "heliograph.gateway.dns.timeout", "100MS"))
                        .withMapping(DnsConfig.class)
                        .build()
                        .getConfigMapping(DnsConfig.class));
    }

    @AfterEach
    void stop() {
        names.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldFollowTheNumberOfAddresses() {
        names.answer("127.0.0.1", "127.0.0.2", "127.0.0.3");
        IntSupplier count = discovery.instanceCount("gateways.test", 1);
        await().until(() -> count.getAsInt() == 3);

        names.answer("127.0.0.1", "127.0.0.2");

        await().until(() -> count.getAsInt() == 2);
    }

    @Test
    void shouldBeTheInitialNumberUntilTheNameIsResolved() {
        names.fail(DnsResponseCode.SERVFAIL);

        IntSupplier count = discovery.instanceCount("gateways.test", 5);

        await().until(() -> names.questions() > 2);
        assertEquals(5, count.getAsInt());
    }

    @Test
    void shouldKeepTheLastNumberWhileTheNameServerIsSilent() {
        names.answer("127.0.0.1", "127.0.0.2");
        IntSupplier count = discovery.instanceCount("gateways.test", 1);
        await().until(() -> count.getAsInt() == 2);

        names.fail(DnsResponseCode.SERVFAIL);
        int asked = names.questions();

        await().until(() -> names.questions() > asked + 2);
        assertEquals(2, count.getAsInt());
    }
}
