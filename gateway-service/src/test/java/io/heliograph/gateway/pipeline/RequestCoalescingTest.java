package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Concurrent requests for the same response of a slow service. */
@QuarkusTest
class RequestCoalescingTest extends GatewayTest {

    /** No more than there are connections to the service. */
    private static final int MANY = 8;

    private final String uri = "/api/things/" + UUID.randomUUID();
    private final List<RawClient> clients = new ArrayList<>();

    @Test
    void shouldFetchOnceForConcurrentRequests() throws IOException {
        hold();
        askAll();

        answerHeld("Cache-Control", "max-age=60");

        int collapsed = 0;
        for (RawClient client : clients) {
            Answer answer = client.read();
            assertEquals("held", answer.body());
            collapsed += answer.header("Cache-Status").contains("; collapsed") ? 1 : 0;
        }
        assertEquals(MANY - 1, collapsed);
        assertEquals(1, asked());
    }

    @Test
    void shouldCompleteTheFetchForOthersWhenTheFirstClientDisconnects() throws IOException {
        hold();
        askAll();
        clients.remove(0).close();
        await().until(() -> exchange(question(uri + "/else")).status() == 200);

        answerHeld("Cache-Control", "max-age=60");

        for (RawClient client : clients) {
            assertEquals("held", client.read().body());
        }
        assertEquals(1, asked());
    }

    @Test
    void shouldStoreAfterAllClientsHaveDisconnected() throws IOException {
        hold();
        connect().send(question(uri)).close();
        await().until(() -> asked() == 1);

        answerHeld("Cache-Control", "max-age=60");

        await().until(() -> exchange(question(uri).replace("\r\n\r\n", "\r\nCache-Control: only-if-cached\r\n\r\n"))
                        .status()
                == 200);
        assertEquals(1, asked());
    }

    @Test
    void shouldFetchForEachRequestIfTheResponseIsNotShareable() throws IOException {
        hold();
        askAll();
        assertEquals(1, asked());

        answerHeld("Cache-Control", "private");

        assertEquals("held", clients.get(0).read().body());
        // All the others are with the service at the same time: none waits for another.
        await().until(() -> asked() == MANY);
        answerHeld("Cache-Control", "private");
        for (RawClient client : clients.subList(1, MANY)) {
            assertEquals("held", client.read().body());
        }
        // And the next do not wait for each other at all.
        clients.clear();
        for (int i = 0; i < MANY; i++) {
            ask();
        }
        await().until(() -> asked() == 2 * MANY);
        answerHeld("Cache-Control", "private");
    }

    @Test
    void shouldAbortAPersonalResponseAfterTheClientHasDisconnected() throws IOException {
        TestBounds.halfClosedTimeout(GONE);
        hold();
        connect().send(question(uri)).close();
        await().until(() -> asked() == 1);
        await().until(() -> exchange(question(uri + "/else")).status() == 200);

        answerHeld("Cache-Control", "private");

        await().until(() -> metric("heliograph_gateway_in_flight").equals("0.0"));
    }

    @Test
    void shouldFailTogether() throws IOException {
        hold();
        askAll();

        scripted.answer(request -> request.connection().close());
        held().forEach(request -> request.connection().close());

        for (RawClient client : clients) {
            assertEquals(502, client.read().status());
        }
        // One fetch serves all.
        assertTrue(asked() <= 3, asked() + " times");
    }

    @Test
    void shouldNotServeAFetchFromBeforeAnInvalidationToLaterRequests() throws IOException {
        hold();
        try (RawClient early = connect().send(question(uri));
                RawClient late = connect()) {
            await().until(() -> asked() == 1);
            HttpServerRequest old = held().get(0);
            scripted.answer(request ->
                    request.response().putHeader("Cache-Control", "max-age=60").end("new"));
            assertEquals(
                    200,
                    exchange("PUT " + uri + " HTTP/1.1\r\nHost: heliograph.example\r\nContent-Length: 0\r\n\r\n")
                            .status());

            assertEquals("new", late.send(question(uri)).read().body());
            old.response().putHeader("Cache-Control", "max-age=60").end("old");

            assertEquals("old", early.read().body());
            assertEquals("new", exchange(question(uri)).body());
        }
    }

    @Test
    void shouldForwardAStreamAsItArrives() throws IOException {
        scripted.answer(request -> request.response()
                .setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .write("data: tick\n\n"));
        try (RawClient client = connect()) {
            client.send(question(uri));

            assertEquals("text/event-stream", client.readHead().header("Content-Type"));
        }
    }

    private void hold() {
        scripted.answer(request -> {
            if (request.uri().endsWith("/else")) {
                request.response().end();
            }
        });
    }

    private void askAll() throws IOException {
        ask();
        await().until(() -> asked() == 1);
        for (int i = 1; i < MANY; i++) {
            ask();
        }
        // They have been read once a later request has a response, on each event loop.
        for (int i = 0; i < 8; i++) {
            assertEquals(200, exchange(question(uri + "/else")).status());
        }
    }

    private void ask() throws IOException {
        clients.add(connect().send(question(uri)));
    }

    private void answerHeld(String name, String value) {
        held().forEach(request -> request.response().putHeader(name, value).end("held"));
    }

    private List<HttpServerRequest> held() {
        List<HttpServerRequest> held = mine().stream()
                .filter(request ->
                        !request.response().ended() && !request.response().closed())
                .toList();
        assertTrue(!held.isEmpty());
        return held;
    }

    private long asked() {
        return mine().size();
    }

    private List<HttpServerRequest> mine() {
        return scripted.requests().stream()
                .filter(request ->
                        request.uri().equals(uri) && request.method().name().equals("GET"))
                .toList();
    }

    private String metric(String name) throws IOException {
        String metrics = metrics();
        int value = metrics.indexOf("\n" + name + " ") + name.length() + 2;
        return metrics.substring(value, metrics.indexOf('\n', value));
    }

    private static String question(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: heliograph.example\r\n\r\n";
    }
}
