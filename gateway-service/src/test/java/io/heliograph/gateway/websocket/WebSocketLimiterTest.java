package io.heliograph.gateway.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.websocket.WebSocketLimitFilter.WebSocketLimiter;
import io.heliograph.gateway.websocket.WebSocketLimitFilter.WebSocketLimiter.WebSocketSlot;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WebSocketLimiterTest {

    private static final UUID ADA = UUID.fromString("0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b");

    private final WebSocketLimiter limiter = new WebSocketLimiter(new Caps());

    /** Four in all, three from one address, two of one user. */
    private record Caps() implements WebSocketConfig {

        @Override
        public int max() {
            return 4;
        }

        @Override
        public int maxPerAddress() {
            return 3;
        }

        @Override
        public int maxPerUser() {
            return 2;
        }

        @Override
        public Duration drainPeriod() {
            return Duration.ZERO;
        }
    }

    @Test
    void shouldLimitWebSocketsPerAddressUntilOneIsReleased() {
        WebSocketSlot here = new WebSocketSlot("10.0.0.1", null);
        for (int i = 0; i < 3; i++) {
            assertNull(limiter.tryAcquire(here));
        }

        assertEquals(Problem.TOO_MANY_SOCKETS, limiter.tryAcquire(here));
        limiter.release(here);
        assertNull(limiter.tryAcquire(here));
    }

    @Test
    void shouldLimitWebSocketsPerUserOverAllAddresses() {
        assertNull(limiter.tryAcquire(new WebSocketSlot("10.0.0.1", ADA)));
        assertNull(limiter.tryAcquire(new WebSocketSlot("10.0.0.2", ADA)));

        assertEquals(Problem.TOO_MANY_SOCKETS, limiter.tryAcquire(new WebSocketSlot("10.0.0.3", ADA)));
        assertNull(limiter.tryAcquire(new WebSocketSlot("10.0.0.3", null)));
    }

    @Test
    void shouldLimitWebSocketsInTotal() {
        for (int i = 0; i < 4; i++) {
            assertNull(limiter.tryAcquire(new WebSocketSlot("10.0.0." + i, null)));
        }

        assertEquals(Problem.SOCKETS_EXHAUSTED, limiter.tryAcquire(new WebSocketSlot("10.0.0.9", null)));
    }

    @Test
    void shouldKeepNoStateOfRejectedClients() {
        WebSocketSlot ada = new WebSocketSlot("10.0.0.1", ADA);
        assertNull(limiter.tryAcquire(ada));
        assertNull(limiter.tryAcquire(ada));
        for (int i = 0; i < 10; i++) {
            assertEquals(Problem.TOO_MANY_SOCKETS, limiter.tryAcquire(ada));
        }

        assertNull(limiter.tryAcquire(new WebSocketSlot("10.0.0.1", null)));
        limiter.release(ada);
        assertNull(limiter.tryAcquire(new WebSocketSlot("10.0.0.2", ADA)));
    }
}
