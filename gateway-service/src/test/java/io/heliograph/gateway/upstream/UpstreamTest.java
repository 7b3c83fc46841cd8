package io.heliograph.gateway.upstream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.upstream.Instance.InstanceAddress;
import io.heliograph.gateway.upstream.client.RecordingListener;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpstreamTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Vertx vertx = Vertx.vertx();
    private final long now = System.nanoTime();
    /** When none is cold any more. */
    private final long later = now + 60 * SECOND;

    private List<InstanceAddress> silent;

    @BeforeEach
    void start() {
        silent = List.of(server(), server(), server(), server());
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldSelectTheInstanceWithTheFewestRequestsInFlight() {
        Upstream upstream = upstream(3);
        Set<Instance> asked = new HashSet<>();

        for (int i = 0; i < 3; i++) {
            Instance instance = upstream.selectInstance(null, later);
            occupy(instance, 1);
            asked.add(instance);
        }

        assertEquals(3, asked.size());
    }

    @Test
    void shouldDistributeAmongEqualInstances() {
        Upstream upstream = upstream(3);
        Map<Instance, Integer> asked = new HashMap<>();

        for (int i = 0; i < 3_000; i++) {
            asked.merge(upstream.selectInstance(null, later), 1, Integer::sum);
        }

        asked.values().forEach(times -> assertTrue(times > 800, asked.toString()));
    }

    @Test
    void shouldSelectAnotherInstanceThanTheFailedOne() {
        Upstream upstream = upstream(2);
        Instance tried = upstream.selectInstance(null, later);
        Instance other = upstream.selectInstance(tried, later);
        occupy(other, 20);

        for (int i = 0; i < 20; i++) {
            assertSame(other, upstream.selectInstance(tried, later));
        }
    }

    @Test
    void shouldNotSelectAnEjectedInstance() {
        Upstream upstream = upstream(2);
        Instance out = upstream.selectInstance(null, later);
        out.onConnectFailure(later);

        Instance well = upstream.selectInstance(null, later);

        assertNotSame(out, well);
        assertSame(well, upstream.selectInstance(well, later), "better once more than one that is out");
        assertFalse(upstream.hasOtherAvailable(well, later));
        assertTrue(upstream.hasOtherAvailable(out, later));
    }

    @Test
    void shouldUseEjectedInstancesWithinTheirConnectionsIfAllAreEjected() {
        Upstream upstream = upstream(1);
        Instance only = upstream.selectInstance(null, later);
        only.onConnectFailure(later);

        assertSame(only, upstream.selectInstance(null, later));
        occupy(only, 30);

        assertNull(upstream.selectInstance(null, later));
        only.release();
        assertSame(only, upstream.selectInstance(null, later));
    }

    @Test
    void shouldSendNothingToADrainingInstanceUntilAProbeSucceeds() {
        AtomicBoolean leaving = new AtomicBoolean(true);
        List<String> asked = new CopyOnWriteArrayList<>();
        silent = List.of(server(leaving, asked), server());
        Upstream upstream = upstream(2);
        Instance gone = upstream.instances().get(0);
        Instance other = upstream.instances().get(1);
        vertx.runOnContext(ignored -> gone.onDraining(later));
        await().until(() -> asked.size() >= 2);

        long muchLater = later + 3_600 * SECOND;
        assertSame(other, upstream.selectInstance(other, muchLater));
        other.onConnectFailure(muchLater);
        assertSame(other, upstream.selectInstance(other, muchLater), "rather one that fails");
        occupy(other, 30);
        assertNull(upstream.selectInstance(null, muchLater));
        leaving.set(false);

        await().until(() -> upstream.selectInstance(null, muchLater) == gone);
        assertEquals(Set.of("HEAD /"), Set.copyOf(asked));
    }

    @Test
    void shouldSelectADrainingInstanceIfThereIsNoOther() {
        Upstream upstream = upstream(1);
        Instance only = upstream.selectInstance(null, later);
        vertx.runOnContext(ignored -> only.onDraining(later));
        await().until(only::isDraining);

        assertSame(only, upstream.selectInstance(null, later));
    }

    @Test
    void shouldLimitTheTrialsOfAHalfOpenInstance() {
        Upstream upstream = upstream(2);
        Instance out = upstream.selectInstance(null, later);
        out.onConnectFailure(later);
        Instance well = upstream.selectInstance(null, later);
        occupy(well, 25);

        long trial = later + 2 * SECOND;
        for (int i = 0; i < 3; i++) {
            assertSame(out, upstream.selectInstance(null, trial));
            occupy(out, 1);
        }

        assertSame(well, upstream.selectInstance(null, trial));
    }

    @Test
    void shouldSendFewerRequestsDuringSlowStart() {
        Upstream upstream = upstream(2);
        Instance cold = upstream.selectInstance(null, later);
        Instance warm = upstream.selectInstance(cold, later);
        warm.weight(later);
        cold.onConnectFailure(later);
        long back = later + 2 * SECOND;
        for (int i = 0; i < 3; i++) {
            upstream.selectInstance(warm, back);
            upstream.onResponse(cold, 200, back);
        }

        occupy(warm, 5);
        assertSame(warm, upstream.selectInstance(null, back), "one to the cold one weighs ten");
        assertSame(cold, upstream.selectInstance(null, back + 9 * SECOND));
    }

    @Test
    void shouldEjectAnOutlierWithErrors() {
        Upstream upstream = upstream(4);
        List<Instance> all = upstream.instances();
        Instance suspect = all.get(0);
        all.forEach(instance -> answer(upstream, instance, 20, instance == suspect ? 500 : 200));

        answer(upstream, suspect, 1, 500);

        assertFalse(suspect.isAvailable(later));
        assertEquals(
                3, all.stream().filter(instance -> instance.isAvailable(later)).count());
    }

    @Test
    void shouldEjectNoInstanceForErrorsOfAll() {
        Upstream upstream = upstream(4);
        List<Instance> all = upstream.instances();

        for (int i = 0; i < 50; i++) {
            all.forEach(instance -> answer(upstream, instance, 1, 503));
        }

        all.forEach(instance -> assertTrue(instance.isAvailable(later)));
    }

    @Test
    void shouldEjectAtMostHalfOfTheInstances() {
        Upstream upstream = upstream(4);
        List<Instance> all = upstream.instances();
        answer(upstream, all.get(3), 3_000, 200);

        for (int i = 0; i < 50; i++) {
            all.subList(0, 3).forEach(instance -> answer(upstream, instance, 1, 500));
        }

        assertEquals(
                2, all.stream().filter(instance -> instance.isAvailable(later)).count());
    }

    @Test
    void shouldEjectAnUnresponsiveInstanceUntilAProbeSucceeds() {
        AtomicBoolean frozen = new AtomicBoolean(true);
        silent = List.of(freezing(frozen), server());
        Upstream upstream = upstream(2);
        Instance hung = upstream.instances().get(0);
        Instance other = upstream.instances().get(1);
        occupy(hung, 1);

        // In any other state too, and after the client of the only request has disconnected.
        hung.onConnectFailure(later);
        hung.release();
        watchSilence(upstream, later);

        long muchLater = later + 3_600 * SECOND;
        await().until(() -> !hung.isAvailable(muchLater));
        for (int i = 0; i < 20; i++) {
            assertSame(other, upstream.selectInstance(null, muchLater));
        }
        frozen.set(false);
        await().until(() -> hung.isAvailable(muchLater));
    }

    @Test
    void shouldKeepAnInstanceThatRespondsToProbesDuringSlowRequests() {
        List<String> asked = new CopyOnWriteArrayList<>();
        silent = List.of(server(new AtomicBoolean(), asked), server());
        Upstream upstream = upstream(2);
        Instance slow = upstream.instances().get(0);
        occupy(slow, 1);

        AtomicLong clock = new AtomicLong(later);
        await().until(() -> {
            watchSilence(upstream, clock.addAndGet(60 * SECOND));
            return asked.size() >= 3;
        });

        assertTrue(slow.isAvailable(later));
        assertEquals(Set.of("HEAD /"), Set.copyOf(asked));
    }

    @Test
    void shouldNotProbeAnIdleOrRespondingInstance() {
        List<String> asked = new CopyOnWriteArrayList<>();
        silent = List.of(server(new AtomicBoolean(), asked), server());
        Upstream upstream = upstream(2);
        Instance instance = upstream.instances().get(0);

        watchSilence(upstream, later);
        occupy(instance, 1);
        upstream.onResponse(instance, 200, later);
        watchSilence(upstream, later + SECOND);
        watchSilence(upstream, later + 60 * SECOND);

        await().until(() -> !asked.isEmpty());
        assertEquals(List.of("HEAD /"), asked);
    }

    @Test
    void shouldEjectAnInstanceWhoseRequestsAreAbortedAfterTheUsualTime() {
        Upstream upstream = upstream(2);
        Instance hung = upstream.instances().get(0);

        for (int i = 0; i < 5; i++) {
            assertTrue(hung.isAvailable(later));
            upstream.onAbandoned(hung, later, later + SECOND);
        }

        assertFalse(hung.isAvailable(later + SECOND));
    }

    @Test
    void shouldKeepAnInstanceWhoseRequestsAreAbortedAtOnce() {
        Upstream upstream = upstream(2);
        Instance slow = upstream.instances().get(0);

        for (int i = 0; i < 100; i++) {
            upstream.onAbandoned(slow, later, later + SECOND / 10);
        }

        assertTrue(slow.isAvailable(later));
    }

    /** Each response takes three seconds. */
    @Test
    void shouldKeepAnInstanceWhoseRequestsAreAbortedBeforeTheUsualTime() {
        Upstream upstream = upstream(2);
        Instance slow = upstream.instances().get(0);
        for (int i = 0; i < 10; i++) {
            upstream.recordLatency(3 * SECOND, later);
        }

        for (int i = 0; i < 100; i++) {
            upstream.onAbandoned(slow, later, later + 2 * SECOND);
        }

        assertTrue(slow.isAvailable(later));
    }

    @Test
    void shouldKeepAnInstanceThatRespondsToOtherRequests() {
        Upstream upstream = upstream(2);
        Instance slow = upstream.instances().get(0);
        upstream.onResponse(slow, 200, later + SECOND / 2);

        for (int i = 0; i < 100; i++) {
            upstream.onAbandoned(slow, later, later + SECOND);
        }

        assertTrue(slow.isAvailable(later));
    }

    private void watchSilence(Upstream upstream, long nowNanos) {
        vertx.runOnContext(ignored -> upstream.checkLiveness(nowNanos));
    }

    private void answer(Upstream upstream, Instance instance, int times, int status) {
        for (int i = 0; i < times; i++) {
            upstream.onResponse(instance, status, later);
        }
    }

    private void occupy(Instance instance, int requests) {
        for (int i = 0; i < requests; i++) {
            RecordingListener listener = new RecordingListener();
            vertx.runOnContext(ignored -> instance.request(listener, HttpMethod.GET, "/"));
            listener.onConnected().join();
        }
    }

    private Upstream upstream(int instances) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(
                        Map.of("heliograph.gateway.resilience.probe-timeout", "0.5S"), "test", 100))
                .withMapping(PoolConfig.class)
                .withMapping(ResilienceConfig.class)
                .build();
        UpstreamFactory factory = new UpstreamFactory(
                vertx, config.getConfigMapping(PoolConfig.class), config.getConfigMapping(ResilienceConfig.class));
        factory.sizePools(instances);
        Upstream upstream = new Upstream("messages", factory);
        upstream.updateInstances(silent.subList(0, instances));
        return upstream;
    }

    /** Responds as draining while that is set. */
    private InstanceAddress server(AtomicBoolean leaving, List<String> asked) {
        int port = vertx.createHttpServer()
                .requestHandler(request -> {
                    asked.add(request.method() + " " + request.uri());
                    request.response().putHeader("Retry-After", "0").setStatusCode(leaving.get() ? 503 : 404);
                    request.response().end();
                })
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        return new InstanceAddress(URI.create("http://localhost:" + port), null);
    }

    /** Reads nothing for as long as it is frozen. */
    private InstanceAddress freezing(AtomicBoolean frozen) {
        int port = vertx.createHttpServer()
                .requestHandler(request -> {
                    if (!frozen.get()) {
                        request.response().end();
                    }
                })
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        return new InstanceAddress(URI.create("http://localhost:" + port), null);
    }

    private InstanceAddress server() {
        int port = vertx.createNetServer()
                .connectHandler(socket -> {})
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        return new InstanceAddress(URI.create("http://localhost:" + port), null);
    }
}
