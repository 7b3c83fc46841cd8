package io.heliograph.gateway.upstream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.heliograph.gateway.upstream.Upstreams.UpstreamAddresses;
import io.heliograph.gateway.upstream.client.RecordingListener;
import io.heliograph.gateway.upstream.client.UpstreamRequest;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DnsDiscoveryTest {

    private final Vertx vertx = Vertx.vertx();
    private final NameServer names = new NameServer();
    private Upstreams upstreams;
    private Upstream messages;

    @BeforeEach
    void start() {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "heliograph.gateway.dns.servers", "127.0.0.1:" + names.port(),
                                "heliograph.gateway.dns.interval", "20MS",
                                "heliograph.gateway.dns.timeout", "100MS"),
                        "test",
                        100))
                .withMapping(DnsConfig.class)
                .withMapping(PoolConfig.class)
                .withMapping(ResilienceConfig.class)
                .build();
        upstreams = new Upstreams(
                new UpstreamFactory(
                        vertx,
                        config.getConfigMapping(PoolConfig.class),
                        config.getConfigMapping(ResilienceConfig.class)),
                new DnsDiscovery(vertx, config.getConfigMapping(DnsConfig.class)));
    }

    @AfterEach
    void stop() {
        names.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldFindEachAddressOfAName() {
        names.answer("127.0.0.2", "127.0.0.1");

        serve(8082);

        await().until(() -> served("[127.0.0.1:8082, 127.0.0.2:8082]"));
    }

    @Test
    void shouldUseTheHostNameUntilItIsResolved() {
        names.fail(DnsResponseCode.SERVFAIL);

        serve(8082);

        await().until(() -> names.questions() > 2);
        assertEquals("[messages.test:8082]", messages.instances().toString());
    }

    @Test
    void shouldAddAndRemoveInstancesAndKeepTheOthers() {
        names.answer("127.0.0.1", "127.0.0.2");
        serve(8082);
        await().until(() -> served("[127.0.0.1:8082, 127.0.0.2:8082]"));
        Instance second = messages.instances().get(1);

        names.answer("127.0.0.2", "127.0.0.3");

        await().until(() -> served("[127.0.0.2:8082, 127.0.0.3:8082]"));
        assertSame(second, messages.instances().get(0));
    }

    static Stream<DnsResponseCode> failures() {
        return Stream.of(DnsResponseCode.NOERROR, DnsResponseCode.NXDOMAIN, DnsResponseCode.SERVFAIL, null);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldKeepTheLastAddressesWithoutAResponse(DnsResponseCode failure) {
        names.answer("127.0.0.1");
        serve(8082);
        await().until(() -> served("[127.0.0.1:8082]"));

        names.fail(failure);
        int before = names.questions();

        await().until(() -> names.questions() > before + 2);
        assertEquals("[127.0.0.1:8082]", messages.instances().toString());
        names.answer("127.0.0.3");
        await().until(() -> served("[127.0.0.3:8082]"));
    }

    @Test
    void shouldStopResolvingRemovedUpstreams() {
        names.answer("127.0.0.1");
        serve(8082);
        await().until(() -> served("[127.0.0.1:8082]"));

        upstreams.update(
                Map.of("messages", messages),
                Map.of("messages", new UpstreamAddresses(List.of(URI.create("http://elsewhere:1")), false)));

        assertEquals("[elsewhere:1]", messages.instances().toString());
        int before = names.questions();
        await().during(Duration.ofMillis(200)).until(() -> names.questions() <= before + 1);
        assertEquals("[elsewhere:1]", messages.instances().toString());
    }

    @Test
    void shouldConnectToTheResolvedAddressWithTheHostName() {
        int port = vertx.createHttpServer()
                .requestHandler(
                        request -> request.response().end(request.authority().toString()))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        names.answer("127.0.0.1");
        serve(port);
        await().until(() -> served("[127.0.0.1:" + port + "]"));

        RecordingListener listener = new RecordingListener();
        CompletableFuture<String> host = listener.body();
        listener.onConnected().thenAccept(UpstreamRequest::end);
        vertx.runOnContext(ignored -> messages.instances().get(0).request(listener, HttpMethod.GET, "/"));

        assertEquals("messages.test:" + port, host.join());
    }

    private void serve(int port) {
        Map<String, Upstream> prepared = upstreams.prepare(List.of("messages"));
        messages = prepared.get("messages");
        UpstreamAddresses addresses = new UpstreamAddresses(List.of(URI.create("http://messages.test:" + port)), true);
        upstreams.update(prepared, Map.of("messages", addresses));
    }

    private boolean served(String instances) {
        return instances.equals(messages.instances().toString());
    }
}
