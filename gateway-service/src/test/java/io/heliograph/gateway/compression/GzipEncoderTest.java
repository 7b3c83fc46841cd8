package io.heliograph.gateway.compression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipEncoderTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10_000, 300_000})
    void shouldEncodeWholeBodies(int size) throws IOException {
        byte[] random = new byte[size];
        new Random(1).nextBytes(random);

        assertArrayEquals(
                random,
                decoded(GzipEncoder.encode(Buffer.buffer(random), 4).getBytes()).readAllBytes());
    }

    @Test
    void shouldMakeEachChunkReadableAtOnce() throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        StringBuilder whole = new StringBuilder();
        try (GzipEncoder encoder = new GzipEncoder(4, Long.MAX_VALUE, () -> {})) {
            for (int i = 0; i < 50; i++) {
                String chunk = "{\"message\": " + i + "}\n";
                whole.append(chunk);
                sent.writeBytes(encoder.encode(Buffer.buffer(chunk), false).getBytes());

                byte[] readable = decoded(sent.toByteArray()).readNBytes(whole.length());
                assertEquals(whole.toString(), new String(readable, StandardCharsets.UTF_8));
            }
            sent.writeBytes(encoder.encode(Buffer.buffer(), true).getBytes());
        }

        // Verifies the checksum and the length as well.
        assertEquals(whole.toString(), text(sent));
    }

    @Test
    void shouldContinueUncompressedPastTheLimit() throws IOException {
        String chunk = "the same again ".repeat(1_000);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (GzipEncoder encoder = new GzipEncoder(9, 15_000, () -> {})) {
            int first = encode(encoder, chunk, sent);
            encode(encoder, chunk, sent);
            int third = encode(encoder, chunk, sent);
            sent.writeBytes(encoder.encode(Buffer.buffer(chunk), true).getBytes());

            assertTrue(first < chunk.length() / 10, "compressed: " + first);
            assertTrue(third >= chunk.length() && third < chunk.length() + 100, "stored: " + third);
        }

        assertEquals(chunk.repeat(4), text(sent));
    }

    @Test
    void shouldBoundEncodersInUse() {
        CompressionPolicy policy = TestCompression.policy(Map.of("max-concurrent", "2"));
        GzipEncoder one = policy.tryOpen();
        GzipEncoder two = policy.tryOpen();
        assertNull(policy.tryOpen());

        one.close();
        one.close();

        assertNotNull(policy.tryOpen());
        assertNull(policy.tryOpen());
        two.encode(Buffer.buffer("last"), true);
        assertNotNull(policy.tryOpen());
    }

    private static int encode(GzipEncoder encoder, String chunk, ByteArrayOutputStream sent) {
        byte[] encoded = encoder.encode(Buffer.buffer(chunk), false).getBytes();
        sent.writeBytes(encoded);
        return encoded.length;
    }

    private static String text(ByteArrayOutputStream sent) throws IOException {
        return new String(decoded(sent.toByteArray()).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static GZIPInputStream decoded(byte[] encoded) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(encoded));
    }
}
