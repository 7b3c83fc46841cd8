package io.heliograph.gateway.door;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.door.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Clients that take their time, of which the gateway has two seconds for each head. */
@QuarkusTest
class SlowHeadTest extends GatewayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration TOO_LONG = PATIENCE.multipliedBy(3);

    @Test
    void shouldNotWaitForHeadersThatComeByteByByte() throws IOException {
        try (RawClient client = connect()) {
            long start = System.nanoTime();
            trickle(client, request("GET", "/api/rooms/echo", "X-Slow: " + "x".repeat(1_000) + "\r\n"));

            Answer answer = client.read();

            assertEquals(408, answer.status());
            assertEquals("request_timeout", code(answer));
            assertEquals("close", answer.header("Connection"));
            assertTrue(System.nanoTime() - start < TOO_LONG.toNanos());
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void shouldNotWaitForThoseOfALaterRequestEither() throws IOException {
        try (RawClient client = connect()) {
            assertEquals(
                    200, client.send(request("GET", "/api/rooms/echo")).read().status());

            client.send("GET /api/rooms/echo HTTP/1.1\r\nHost:");

            assertEquals(408, client.read().status());
        }
    }

    @Test
    void shouldCloseAConnectionOnWhichNothingComes() throws IOException {
        try (RawClient client = connect()) {
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void shouldLetAConnectionRestBetweenRequests() throws IOException {
        try (RawClient client = connect()) {
            client.send(request("GET", "/api/rooms/echo")).read();

            await().pollDelay(PATIENCE.plusMillis(500)).until(() -> true);

            assertEquals(
                    200, client.send(request("GET", "/api/rooms/echo")).read().status());
        }
    }

    @Test
    void shouldTakeNoTimeOfTheAnswerForTimeOfTheHead() throws IOException {
        try (RawClient client = connect()) {
            client.send(request(
                    "GET", "/api/rooms/late?millis=" + PATIENCE.plusMillis(-300).toMillis()));
            client.send("GET /api/rooms/echo HTTP/1.1\r\n");

            assertEquals(200, client.read().status());
            assertEquals(
                    200, client.send("Host: h\r\n" + bearer() + "\r\n").read().status());
        }
    }

    private static void trickle(RawClient client, String text) {
        CompletableFuture.runAsync(() -> {
            try {
                for (char c : text.toCharArray()) {
                    client.send(String.valueOf(c));
                    await().pollDelay(Duration.ofMillis(10)).until(() -> true);
                }
            } catch (IOException cutOff) {
                // As it should be.
            }
        });
    }
}
