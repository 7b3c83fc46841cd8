package io.heliograph.gateway.door;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.door.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Server-sent events: an answer that has no end. The test's services send a tick each 300 ms. */
@QuarkusTest
class EventStreamTest extends GatewayTest {

    private static final String TICK = "data: tick\n\n";

    /** In which an exchange that is no stream must end. */
    private static final Duration TOTAL = Duration.ofSeconds(15);

    @Test
    void shouldPassOnTheHeadBeforeThereIsAnEvent() throws IOException {
        try (RawClient client = connect()) {
            Answer head = client.send(request("GET", "/api/rooms/quiet-events")).readHead();

            assertEquals(200, head.status());
            assertEquals("text/event-stream", head.header("Content-Type"));
            assertNull(head.header("Content-Length"));
        }
    }

    @Test
    void shouldPassOnEachEventAtOnce() throws IOException {
        try (RawClient client = connect()) {
            client.send(request("GET", "/api/rooms/events")).readHead();
            long start = System.nanoTime();

            assertEquals(TICK, client.readChunk());
            assertEquals(TICK, client.readChunk());

            assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() < 5_000);
        }
    }

    @Test
    void shouldGoOnForLongerThanAnExchangeMayTake() throws IOException {
        try (RawClient client = connect()) {
            client.send(request("GET", "/api/rooms/events")).readHead();
            long end = System.nanoTime() + TOTAL.plusSeconds(2).toNanos();

            while (System.nanoTime() < end) {
                assertEquals(TICK, client.readChunk());
            }
        }
    }

    @Test
    void shouldEndAtTheServiceWhenTheClientLeaves() throws IOException {
        try (RawClient client = connect()) {
            client.send(request("GET", "/api/rooms/events")).readHead();
            client.readChunk();
            await().until(() -> good.streams() > 0);
        }

        await().until(() -> good.streams() == 0);
    }
}
