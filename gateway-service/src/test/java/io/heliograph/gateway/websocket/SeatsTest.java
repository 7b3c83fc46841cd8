package io.heliograph.gateway.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.websocket.Seats.Seat;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SeatsTest {

    private static final UUID ADA = UUID.fromString("0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b");

    private final Seats seats = new Seats(new Caps());

    /** Four in all, three from one address, two of one user. */
    private record Caps() implements TunnelConfig {

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
    void shouldHaveSoManyForOneAddressUntilOneIsGivenBack() {
        Seat here = new Seat("10.0.0.1", null);
        for (int i = 0; i < 3; i++) {
            assertNull(seats.take(here));
        }

        assertEquals(Problem.TOO_MANY_SOCKETS, seats.take(here));
        seats.free(here);
        assertNull(seats.take(here));
    }

    @Test
    void shouldHaveSoManyForOneUserWhereverTheyAre() {
        assertNull(seats.take(new Seat("10.0.0.1", ADA)));
        assertNull(seats.take(new Seat("10.0.0.2", ADA)));

        assertEquals(Problem.TOO_MANY_SOCKETS, seats.take(new Seat("10.0.0.3", ADA)));
        assertNull(seats.take(new Seat("10.0.0.3", null)));
    }

    @Test
    void shouldHaveSoManyInAll() {
        for (int i = 0; i < 4; i++) {
            assertNull(seats.take(new Seat("10.0.0." + i, null)));
        }

        assertEquals(Problem.SOCKETS_EXHAUSTED, seats.take(new Seat("10.0.0.9", null)));
    }

    @Test
    void shouldKeepNothingOfThoseWhoWereRefused() {
        Seat ada = new Seat("10.0.0.1", ADA);
        assertNull(seats.take(ada));
        assertNull(seats.take(ada));
        for (int i = 0; i < 10; i++) {
            assertEquals(Problem.TOO_MANY_SOCKETS, seats.take(ada));
        }

        assertNull(seats.take(new Seat("10.0.0.1", null)));
        seats.free(ada);
        assertNull(seats.take(new Seat("10.0.0.2", ADA)));
    }
}
