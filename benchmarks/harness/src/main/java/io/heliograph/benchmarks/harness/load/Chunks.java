package io.heliograph.benchmarks.harness.load;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A body in chunked encoding (RFC 9112, section 7.1), without extensions and trailers, which our services do not send.
 */
record Chunks(byte[] body, int after) {

    private static final int LINE_END = 2;

    /** Returns empty until the last chunk has arrived. */
    static Optional<Chunks> read(byte[] bytes, int start, int end) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(end - start);
        int at = start;
        while (true) {
            int line = at;
            while (at < end && bytes[at] != '\r') {
                at++;
            }
            if (at + LINE_END > end) {
                return Optional.empty();
            }
            int size = Integer.parseInt(new String(bytes, line, at - line, StandardCharsets.US_ASCII), 16);
            at += LINE_END;
            if (at + size + LINE_END > end) {
                return Optional.empty();
            }
            body.write(bytes, at, size);
            at += size + LINE_END;
            if (size == 0) {
                return Optional.of(new Chunks(body.toByteArray(), at));
            }
        }
    }
}
