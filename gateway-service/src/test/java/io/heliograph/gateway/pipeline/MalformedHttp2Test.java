package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawHttp2.Frame;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Malformed requests are rejected without an effect on other requests of their connection. */
@QuarkusTest
class MalformedHttp2Test extends GatewayTest {

    private static final int WINDOW = 65_535;

    /** More than a service has connections. */
    private static final int STREAMS = 32;

    static List<String> vectors() throws IOException {
        return lines("/vectors/http2-malformed.txt");
    }

    static List<String> lines(String resource) throws IOException {
        try (InputStream file = MalformedHttp2Test.class.getResourceAsStream(resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldResetOnlyTheStream(String vector) throws IOException {
        try (RawHttp2 client = new RawHttp2(gateway.getPort(), WINDOW)) {
            List<Integer> streams = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                streams.add(client.open(true, malformed(vector)));
            }
            int sound = client.open(true, sound("/api/rooms/echo"));

            List<Frame> frames = client.read(sound);

            assertEquals("200", frames.get(0).status(), vector);
        }
        assertFalse(good.has("malformed"), vector);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldRejectTheRequestOrResetTheStream(String vector) throws IOException {
        try (RawHttp2 client = new RawHttp2(gateway.getPort(), WINDOW)) {
            Frame first = client.read(client.open(true, malformed(vector))).get(0);

            boolean refused = first.type() == RawHttp2.RST_STREAM
                    || (first.status() != null && first.status().startsWith("4"));
            assertTrue(refused, () -> vector + ": " + first);
        }
    }

    @Test
    void shouldResetOnlyTheStreamOfInvalidTrailers() throws IOException {
        try (RawHttp2 client = new RawHttp2(gateway.getPort(), WINDOW)) {
            List<String[]> post = new ArrayList<>(sound("/api/rooms/torn-by-trailers"));
            post.set(0, new String[] {":method", "POST"});
            int torn = client.open(false, post);
            client.trailers(torn, List.<String[]>of(new String[] {":path", "/"}));
            int sound = client.open(true, sound("/api/rooms/echo"));

            assertEquals("200", client.read(sound).get(0).status());
        }
        assertFalse(good.has("torn-by-trailers"));
    }

    @Test
    void shouldRejectConnectOverHttp2() throws IOException {
        try (RawHttp2 client = new RawHttp2(gateway.getPort(), WINDOW)) {
            int tunnel = client.open(
                    false, List.of(new String[] {":method", "CONNECT"}, new String[] {":authority", "elsewhere:443"}));
            Frame first = client.read(tunnel).get(0);
            int sound = client.open(true, sound("/api/rooms/echo"));

            assertTrue(first.type() == RawHttp2.RST_STREAM || "405".equals(first.status()), first::toString);
            assertEquals("200", client.read(sound).get(0).status());
        }
    }

    /** CVE-2026-33871: empty frames, which cost the sender nine bytes each. */
    @Test
    void shouldCloseAConnectionWithAnEndlessHeaderBlock() throws IOException {
        try (RawHttp2 client = new RawHttp2(gateway.getPort(), WINDOW)) {
            client.frame(RawHttp2.HEADERS, 0, 1, RawHttp2.block(sound("/api/rooms/endless-head")));
            int sent = 0;
            try {
                while (sent < 2_000_000) {
                    client.frame(RawHttp2.CONTINUATION, 0, 1, new byte[0]);
                    sent++;
                }
            } catch (IOException closed) {
                // As it should be.
            }
            assertTrue(sent < 2_000_000, "all were taken");
        }
        assertFalse(good.has("endless-head"));
    }

    /** CVE-2026-33870. */
    @ParameterizedTest
    @MethodSource("extensions")
    void shouldNotParseARequestFromAChunkExtension(String size) throws IOException {
        String smuggled = "GET /api/rooms/smuggled-by-extension HTTP/1.1\r\nHost: h\r\n" + bearer() + "\r\n";
        try (RawClient client = connect()) {
            client.send(request("POST", "/api/rooms/echo", "Transfer-Encoding: chunked\r\n")
                    + size.replace("\\r", "\r").replace("\\n", "\n")
                    + smuggled);

            assertEquals(400, client.read().status());
            assertEquals("", client.readToEnd());
        }
        assertFalse(good.has("smuggled-by-extension"));
    }

    static Stream<String> extensions() throws IOException {
        return lines("/vectors/chunk-extensions.txt").stream();
    }

    private List<String[]> sound(String path) {
        return List.of(
                new String[] {":method", "GET"},
                new String[] {":scheme", "http"},
                new String[] {":authority", "heliograph.example"},
                new String[] {":path", path},
                new String[] {"authorization", "Bearer " + issuer.token(ADA, "ada")});
    }

    private List<String[]> malformed(String vector) {
        List<String[]> fields = new ArrayList<>(sound("/api/rooms/malformed"));
        String changes = vector.substring(vector.indexOf('|') + 1).strip();
        for (String change : changes.split("; ", -1)) {
            if (change.startsWith("-")) {
                fields.removeIf(field -> field[0].equals(change.substring(1)));
            } else {
                add(fields, change);
            }
        }
        return fields;
    }

    /** Pseudo-headers come first, but where the order is what is wrong. */
    private static void add(List<String[]> fields, String change) {
        int equals = change.indexOf('=', 1);
        String[] field = change.startsWith("=")
                ? new String[] {"", change.substring(1)}
                : new String[] {bytes(change.substring(0, equals)), bytes(change.substring(equals + 1))};
        boolean misplaced = fields.stream().anyMatch(other -> other[0].equals("x-a"));
        if (field[0].startsWith(":") && !misplaced) {
            fields.add(0, field);
        } else {
            fields.add(field);
        }
    }

    private static String bytes(String text) {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\x", i)) {
                bytes.append((char) Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 3;
            } else {
                bytes.append(text.charAt(i));
            }
        }
        return bytes.toString();
    }
}
