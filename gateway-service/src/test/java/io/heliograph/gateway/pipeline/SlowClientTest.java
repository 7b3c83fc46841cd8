package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A slow client uses no more connections of a service than its quota. */
@QuarkusTest
@TestProfile(TightPool.class)
class SlowClientTest extends GatewayTest {

    private static final UUID GRACE = UUID.fromString("0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2c");
    private static final UUID LINUS = UUID.fromString("0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2d");

    /** More than any buffer on the way holds. */
    private static final String LARGE = "/api/rooms/bytes?n=200000000";

    private static final String FINISHED = "/api/raw/finished";

    /** Sent at once, so that all of it is here before any of it can be passed on. */
    private static final String SHORT_ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n" + "x".repeat(400);

    /** Fewer than one connection may have. */
    private static final int STREAMS = 90;

    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int ENHANCE_YOUR_CALM = 11;

    RawUpstream raw;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable client : open) {
            client.close();
        }
    }

    @Test
    void shouldNotAcquireAConnectionBeforeASmallBodyIsComplete() throws IOException {
        for (int i = 0; i < 3 * RawUpstream.CONNECTIONS; i++) {
            begin(request("POST", "/api/rooms/slow-body", "Content-Length: 1000\r\n") + "{");
            begin(request("POST", "/api/rooms/slow-body", "Transfer-Encoding: chunked\r\n") + "1\r\n{\r\n");
        }

        assertEquals(200, get("/api/rooms/echo").status());
        assertFalse(good.has("slow-body"));
    }

    @Test
    void shouldSendASmallBodyOnceItIsComplete() throws IOException {
        try (RawClient client = connect()) {
            client.send(request("POST", "/api/rooms/echo", "Content-Length: 5\r\n"));
            client.send("he");
            client.send("llo");

            assertTrue(client.read().body().contains("\"hello\""));
        }
    }

    @Test
    void shouldServeOtherUsersWhileOneDoesNotRead() throws IOException {
        for (int i = 0; i < RawUpstream.CONNECTIONS / 2; i++) {
            read(LARGE, ADA);
        }

        Answer more = get("/api/rooms/echo");
        Answer other = ask("/api/rooms/echo", GRACE);

        assertEquals(429, more.status());
        assertEquals("too_many_in_flight", code(more));
        assertEquals("1", more.header("Retry-After"));
        assertEquals("heliograph; error=http_request_denied", more.header("Proxy-Status"));
        assertEquals(200, other.status());
    }

    @Test
    void shouldWorkForRequestsWhileManyWaitForChanges() throws IOException {
        int waiting = 3 * RawUpstream.CONNECTIONS;
        raw.say("");
        for (int i = 0; i < waiting; i++) {
            begin(request("GET", "/api/raw/changes?after=0&waitMs=25000"));
        }
        await().until(() -> raw.received().size() == waiting);

        raw.say(SHORT_ANSWER);

        assertEquals(200, get("/api/raw/other").status());
    }

    @Test
    void shouldServeOtherAddressesWhileTheUsersOfOneDoNotRead() throws IOException {
        read(LARGE, ADA);
        read(LARGE, GRACE);
        read(LARGE, GRACE);

        Answer more = ask("/api/rooms/echo", LINUS);

        assertEquals("too_many_in_flight", code(more));
    }

    @Test
    void shouldServeQueuedRequestsOnceTheQuotaIsReleased() throws Exception {
        RawClient first = read(LARGE, ADA);
        read(LARGE, ADA);
        assertEquals(429, get("/api/rooms/echo").status());

        first.close();

        await().until(() -> get("/api/rooms/echo").status() == 200);
    }

    @Test
    void shouldBoundUnsentResponsesOfAnHttp2ConnectionWithoutWindow() throws IOException {
        RawHttp2 client = new RawHttp2(gateway.getPort(), 0);
        open.add(client);
        for (int i = 0; i < 3 * RawUpstream.CONNECTIONS; i++) {
            client.open(true, fields(LARGE));
        }
        // Requests with a connection have a response, and the others are rejected.
        for (int i = 0; i < 3 * RawUpstream.CONNECTIONS; i++) {
            RawHttp2.Frame frame = client.read();
            assertTrue(List.of("200", "429").contains(frame.status()), frame::toString);
        }

        assertEquals(200, ask("/api/rooms/echo", GRACE).status());
    }

    /** Each response is finished, and 256 KB of them may wait for a window, on all connections. */
    @Test
    void shouldCloseTheHttp2ConnectionThatExceedsTheBoundOfUnsentResponses() throws IOException {
        raw.say(SHORT_ANSWER);
        int answers = 0;
        RawHttp2.Frame frame;
        do {
            RawHttp2 client = new RawHttp2(gateway.getPort(), 0);
            open.add(client);
            int streams = 0;
            do {
                frame = ask(client);
                assertTrue(frame.type() == GOAWAY || "200".equals(frame.status()), frame::status);
                answers++;
                streams++;
            } while (frame.type() != GOAWAY && streams < STREAMS);
        } while (frame.type() != GOAWAY && answers < 10 * STREAMS);

        assertEquals(GOAWAY, frame.type());
        assertEquals(ENHANCE_YOUR_CALM, frame.payload()[7]);
        assertTrue(answers > STREAMS, answers + " answers");
        assertEquals(200, get("/api/rooms/echo").status());
    }

    @Test
    void shouldServeAnyNumberOfResponsesToAReadingClient() throws IOException {
        raw.say(SHORT_ANSWER);
        try (RawHttp2 client = new RawHttp2(gateway.getPort(), 65_535)) {
            client.frame(WINDOW_UPDATE, 0, 0, new byte[] {0x40, 0, 0, 0});
            for (int i = 0; i < 600; i++) {
                assertEquals(
                        "200",
                        client.read(client.open(true, fields(FINISHED))).get(0).status());
            }
        }
    }

    private RawHttp2.Frame ask(RawHttp2 client) throws IOException {
        client.open(true, fields(FINISHED));
        return client.read();
    }

    private List<String[]> fields(String path) {
        return List.of(
                new String[] {":method", "GET"},
                new String[] {":scheme", "http"},
                new String[] {":authority", "heliograph.example"},
                new String[] {":path", path},
                new String[] {"authorization", "Bearer " + issuer.token(ADA, "ada")});
    }

    @Test
    void shouldAbortABodyBelowTheMinimumRate() throws IOException {
        try (RawClient client = connect()) {
            client.send(request("POST", "/api/rooms/slow-upload", "Content-Length: 100000\r\n") + "{");

            Answer answer = client.read();

            assertEquals(408, answer.status());
            assertEquals("request_timeout", code(answer));
        }
    }

    /** The service sends 40 bytes a second, the floor is 1, and all of its time is three seconds. */
    @Test
    void shouldNotAbortASteadyTransfer() throws IOException {
        try (RawClient client = connect()) {
            client.send(request("GET", "/api/steady/trickle"));
            assertEquals(200, client.readHead().status());

            for (int i = 0; i < 30; i++) {
                assertEquals("data: tick\n\n", client.readChunk());
            }
        }
    }

    private void begin(String text) throws IOException {
        RawClient client = connect();
        open.add(client);
        client.send(text);
    }

    /** Reads the head of a response and nothing of its body. */
    private RawClient read(String uri, UUID user) throws IOException {
        RawClient client = connect();
        open.add(client);
        client.send(asked(uri, user));
        assertEquals(200, client.readHead().status());
        return client;
    }

    private Answer ask(String uri, UUID user) throws IOException {
        return exchange(asked(uri, user));
    }

    private String asked(String uri, UUID user) {
        return "GET " + uri + " HTTP/1.1\r\nHost: heliograph.example\r\nAuthorization: Bearer "
                + issuer.token(user, user.toString()) + "\r\n\r\n";
    }
}
