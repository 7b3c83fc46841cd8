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
        List<RoomEvent> heard = new ArrayList<>();
        ListenerRegistration one = listeners.add(RoomEvent.Left.class, heard::add);
        listeners.add(RoomEvent.class, heard::add);
        CompletableFuture<RoomEvent.Left> next = listeners.next(RoomEvent.Left.class);

        listeners.call(RESET);
        listeners.call(LEFT);
        one.close();
        listeners.call(LEFT);

        assertEquals(List.of(RESET, LEFT, LEFT, LEFT), heard);
        assertEquals(LEFT, next.join());
    }

    @Test
    void shouldCallTheOthersWhenOneFails() {
        List<RoomEvent> heard = new ArrayList<>();
        listeners.add(RoomEvent.class, event -> {
            throw new IllegalStateException("a defect that a test makes");
        });
        listeners.add(RoomEvent.class, heard::add);

        listeners.call(LEFT);

        assertEquals(List.of(LEFT), heard);
    }

    @Test
    void shouldWantOnlyWhatSomebodyListensTo() {
        listeners.add(RoomEvent.Left.class, event -> {});

        assertTrue(listeners.wants(LEFT));
        assertFalse(listeners.wants(RESET));
    }
}
