package io.heliograph.e2e.client;

import static io.heliograph.e2e.client.ClientFixture.assertRefused;
import static io.heliograph.e2e.client.ClientFixture.awaitNotLive;
import static java.util.stream.Collectors.toMap;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.client.HeliographClient;
import io.heliograph.client.Message;
import io.heliograph.client.NewMessage;
import io.heliograph.client.NewRoom;
import io.heliograph.client.PageRequest;
import io.heliograph.client.Reaction;
import io.heliograph.client.Role;
import io.heliograph.client.Room;
import io.heliograph.client.RoomEvent;
import io.heliograph.client.RoomInfo;
import io.heliograph.client.RoomKind;
import io.heliograph.e2e.client.FaultProxy.Mode;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class JavaClientRoomsTest extends JavaClientCase {

    private final Person ada = clients.person("ada");
    private final Person bob = clients.person("bob");

    JavaClientRoomsTest(Heliograph heliograph) {
        super(heliograph);
    }

    @Test
    void shouldCountMessagesOfOthersAsUnreadAndMoveReadMarksOnAllDevices() {
        Room room = roomOfBoth(clients.live(bob));
        Room other = seenByBob(room);
        Room device = seenByBob(room);
        other.subscribe().join();
        device.subscribe().join();
        EventLog marks = EventLog.of(room, RoomEvent.ReadMarked.class);
        EventLog counts = EventLog.of(other, RoomEvent.UnreadChanged.class);

        room.send("one").join();
        other.send("mine").join();
        room.send("three").join();
        await().until(() -> other.lastSeq() == 3 && device.lastSeq() == 3);
        await().until(() -> device.unread() == 2);
        assertEquals(2, other.unread());

        other.markRead(1);
        assertEquals(1, other.unread());
        other.markRead();
        assertEquals(0, other.unread());
        await("the mark on the other device").until(() -> device.unread() == 0);
        await("the mark at the sender").until(() -> marks.of(RoomEvent.ReadMarked.class).stream()
                .anyMatch(mark -> mark.user() != null && mark.user().id().equals(id(bob)) && mark.seq() == 3));
        other.markRead(2);
        assertEquals(3, other.readSeq());
        RoomEvent.UnreadChanged last = new RoomEvent.UnreadChanged(room.id(), 0, 0, 3, 3);
        await().until(() -> counts.all().get(counts.size() - 1).equals(last));

        Room synced = clients.live(bob).sync().join().get(0);
        assertEquals(0, synced.unread());
        assertEquals(3, synced.readSeq());
    }

    @Test
    void shouldMoveAReadMarkAfterAReconnect() {
        FaultProxy network = clients.network();
        HeliographClient second = clients.live(bob, network).client();
        Room room = roomOfBoth(second);
        Room other = second.room(room.id());
        other.subscribe().join();
        room.send("one").join();
        await().until(() -> other.unread() == 1);
        network.become(Mode.REFUSE);
        network.cut();
        awaitNotLive(second);

        other.markRead();
        assertEquals(0, other.unread());
        network.become(Mode.PASS);

        HeliographClient device = clients.live(bob);
        await("the mark").until(() -> device.sync(false).join().get(0).readSeq() == 1);
    }

    @Test
    void shouldReportEditsDeletionsAndReactionsToAllMembers() {
        HeliographClient second = clients.live(bob);
        Room room = roomOfBoth(second);
        Room other = second.room(room.id());
        other.subscribe().join();
        EventLog log = EventLog.of(
                other,
                RoomEvent.MessageAdded.class,
                RoomEvent.MessageUpdated.class,
                RoomEvent.MessageDeleted.class,
                RoomEvent.ReactionChanged.class);
        room.send("one").join();
        room.send("two").join();

        room.edit(1, "one, changed").join();
        room.react(2, "👍").join();
        other.react(2, "👍").join();
        other.unreact(2, "👍").join();
        room.delete(1).join();

        log.awaitSize(7);
        assertEquals(
                List.of(
                        "MessageAdded",
                        "MessageAdded",
                        "MessageUpdated",
                        "ReactionChanged",
                        "ReactionChanged",
                        "ReactionChanged",
                        "MessageDeleted"),
                log.all().stream()
                        .map(event -> event.getClass().getSimpleName())
                        .toList());
        RoomEvent.ReactionChanged reaction =
                log.of(RoomEvent.ReactionChanged.class).get(1);
        assertEquals(id(bob), reaction.user().id());
        assertEquals(5, reaction.rev());
        await().until(() -> other.rev().orElseThrow() == 7);
        assertEquals(
                List.of(new Reaction("👍", 1, false)), other.messages().get(1).reactions());
        assertTrue(other.messages().get(0).isDeleted());
        await().until(() -> room.rev().orElseThrow() == 7);
        assertEquals(
                List.of(new Reaction("👍", 1, true)), room.messages().get(1).reactions());
        assertEquals(
                OptionalInt.of(403),
                assertRefused("not_the_sender", other.edit(2, "of somebody else"))
                        .status());
    }

    @Test
    void shouldReportMetadataRepliesAndMentionsToAllMembers() {
        HeliographClient second = clients.live(bob);
        Room room = roomOfBoth(second);
        Room other = second.room(room.id());
        other.subscribe().join();
        EventLog log = EventLog.of(other, RoomEvent.MessageAdded.class, RoomEvent.MessageUpdated.class);
        Map<String, ?> metadata = Map.of("order", 17, "lines", List.of(Map.of("price", new BigDecimal("1.5"))));

        room.send(NewMessage.of("one").withMetadata(metadata).mentioning(id(bob)))
                .join();
        room.send(NewMessage.of("two").inReplyTo(1)).join();
        room.edit(1, "one, changed", Map.of("order", 18)).join();
        room.changeMetadata(1, Map.of()).join();

        log.awaitSize(4);
        List<Message> added = log.messages();
        assertEquals(metadata, added.get(0).metadata());
        assertEquals(List.of(id(bob)), added.get(0).mentions());
        assertEquals(1, added.get(1).replyTo());
        List<RoomEvent.MessageUpdated> updates = log.of(RoomEvent.MessageUpdated.class);
        assertEquals(Map.of("order", 18), updates.get(0).message().metadata());
        assertNull(updates.get(1).message().metadata());
        assertEquals(List.of(id(bob)), other.messages().get(0).mentions());
        assertRefused("reply_not_found", room.send(NewMessage.of("three").inReplyTo(9)));
        assertEquals(9, room.pending().get(0).message().replyTo());
    }

    @Test
    void shouldOpenTheSameDirectRoomForBothUsers() {
        HeliographClient first = clients.live(ada);
        HeliographClient second = clients.live(bob);

        CompletableFuture<Room> asked = first.directRoom(id(bob));
        Room other = second.directRoom(id(ada)).join();
        Room room = asked.join();

        assertEquals(room.id(), other.id());
        assertEquals(RoomKind.DIRECT, room.info().orElseThrow().kind());
        RoomInfo synced = first.sync(false).join().get(0).info().orElseThrow();
        assertNull(synced.name());
        assertEquals(id(bob), synced.with().id());
        other.subscribe().join();
        room.send("hello").join();
        await().until(() -> other.messages().size() == 1);
    }

    @Test
    void shouldFindRoomsMembersMessagesAndPeople() {
        HeliographClient first = clients.live(ada);
        HeliographClient second = clients.live(bob);
        String name = "lighthouse " + UUID.randomUUID();
        String word = "w" + UUID.randomUUID().toString().replace("-", "");
        Room open =
                first.createRoom(NewRoom.ofPublic(name).withTopic("for all")).join();

        await("the room").until(() -> !directory(second, name).isEmpty());
        RoomInfo found = directory(second, name).get(0);
        assertEquals(open.id(), found.id());
        assertEquals("for all", found.topic());
        Room joined = second.room(found.id());
        joined.join().join();
        open.send("a " + word + " indeed").join();
        assertEquals(
                Map.of(id(ada), Role.OWNER, id(bob), Role.MEMBER),
                joined.members().join().items().stream()
                        .collect(toMap(member -> member.user().id(), member -> member.role())));
        await("the message")
                .until(() -> second.search(word, open.id(), PageRequest.first(10))
                                .join()
                                .items()
                                .size()
                        == 1);
        assertTrue(second.findUsers(ada.username(), PageRequest.first(10)).join().items().stream()
                .anyMatch(user -> user.id().equals(id(ada))));

        joined.leave().join();
        assertEquals(1, open.members().join().items().size());
    }

    @Test
    void shouldReportTheEventsOfAllRoomsToListenersOfTheClient() {
        HeliographClient second = clients.live(bob);
        Room room = roomOfBoth(second);
        List<String> seen = new CopyOnWriteArrayList<>();
        second.on(
                RoomEvent.MessageAdded.class,
                event -> seen.add(event.room() + " " + event.message().content()));
        second.room(room.id()).subscribe().join();

        room.send("one").join();

        await().until(() -> !seen.isEmpty());
        assertEquals(List.of(room.id() + " one"), seen);
    }

    /** A room of Ada that she follows, with Bob in it. */
    private Room roomOfBoth(HeliographClient second) {
        Room room = ClientFixture.room(clients.live(ada), second);
        room.subscribe().join();
        return room;
    }

    /** The same on another device of Bob's. */
    private Room seenByBob(Room room) {
        return clients.live(bob).room(room.id());
    }

    private static List<RoomInfo> directory(HeliographClient client, String name) {
        return client.directory(name, PageRequest.first(10)).join().items();
    }

    private static String id(Person person) {
        return person.id().toString();
    }
}
