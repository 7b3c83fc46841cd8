package io.heliograph.gateway.pipeline;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A service that conforms to HTTP; the last segment of the path selects what it does. */
public final class GoodUpstream {

    static final int CHUNK = 64 * 1024;

    private static final long TICK_MILLIS = 100;

    private final Vertx vertx;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicInteger sockets = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private final Set<String> served = ConcurrentHashMap.newKeySet();
    /** Used on the event loop of the server only. */
    private final List<HttpServerRequest> meeting = new ArrayList<>();

    private final AtomicInteger peak = new AtomicInteger();
    private volatile HttpServerRequest held;

    GoodUpstream(Vertx vertx) {
        this.vertx = vertx;
    }

    int start() {
        HttpServerOptions options = new HttpServerOptions()
                .setMaxInitialLineLength(64 * 1024)
                .setMaxHeaderSize(64 * 1024)
                .setPerMessageWebSocketCompressionSupported(true)
                .addWebSocketSubProtocol("heliograph.v1");
        return vertx.createHttpServer(options)
                .requestHandler(this::handle)
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    /** The most concurrent {@code meet} requests since the last call. */
    int peak() {
        return peak.getAndSet(0);
    }

    int requests() {
        return requests.get();
    }

    /** Whether it ever got a request of this name. */
    boolean has(String name) {
        return served.contains(name);
    }

    /** The bytes of the last {@code bytes} response that were written to the socket. */
    long sent() {
        return sent.get();
    }

    /** Bytes of the last {@code sink} or {@code hold} body. */
    long received() {
        return received.get();
    }

    /** Answers without end whose reader has not left. */
    int streams() {
        return streams.get();
    }

    /** Open WebSockets. */
    int sockets() {
        return sockets.get();
    }

    /** Goes on reading the body that {@code hold} has been sent. */
    void release() {
        HttpServerRequest request = held;
        vertx.runOnContext(ignored -> request.resume());
    }

    private void handle(HttpServerRequest request) {
        String path = request.path();
        HttpServerResponse response = request.response();
        if (request.method().equals(HttpMethod.HEAD) && path.equals("/")) {
            // The gateway probes an instance with slow requests.
            response.end();
            return;
        }
        requests.incrementAndGet();
        String name = path.substring(path.lastIndexOf('/') + 1);
        served.add(name);
        switch (name) {
            case "bytes" -> bytes(request, Long.parseLong(request.getParam("n")), request.getParam("length") != null);
            case "sink" -> sink(request);
            case "hold" -> hold(request);
            case "silent" -> {}
            case "openapi" ->
                response.end("{\"paths\": {\"/api/rooms/{room}\": {\"get\": {\"responses\": {}}}, \"/q/dev\": {}}}");
            case "meet" -> meet(request, Integer.parseInt(request.getParam("n")));
            case "text" -> response.putHeader("Content-Type", "text/plain").end("no \"JSON\"");
            case "torn" ->
                response.putHeader("Content-Type", "application/json").end("{\"a\": 1}, {");
            case "trickle" -> trickle(response.setChunked(true));
            case "events" -> trickle(events(response));
            case "quiet-events" -> events(response).writeHead();
            case "status" ->
                response.setStatusCode(Integer.parseInt(request.getParam("code")))
                        .putHeader("ETag", "\"1\"")
                        .end();
            case "hop" -> hop(response);
            case "opinions" -> opinions(response);
            case "early" -> response.setStatusCode(401).end("too early");
            case "refuse" ->
                response.setStatusCode(429)
                        .putHeader("Retry-After", "7")
                        .putHeader("X-Reason", "full")
                        .end("no more sockets");
            case "socket" -> request.toWebSocket().onSuccess(this::echo);
            default -> request.body().onSuccess(body -> describe(request, body));
        }
    }

    /** Answers none before so many are here, and then all; somewhat later, so that one too many would be seen. */
    private void meet(HttpServerRequest request, int count) {
        meeting.add(request);
        peak.accumulateAndGet(meeting.size(), Math::max);
        if (meeting.size() == count) {
            vertx.setTimer(100, timer -> {
                List<HttpServerRequest> all = List.copyOf(meeting);
                meeting.clear();
                all.forEach(met -> describe(met, Buffer.buffer()));
            });
        }
    }

    private static void describe(HttpServerRequest request, Buffer body) {
        JsonArray headers = new JsonArray();
        request.headers().forEach(header -> headers.add(header.getKey() + ": " + header.getValue()));
        request.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Server-Timing", "total;dur=99999")
                .end(new JsonObject()
                        .put("method", request.method().name())
                        .put("uri", request.uri())
                        .put("headers", headers)
                        .put("body", body.toString())
                        .toBuffer());
    }

    private void bytes(HttpServerRequest request, long size, boolean lengthKnown) {
        sent.set(0);
        HttpServerResponse response = request.response();
        if (lengthKnown) {
            response.putHeader("Content-Length", Long.toString(size));
        } else {
            response.setChunked(true);
        }
        response.drainHandler(drained -> pump(response, size));
        response.exceptionHandler(failure -> {});
        pump(response, size);
    }

    private void pump(HttpServerResponse response, long size) {
        while (!response.closed() && sent.get() < size) {
            if (response.writeQueueFull()) {
                return;
            }
            int length = (int) Math.min(CHUNK, size - sent.get());
            response.write(Buffer.buffer(new byte[length]));
            sent.addAndGet(length);
        }
        if (!response.ended()) {
            response.end();
        }
    }

    private void sink(HttpServerRequest request) {
        received.set(0);
        request.handler(chunk -> received.addAndGet(chunk.length()));
        request.endHandler(end -> request.response().end(received.toString()));
    }

    private void hold(HttpServerRequest request) {
        sink(request);
        request.pause();
        held = request;
    }

    private static HttpServerResponse events(HttpServerResponse response) {
        return response.setChunked(true).putHeader("Content-Type", "text/event-stream");
    }

    private void trickle(HttpServerResponse response) {
        response.exceptionHandler(failure -> {});
        streams.incrementAndGet();
        response.closeHandler(closed -> streams.decrementAndGet());
        vertx.setPeriodic(TICK_MILLIS, timer -> {
            if (response.closed()) {
                vertx.cancelTimer(timer);
            } else {
                response.write("data: tick\n\n");
            }
        });
    }

    private static void hop(HttpServerResponse response) {
        response.putHeader("Connection", "X-Private, keep-alive")
                .putHeader("X-Private", "between us")
                .putHeader("Keep-Alive", "timeout=5")
                .putHeader("Proxy-Authenticate", "Basic")
                .putHeader("Upgrade", "h2c")
                .putHeader("X-Request-Id", "the-services-own")
                .putHeader("X-Public", "for all")
                .end("hop");
    }

    private static void opinions(HttpServerResponse response) {
        response.putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Access-Control-Allow-Credentials", "true")
                .putHeader("Vary", "Accept-Encoding")
                .putHeader("Content-Security-Policy", "sandbox")
                .putHeader("Referrer-Policy", "origin")
                .putHeader("X-Content-Type-Options", "sniff")
                .end("opinions");
    }

    private void echo(ServerWebSocket socket) {
        sockets.incrementAndGet();
        socket.closeHandler(closed -> sockets.decrementAndGet());
        socket.textMessageHandler(text -> {
            if (text.startsWith("close ")) {
                socket.close(Short.parseShort(text.substring(6)), "as asked");
            } else {
                socket.writeTextMessage(text);
            }
        });
        socket.binaryMessageHandler(socket::writeBinaryMessage);
        socket.writeTextMessage("welcome " + socket.headers().get("Authorization"));
    }
}
