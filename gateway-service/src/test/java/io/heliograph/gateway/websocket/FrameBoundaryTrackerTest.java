package io.heliograph.gateway.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.websocket.Tunnel.FrameBoundaryTracker;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameBoundaryTrackerTest {

    private static final List<Integer> SIZES = List.of(0, 1, 125, 126, 127, 65_535, 65_536, 70_000, 3);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000, 65_536, 1_000_000})
    void shouldFindFrameBoundariesForAnyFragmentation(int cut) {
        Buffer bytes = Buffer.buffer();
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < SIZES.size(); i++) {
            frame(bytes, SIZES.get(i), i % 2 == 1);
            ends.add(bytes.length());
        }
        FrameBoundaryTracker frames = new FrameBoundaryTracker();

        for (int at = 0; at < bytes.length(); at += cut) {
            int start = at;
            int end = Math.min(bytes.length(), at + cut);
            int found = frames.follow(bytes.getBuffer(start, end));

            int expected = ends.stream()
                    .filter(each -> each > start && each <= end)
                    .map(each -> each - start)
                    .findFirst()
                    .orElse(-1);
            assertEquals(expected, found);
            assertEquals(ends.contains(end), frames.isAtBoundary());
        }
    }

    @Test
    void shouldBeAtABoundaryBeforeTheFirstFrame() {
        assertTrue(new FrameBoundaryTracker().isAtBoundary());
    }

    @Test
    void shouldNeverBeAtABoundaryAfterAnInvalidLength() {
        FrameBoundaryTracker frames = new FrameBoundaryTracker();

        frames.follow(Buffer.buffer(new byte[] {(byte) 0x82, 127, -1, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3}));

        assertFalse(frames.isAtBoundary());
    }

    private static void frame(Buffer bytes, int size, boolean masked) {
        int mask = masked ? 0x80 : 0;
        bytes.appendByte((byte) 0x82);
        if (size < 126) {
            bytes.appendByte((byte) (mask | size));
        } else if (size < 65_536) {
            bytes.appendByte((byte) (mask | 126)).appendUnsignedShort(size);
        } else {
            bytes.appendByte((byte) (mask | 127)).appendLong(size);
        }
        bytes.appendBytes(new byte[(masked ? 4 : 0) + size]);
    }
}
