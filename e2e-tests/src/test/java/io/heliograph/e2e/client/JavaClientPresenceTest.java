package io.heliograph.e2e.client;

import static java.util.stream.Collectors.toSet;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.client.HeliographClient;
import io.heliograph.client.Room;
import io.heliograph.client.RoomEvent;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Events that are published and not stored. */
class JavaClientPresenceTest extends JavaClientCase {

    private final Person ada = clients.person("ada");
    private final Person bob = clients.person("bob");

    JavaClientPresenceTest(Heliograph heliograph) {
        super(heliograph);
    }

    @Test
    void shouldShowPresenceAndTyping() {
        HeliographClient second = clients.live(bob);
        Room room = roomOfBoth(second);
        Room other = second.room(room.id());
        EventLog log = EventLog.of(room, RoomEvent.PresenceChanged.class, RoomEvent.Typing.class);
        assertEquals(1, room.online());

        other.subscribe().join();
        await("two online").until(() -> room.online() == 2);
        other.typing();
        other.typing();
        await("typing").until(() -> !log.of(RoomEvent.Typing.class).isEmpty());

        assertEquals(
                Set.of(id(ada), id(bob)),
                room.presence().join().items().stream()
                        .map(entry -> entry.user().id())
                        .collect(toSet()));
        RoomEvent.PresenceChanged came = log.of(RoomEvent.PresenceChanged.class).get(0);
        assertEquals(id(bob), came.user().id());
        assertTrue(came.isOnline());
        assertEquals(2, came.online());
        other.unsubscribe();
        await("one online").until(() -> room.online() == 1);
    }

    @Test
    void shouldDeliverAnEventToCurrentSubscribersOnly() {
        HeliographClient second = clients.live(bob);
        Room room = roomOfBoth(second);
        Room other = second.room(room.id());
        other.subscribe().join();
        EventLog log = EventLog.of(other, RoomEvent.EventPublished.class);
        EventLog own = EventLog.of(room, RoomEvent.EventPublished.class);

        room.publish("cursor.moved", Map.of("x", 1));
        room.publish("saved");

        log.awaitSize(2);
        own.awaitSize(2);
        RoomEvent.EventPublished moved = log.of(RoomEvent.EventPublished.class).get(0);
        assertEquals("cursor.moved", moved.name());
        assertEquals(1, moved.data().get("x").intValue());
        assertEquals(id(ada), moved.sender().id());
        assertNull(log.of(RoomEvent.EventPublished.class).get(1).data());
        room.send("one").join();
        assertEquals(1, room.lastSeq());
    }

    /** A room of Ada that she follows, with Bob in it. */
    private Room roomOfBoth(HeliographClient second) {
        Room room = ClientFixture.room(clients.live(ada), second);
        room.subscribe().join();
        return room;
    }

    private static String id(Person person) {
        return person.id().toString();
    }
}
