package io.heliograph.gateway.upstream.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.gateway.upstream.client.ConnectionPool.PoolLimits;
import io.heliograph.gateway.upstream.client.Connector.ConnectionTarget;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An exception of a listener is reported to it, and its connection is released. */
class CrashTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final Context here = ((VertxInternal) vertx).createEventLoopContext();

    enum Place {
        OPENED,
        SENDING,
        ANSWERED,
        READING,
        ENDING,
        UNOPENED
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotifyOfADefectAndReleaseTheConnection(Place place) throws Exception {
        int port = vertx.createHttpServer()
                .requestHandler(request -> request.response().end("an answer"))
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        SocketAddress address = SocketAddress.inetSocketAddress(place == Place.UNOPENED ? 1 : port, "localhost");
        ConnectionPool pool = new ConnectionPool(
                vertx,
                new Connector(vertx, LONG),
                new ConnectionTarget(address, false, "a"),
                new PoolLimits(1, 0, LONG, LONG));
        Crashing crashing = new Crashing(place);

        here.runOnContext(ignored -> pool.acquire(crashing, HttpMethod.GET, "/"));

        assertEquals("at " + place, crashing.onDefect.get(30, TimeUnit.SECONDS).getMessage());
        if (place != Place.UNOPENED) {
            // The only connection can be had again.
            await().untilAsserted(() -> {
                RecordingListener listener = new RecordingListener();
                here.runOnContext(ignored -> pool.acquire(listener, HttpMethod.GET, "/"));
                UpstreamRequest request = listener.onConnected().get(30, TimeUnit.SECONDS);
                here.runOnContext(ignored -> request.end());
                assertEquals("an answer", listener.body().get(30, TimeUnit.SECONDS));
            });
        }
    }

    private static final class Crashing implements UpstreamRequest.Listener {

        private final Place place;
        private final CompletableFuture<RuntimeException> onDefect = new CompletableFuture<>();

        private Crashing(Place place) {
            this.place = place;
        }

        @Override
        public void onConnected(UpstreamRequest request) {
            crashAt(Place.OPENED);
            if (place == Place.SENDING) {
                try {
                    request.headers().add("X-A", "a\u007fb");
                } catch (RuntimeException e) {
                    throw new IllegalStateException("at SENDING", e);
                }
            }
            request.end();
        }

        @Override
        public void onConnectFailure(Throwable cause) {
            crashAt(Place.UNOPENED);
        }

        @Override
        public void onResponse(UpstreamResponse response) {
            crashAt(Place.ANSWERED);
            response.read(chunk -> crashAt(Place.READING), () -> crashAt(Place.ENDING));
        }

        @Override
        public void onFailure(Throwable cause) {}

        @Override
        public void onDefect(RuntimeException defect) {
            onDefect.complete(defect);
        }

        private void crashAt(Place reached) {
            if (place == reached) {
                throw new IllegalStateException("at " + reached);
            }
        }
    }
}
