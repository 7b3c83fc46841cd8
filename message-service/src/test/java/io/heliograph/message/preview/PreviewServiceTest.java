package io.heliograph.message.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.message.egress.Destination;
import io.heliograph.message.egress.EgressPolicy;
import io.heliograph.message.testsupport.Settings;
import io.heliograph.rest.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bounds of previews, on a replica whose Redis is away. */
class PreviewServiceTest {

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Site site;
    private PreviewService service;

    @BeforeEach
    void open() {
        site = Site.on(vertx, "127.0.0.1");
    }

    @AfterEach
    void close() {
        if (service != null) {
            service.close();
        }
        site.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldTimeOutASlowPageAndCloseItsConnection() {
        service = service(Map.of("heliograph.previews.timeout", "0.5S"));

        List<Future<Preview>> previews =
                Stream.of("/drip", "/silence", "/raw/drip").map(this::preview).toList();

        previews.forEach(preview -> assertThat(code(preview)).isEqualTo("preview_unavailable"));
        await().until(() -> inFlight() == 0);
        await().until(() -> site.open() == 0);
        assertThat(meters.get("heliograph.previews")
                        .tag("outcome", "preview_unavailable")
                        .counter()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void shouldBoundConcurrentAndWaitingFetches() {
        service = service(Map.of("heliograph.previews.max-concurrent", "2", "heliograph.previews.max-waiting", "1"));

        List<Future<Preview>> previews =
                IntStream.range(0, 4).mapToObj(i -> preview("/silence?" + i)).toList();

        await().until(() -> site.hosts().size() == 2);
        await().until(() -> previews.stream().anyMatch(Future::failed));
        assertThat(previews.stream().filter(Future::failed).map(PreviewServiceTest::code))
                .containsExactly("overloaded");
        assertThat(inFlight()).isEqualTo(2);

        site.release();

        await().until(() -> previews.stream().allMatch(Future::isComplete));
        assertThat(site.hosts()).hasSize(3);
    }

    @Test
    void shouldLimitTheRequestsOfAUser() {
        service = service(Map.of("heliograph.previews.requests-per-user", "3"));
        UUID ada = UUID.randomUUID();
        UUID grace = UUID.randomUUID();

        for (int i = 0; i < 3; i++) {
            assertThat(code(preview("/plain", ada))).isNull();
        }

        assertThat(code(preview("/plain", ada))).isEqualTo("rate_limited");
        assertThat(code(preview("/plain", grace))).isNull();
    }

    @Test
    void shouldLimitRequestsToAHostIncludingRedirects() {
        service = service(Map.of("heliograph.previews.requests-per-host", "3"));

        assertThat(code(preview("/redirects/1"))).isNull();
        assertThat(code(preview("/redirects/1"))).isEqualTo("rate_limited");
        assertThat(site.hosts()).hasSize(3);
    }

    @Test
    void shouldApplyTheConfiguredBoundsOfAPage() {
        service = service(Map.of(
                "heliograph.previews.max-redirects", "1",
                "heliograph.previews.max-body", "22",
                "heliograph.previews.requests-per-host", "4",
                "heliograph.previews.window", "7M"));

        assertThat(code(preview("/redirects/2"))).isEqualTo("preview_unavailable");
        Future<Preview> cut = preview("/redirects/1");
        assertThat(code(cut)).isNull();
        // Of "<html><head><title>A page</title>".
        assertThat(cut.result().title()).isEqualTo("A p");
        Future<Preview> limited = preview("/plain");
        assertThat(code(limited)).isEqualTo("rate_limited");
        assertThat(limited.cause()).hasMessageContaining("4 pages in 420 seconds");
    }

    @Test
    void shouldCacheAMissingPreview() {
        service = service(Map.of());

        assertThat(code(preview("/missing"))).isEqualTo("preview_unavailable");
        assertThat(code(preview("/missing"))).isEqualTo("preview_unavailable");
        assertThat(site.hosts()).hasSize(1);

        service.close();
        service = service(Map.of("heliograph.previews.negative-max-age", "0S"));

        assertThat(code(preview("/missing"))).isEqualTo("preview_unavailable");
        assertThat(code(preview("/missing"))).isEqualTo("preview_unavailable");
        assertThat(site.hosts()).hasSize(3);
    }

    private PreviewService service(Map<String, String> settings) {
        PreviewConfig config = Settings.of(PreviewConfig.class, settings);
        Redis away = Redis.createClient(vertx, "redis://localhost:1");
        return new PreviewService(
                vertx,
                config,
                new EgressPolicy(List.of("127.0.0.1")),
                new RequestLimits(new RequestCountStore(away), config),
                new PreviewMetrics(meters));
    }

    private double inFlight() {
        return meters.get("heliograph.previews.in.flight").gauge().value();
    }

    private Future<Preview> preview(String path) {
        return preview(path, UUID.randomUUID());
    }

    private Future<Preview> preview(String path, UUID person) {
        Promise<Preview> preview = Promise.promise();
        Destination target =
                Destination.of("http://127.0.0.1:" + (path.startsWith("/raw/") ? site.rawPort() : site.port()) + path);
        vertx.runOnContext(loop -> service.preview(target, person).onComplete(preview));
        return preview.future();
    }

    /** The code with which it fails, or null. */
    private static String code(Future<Preview> preview) {
        await().atMost(Duration.ofMinutes(2)).until(preview::isComplete);
        return preview.failed() ? ((ProblemException) preview.cause()).code() : null;
    }
}
