package io.heliograph.gateway.upstream.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.upstream.client.ConnectionPool.PoolExhaustedException;
import io.heliograph.gateway.upstream.client.ConnectionPool.PoolLimits;
import io.heliograph.gateway.upstream.client.Connector.ConnectionTarget;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionPoolTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final Context here = ((VertxInternal) vertx).createEventLoopContext();
    private final Context there = ((VertxInternal) vertx).createEventLoopContext();
    /** The requests of the service, which responds when a test lets it. */
    private final BlockingQueue<HttpServerRequest> asked = new LinkedBlockingQueue<>();

    private final Connector connector = new Connector(vertx, LONG);
    private int port;

    @BeforeEach
    void start() {
        port = vertx.createHttpServer()
                .requestHandler(asked::add)
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldReuseAConnectionForTheNextRequest() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(2, 0, LONG, LONG));
        Set<HttpConnection> used = new HashSet<>();

        for (int i = 0; i < 3; i++) {
            RecordingListener listener = ask(pool, here);
            used.add(answer("fine"));
            assertEquals("fine", listener.body().get(60, TimeUnit.SECONDS));
        }

        assertEquals(1, used.size());
        assertEquals(1, pool.open());
    }

    @Test
    void shouldBoundTheNumberOfWaitingRequests() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(1, 1, LONG, LONG));
        RecordingListener first = ask(pool, here);
        RecordingListener second = ask(pool, here);
        await().until(() -> pool.waiting() == 1);

        RecordingListener third = ask(pool, there);

        assertExhausted(third);
        assertEquals(1, pool.waiting());
        answer("first");
        assertEquals("first", first.body().get(60, TimeUnit.SECONDS));
        answer("second");
        assertEquals("second", second.body().get(60, TimeUnit.SECONDS));
    }

    @Test
    void shouldBoundTheWaitingTime() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(1, 1, Duration.ofMillis(100), LONG));
        RecordingListener first = ask(pool, here);

        RecordingListener second = ask(pool, here);

        assertExhausted(second);
        assertEquals(0, pool.waiting());
        answer("fine");
        assertEquals("fine", first.body().get(60, TimeUnit.SECONDS));
    }

    @Test
    void shouldPassReleasedConnectionsToWaitingRequests() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(1, 1, LONG, LONG));
        RecordingListener first = ask(pool, here);
        RecordingListener second = ask(pool, here);

        HttpConnection used = answer("first");

        assertEquals("first", first.body().get(60, TimeUnit.SECONDS));
        assertEquals(used, answer("second"));
        assertEquals("second", second.body().get(60, TimeUnit.SECONDS));
    }

    @Test
    void shouldCloseIdleConnectionsForRequestsOfAnotherEventLoop() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(1, 1, LONG, LONG));
        RecordingListener first = ask(pool, here);
        HttpConnection idle = answer("first");
        first.body().get(60, TimeUnit.SECONDS);

        RecordingListener second = ask(pool, there);

        assertTrue(idle != answer("second"), "it belongs to the other event loop");
        assertEquals("second", second.body().get(60, TimeUnit.SECONDS));
        assertEquals(1, pool.open());
    }

    @Test
    void shouldDistributeConnectionsAmongWaitingEventLoops() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(4, 100, LONG, LONG));
        List<RecordingListener> hearers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            hearers.add(ask(pool, here));
        }
        await().until(() -> pool.waiting() == 16);
        for (int i = 0; i < 20; i++) {
            hearers.add(ask(pool, there));
        }
        await().until(() -> pool.waiting() == 36);
        assertEquals(4, pool.open());

        Set<HttpConnection> used = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            used.add(answer("fine"));
        }

        for (RecordingListener listener : hearers) {
            assertEquals("fine", listener.body().get(60, TimeUnit.SECONDS));
        }
        // A connection closed for a loop without waiting requests is not opened again.
        assertTrue(pool.open() <= 4, () -> pool.open() + " are open");
        assertTrue(used.size() <= 8, () -> used.size() + " connections, where two had to change their event loop");
    }

    @Test
    void shouldRecoverFromBrokenConnections() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(1, 1, LONG, LONG));
        RecordingListener first = ask(pool, here);
        // Of requests of two event loops, either may come first.
        HttpServerRequest broken = next();
        RecordingListener second = ask(pool, there);

        broken.connection().close();

        assertThrows(Exception.class, () -> first.onResponse().get(60, TimeUnit.SECONDS));
        answer("second");
        assertEquals("second", second.body().get(60, TimeUnit.SECONDS));
    }

    @Test
    void shouldReportARefusedConnection() {
        ConnectionPool pool = new ConnectionPool(vertx, connector, target(1), new PoolLimits(1, 1, LONG, LONG));

        RecordingListener listener = ask(pool, here);

        assertThrows(CompletionException.class, () -> listener.onConnected().join());
        await().until(() -> pool.open() == 0);
    }

    @Test
    void shouldCloseIdleConnections() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(1, 1, LONG, Duration.ofMillis(100)));
        RecordingListener listener = ask(pool, here);
        answer("fine");
        listener.body().get(60, TimeUnit.SECONDS);

        await().until(() -> pool.open() == 0);
    }

    @Test
    void shouldApplyTheKeepAliveTimeoutOfTheService() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(1, 1, LONG, LONG));
        RecordingListener listener = ask(pool, here);
        next().response().putHeader("Keep-Alive", "timeout=0, max=100").end("fine");
        listener.body().get(60, TimeUnit.SECONDS);

        await().until(() -> pool.open() == 0);
    }

    @Test
    void shouldReuseAnUnusedConnection() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(1, 0, LONG, LONG));
        RecordingListener regretful = new RecordingListener();
        regretful.onConnected().thenAccept(request -> {
            assertTrue(request.isUnsent());
            request.reset();
        });
        here.runOnContext(ignored -> pool.acquire(regretful, HttpMethod.GET, "/"));
        regretful.onConnected().join();

        RecordingListener listener = ask(pool, here);

        answer("fine");
        assertEquals("fine", listener.body().get(60, TimeUnit.SECONDS));
        assertEquals(1, pool.open());
    }

    @Test
    void shouldNotReuseAConnectionWhoseRequestWasReset() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(1, 0, LONG, LONG));
        RecordingListener listener = ask(pool, here);
        HttpServerRequest begun = next();

        here.runOnContext(ignored -> listener.onConnected().join().reset());

        await().until(() -> pool.open() == 0);
        assertFalse(listener.onResponse().isDone());
        begun.response().end("too late").onComplete(whatever -> {});
    }

    @Test
    void shouldAcceptOneResponsePerRequest() throws Exception {
        String answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfine\r\n0\r\n\r\n";
        int twofold = vertx.createNetServer()
                .connectHandler(socket -> socket.handler(asked -> socket.write(answer + answer)))
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        ConnectionPool pool = new ConnectionPool(vertx, connector, target(twofold), new PoolLimits(1, 0, LONG, LONG));
        RecordingListener listener = new RecordingListener();
        listener.onConnected().thenAccept(UpstreamRequest::end);
        listener.onResponse().thenAccept(UpstreamResponse::pause);

        here.runOnContext(ignored -> pool.acquire(listener, HttpMethod.GET, "/"));
        UpstreamResponse paused = listener.onResponse().get(60, TimeUnit.SECONDS);
        await().until(paused::isComplete);
        here.runOnContext(ignored -> paused.resume());

        assertEquals("fine", listener.body().get(60, TimeUnit.SECONDS));
        await().until(() -> pool.open() == 0);
        assertEquals(1, listener.answers());
    }

    private ConnectionPool pool(PoolLimits limits) {
        return new ConnectionPool(vertx, connector, target(port), limits);
    }

    private static ConnectionTarget target(int port) {
        return new ConnectionTarget(SocketAddress.inetSocketAddress(port, "localhost"), false, "localhost:" + port);
    }

    private static RecordingListener ask(ConnectionPool pool, Context on) {
        RecordingListener listener = new RecordingListener();
        listener.onConnected().thenAccept(UpstreamRequest::end);
        on.runOnContext(ignored -> pool.acquire(listener, HttpMethod.GET, "/"));
        return listener;
    }

    private HttpServerRequest next() throws InterruptedException {
        HttpServerRequest next = asked.poll(60, TimeUnit.SECONDS);
        assertTrue(next != null, "nothing was asked");
        return next;
    }

    /** Answers the next request; on which connection. */
    private HttpConnection answer(String body) throws InterruptedException {
        HttpServerRequest next = next();
        next.response().end(body);
        return next.connection();
    }

    private static void assertExhausted(RecordingListener listener) {
        CompletionException failure = assertThrows(
                CompletionException.class, () -> listener.onConnected().join());
        assertInstanceOf(PoolExhaustedException.class, failure.getCause());
    }
}
