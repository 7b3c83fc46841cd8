package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Server-sent events, a response without an end. The services of the test send an event each 100 ms. */
@QuarkusTest
class EventStreamTest extends GatewayTest {

    private static final String TICK = "data: tick\n\n";

    @Test
    void shouldForwardTheHeadBeforeTheFirstEvent() throws IOException {
        try (RawClient client = connect()) {
            Answer head = client.send(request("GET", "/api/rooms/quiet-events")).readHead();

            assertEquals(200, head.status());
            assertEquals("text/event-stream", head.header("Content-Type"));
            assertNull(head.header("Content-Length"));
        }
    }

    @Test
    void shouldForwardEachEventImmediately() throws IOException {
        scripted.answer(request -> request.response()
                .setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .write("data: 0\n\n"));
        try (RawClient client = connect()) {
            client.send(request("GET", "/api/scripted/events")).readHead();
            HttpServerResponse events = scripted.last().response();

            for (int i = 0; i < 3; i++) {
                assertEquals("data: " + i + "\n\n", client.readChunk());
                events.write("data: " + (i + 1) + "\n\n");
            }
        }
    }

    @Test
    void shouldExceedTheTotalTimeout() throws IOException {
        try (RawClient client = connect()) {
            client.send(request("GET", "/api/brief/events")).readHead();

            // They take 1.5 s at least, of which an exchange of this route has one.
            for (int i = 0; i < 15; i++) {
                assertEquals(TICK, client.readChunk());
            }
        }
    }

    @Test
    void shouldEndTheStreamAtTheServiceWhenTheClientDisconnects() throws IOException {
        try (RawClient client = connect()) {
            client.send(request("GET", "/api/rooms/events")).readHead();
            client.readChunk();
            await().until(() -> good.streams() > 0);
        }

        await().until(() -> good.streams() == 0);
    }
}
