package io.heliograph.e2e.client;

import static io.heliograph.e2e.client.ClientFixture.awaitNotLive;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.client.AccountEvent;
import io.heliograph.client.AccountEvent.ProfileChanged;
import io.heliograph.client.AccountEvent.RoomAdded;
import io.heliograph.client.AccountEvent.RoomRemoved;
import io.heliograph.client.AccountEvent.RoomUpdated;
import io.heliograph.client.ApiCall;
import io.heliograph.client.HeliographClient;
import io.heliograph.client.ReadMark;
import io.heliograph.client.Role;
import io.heliograph.client.Room;
import io.heliograph.client.RoomEvent;
import io.heliograph.e2e.client.FaultProxy.Mode;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Events of the account of Bob, for the rooms of Ada. */
class JavaClientAccountTest extends JavaClientCase {

    private final Person bob = clients.person("bob");
    private final HeliographClient first = clients.live(clients.person("ada"));

    JavaClientAccountTest(Heliograph heliograph) {
        super(heliograph);
    }

    @Test
    void shouldReportRoomsThatAreAddedChangedAndRemoved() {
        HeliographClient second = synced(clients.live(bob));
        List<AccountEvent> events = recorded(second);
        Room room = roomWithBob();

        await("the room").until(() -> events.size() == 1);
        assertEquals("a room of the tests", ((RoomAdded) events.get(0)).room().name());
        assertEquals(Role.MEMBER, second.room(room.id()).info().orElseThrow().role());
        first.request(ApiCall.of(
                        "PATCH",
                        "/api/rooms/" + room.id(),
                        Map.of("name", "renamed", "metadata", Map.of("colour", "green"))))
                .join();
        await("its name").until(() -> events.size() == 2);
        assertEquals("renamed", ((RoomUpdated) events.get(1)).room().name());
        assertEquals(
                Map.of("colour", "green"),
                second.room(room.id()).info().orElseThrow().metadata());
        room.removeMember(id(bob)).join();
        await("its end").until(() -> events.size() == 3);
        assertEquals(new RoomRemoved(room.id()), events.get(2));
        assertTrue(second.room(room.id()).info().isEmpty());
    }

    @Test
    void shouldFollowAddedRoomsWhenAllRoomsAreFollowed() {
        HeliographClient second = clients.live(bob);
        second.sync().join();
        List<String> seen = new CopyOnWriteArrayList<>();
        second.on(
                RoomEvent.MessageAdded.class, event -> seen.add(event.message().content()));

        Room room = roomWithBob();

        // A message that is older than his join is part of the history and raises no event.
        List<String> sent = new ArrayList<>();
        await("a message").until(() -> {
            sent.add("hello " + sent.size());
            room.send(sent.get(sent.size() - 1)).join();
            return !seen.isEmpty();
        });
        int missed = sent.indexOf(seen.get(0));
        await("all later messages, once").until(() -> seen.equals(sent.subList(missed, sent.size())));
    }

    @Test
    void shouldCountUnreadMessagesInRoomsThatAreNotFollowed() {
        HeliographClient second = synced(clients.live(bob));
        Room room = ClientFixture.room(first, second);
        Room other = second.room(room.id());
        room.send("one").join();
        other.send("mine").join();
        room.send("three").join();

        await("two messages").until(() -> other.lastSeq() == 3 && other.unread() == 2);
        room.delete(3).join();
        await("one message").until(() -> other.unread() == 1);

        HeliographClient device = synced(clients.live(bob));
        assertEquals(1, device.room(room.id()).unread());
        device.room(room.id()).markRead();
        await("the mark of the other device").until(() -> other.unread() == 0 && other.readSeq() == 3);
    }

    @Test
    void shouldReportWhatChangedWhileDisconnectedAfterAReconnect() {
        FaultProxy network = clients.network();
        HeliographClient second = synced(clients.live(bob, network).client());
        List<AccountEvent> events = recorded(second);
        Room left = roomWithBob();
        await("the first room").until(() -> events.size() == 1);
        network.become(Mode.REFUSE);
        network.cut();
        awaitNotLive(second);
        Room room = roomWithBob();
        room.send("missed").join();
        left.removeMember(id(bob)).join();

        network.become(Mode.PASS);

        await("what changed").until(() -> events.size() == 3);
        assertEquals(
                Set.of(room.id(), left.id()),
                events.stream().skip(1).map(JavaClientAccountTest::room).collect(toSet()));
        assertEquals(1, second.room(room.id()).unread());
    }

    @Test
    void shouldDetectAMissedChangeByTheNextAccountRev() {
        FaultProxy network = clients.network();
        AtomicInteger pictures = new AtomicInteger();
        InterceptedHttpClient http = new InterceptedHttpClient((request, response) -> {
            if (request.uri().getPath().equals("/api/messages/sync")) {
                pictures.incrementAndGet();
            }
            return response.body();
        });
        HeliographClient second =
                synced(clients.live(bob, ClientFixture.through(network), options -> options.httpClient(http))
                        .client());
        List<AccountEvent> events = recorded(second);
        roomWithBob();
        await("the first room").until(() -> events.size() == 1 && http.underWay() == 0);
        int picturesBefore = pictures.get();

        network.become(Mode.MUTE);
        Room missed = roomWithBob();
        await("the loss").until(() -> network.lost() > 0);
        network.become(Mode.PASS);
        assertEquals(1, events.size());
        Room next = roomWithBob();

        await("both rooms").until(() -> events.size() == 3);
        assertEquals(
                Set.of(missed.id(), next.id()),
                events.stream().skip(1).map(JavaClientAccountTest::room).collect(toSet()));
        assertTrue(pictures.get() > picturesBefore);
    }

    @Test
    void shouldMarkMessagesAsUnreadAndShowHowFarOthersHaveRead() {
        HeliographClient second = clients.live(bob);
        Room room = ClientFixture.room(first, second);
        Room other = second.room(room.id());
        other.subscribe().join();
        room.send("one").join();
        room.send("two").join();
        await().until(() -> other.unread() == 2);
        other.markRead();
        await().until(() -> other.readSeq() == 2 && other.unread() == 0);
        HeliographClient device = clients.live(bob);
        Room onDevice = device.sync().join().get(0);
        onDevice.subscribe().join();
        EventLog marks = EventLog.of(onDevice, RoomEvent.ReadMarked.class);

        other.markUnread(2).join();

        assertEquals(1, other.readSeq());
        assertEquals(1, other.unread());
        await("the other device").until(() -> onDevice.readSeq() == 1 && onDevice.unread() == 1);
        marks.awaitSize(1);
        assertTrue(marks.of(RoomEvent.ReadMarked.class).get(0).isForced());
        assertEquals(
                Map.of(first.account().orElseThrow().id(), 0L, id(bob), 1L),
                room.reads().join().items().stream()
                        .collect(toMap(mark -> mark.user().id(), ReadMark::seq)));
    }

    @Test
    void shouldReportAChangedDisplayNameOfAMember() {
        HeliographClient second = clients.live(bob);
        Room room = ClientFixture.room(first, second);
        second.room(room.id()).subscribe().join();
        var profile = second.next(ProfileChanged.class);

        first.request(ApiCall.of("PATCH", "/api/users/me", Map.of("displayName", "Ada, renamed")))
                .join();

        assertEquals("Ada, renamed", profile.join().user().displayName());
    }

    private Room roomWithBob() {
        Room room = ClientFixture.room(first);
        room.addMember(id(bob)).join();
        return room;
    }

    /** The client after a sync of its rooms, without following them. */
    private static HeliographClient synced(HeliographClient client) {
        client.sync(false).join();
        return client;
    }

    private static List<AccountEvent> recorded(HeliographClient client) {
        List<AccountEvent> events = new CopyOnWriteArrayList<>();
        client.on(AccountEvent.class, events::add);
        return events;
    }

    private static String room(AccountEvent event) {
        return event instanceof RoomAdded added ? added.room().id() : ((RoomRemoved) event).room();
    }

    private static String id(Person person) {
        return person.id().toString();
    }
}
