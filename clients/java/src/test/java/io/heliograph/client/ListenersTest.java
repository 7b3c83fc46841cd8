package io.heliograph.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ListenersTest {

    private static final RoomEvent LEFT = new RoomEvent.Left("room");
    private static final RoomEvent RESET = new RoomEvent.Reset("room");

    private final Listeners listeners = new Listeners();

    @Test
    void shouldCallEachListenerOfTheTypeUntilItIsRemoved() {
        List<RoomEvent> calls = new ArrayList<>();
        ListenerRegistration one = listeners.add(RoomEvent.Left.class, calls::add);
        listeners.add(RoomEvent.class, calls::add);
        CompletableFuture<RoomEvent.Left> next = listeners.next(RoomEvent.Left.class);

        listeners.call(RESET);
        listeners.call(LEFT);
        one.close();
        listeners.call(LEFT);

        assertEquals(List.of(RESET, LEFT, LEFT, LEFT), calls);
        assertEquals(LEFT, next.join());
    }

    @Test
    void shouldCallTheOthersWhenOneFails() {
        List<RoomEvent> calls = new ArrayList<>();
        listeners.add(RoomEvent.class, event -> {
            throw new IllegalStateException("a defect that a test makes");
        });
        listeners.add(RoomEvent.class, calls::add);

        listeners.call(LEFT);

        assertEquals(List.of(LEFT), calls);
    }

    @Test
    void shouldWantOnlyEventsThatHaveAListener() {
        listeners.add(RoomEvent.Left.class, event -> {});

        assertTrue(listeners.wants(LEFT));
        assertFalse(listeners.wants(RESET));
    }
}
