package io.heliograph.e2e.client;

import static org.awaitility.Awaitility.await;

import io.heliograph.client.Message;
import io.heliograph.client.Room;
import io.heliograph.client.RoomEvent;
import java.util.ArrayList;
import java.util.List;

/** The events of a room, in the order in which a listener received them. */
final class EventLog {

    private final List<RoomEvent> events = new ArrayList<>();

    private EventLog() {}

    /** From now on, of these types. */
    @SafeVarargs
    static EventLog of(Room room, Class<? extends RoomEvent>... types) {
        EventLog log = new EventLog();
        for (Class<? extends RoomEvent> type : types) {
            room.on(type, log::add);
        }
        return log;
    }

    static EventLog ofMessages(Room room) {
        return of(room, RoomEvent.MessageAdded.class);
    }

    synchronized List<RoomEvent> all() {
        return List.copyOf(events);
    }

    synchronized int size() {
        return events.size();
    }

    EventLog awaitSize(int size) {
        await("%d events".formatted(size)).until(() -> size() >= size);
        return this;
    }

    <E extends RoomEvent> List<E> of(Class<E> type) {
        return all().stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Message> messages() {
        return of(RoomEvent.MessageAdded.class).stream()
                .map(RoomEvent.MessageAdded::message)
                .toList();
    }

    private synchronized void add(RoomEvent event) {
        events.add(event);
    }
}
