package io.heliograph.message.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.message.Sender;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RoomPresenceTest {

    private static final UUID ROOM = UUID.randomUUID();

    private final List<String> published = new ArrayList<>();
    private final RoomPresence room = new RoomPresence(
            ROOM,
            "here",
            (id, user, came, online) -> published.add(user.username() + (came ? " came, " : " went, ") + online));
    private final Sender ada = new Sender(UUID.randomUUID(), "ada", "Ada", false);
    private final PresenceEntry grace =
            new PresenceEntry("there", new Sender(UUID.randomUUID(), "grace", "Grace", false), Instant.ofEpochMilli(1));

    @Test
    void shouldPublishTheFirstSocketAndTheEndOfTheGracePeriod() {
        assertThat(room.enter(ada)).isPresent();
        assertThat(room.enter(ada)).isEmpty();
        assertThat(room.leave(ada.id(), 1)).isFalse();
        assertThat(room.leave(ada.id(), 2)).isTrue();
        assertThat(published).containsExactly("ada came, 1");

        assertThat(room.end(ada.id(), 2)).isPresent();

        assertThat(published).containsExactly("ada came, 1", "ada went, 0");
        assertThat(room.isUnused()).isTrue();
    }

    @Test
    void shouldNotPublishAReconnectAndRestartTheGracePeriod() {
        room.enter(ada);
        room.leave(ada.id(), 1);
        room.enter(ada);
        assertThat(room.end(ada.id(), 1)).isEmpty();
        room.leave(ada.id(), 2);

        assertThat(room.end(ada.id(), 1)).isEmpty();

        assertThat(published).containsExactly("ada came, 1");
        assertThat(room.isUnused()).isFalse();
    }

    @Test
    void shouldPublishPresenceThatItReadsFromTheStore() {
        room.enter(ada);
        room.read();
        room.learn(List.of(grace));
        room.read();
        room.learn(List.of());

        assertThat(published).containsExactly("ada came, 1", "grace came, 2", "grace went, 1");
    }

    @Test
    void shouldNotPublishUsersThatJoinResponsesAlreadyCount() {
        Promise<Void> asked = Promise.promise();
        room.known(asked.future());
        room.read();
        room.learn(List.of(grace));
        asked.complete();
        room.enter(ada);

        assertThat(published).containsExactly("ada came, 2");
    }

    @Test
    void shouldPreferEventsDuringAReadToItsResult() {
        room.apply(new PresenceEvent(ROOM, grace, true));
        room.read();
        room.apply(new PresenceEvent(ROOM, grace, false));

        room.learn(List.of(grace));

        assertThat(published).containsExactly("grace came, 1", "grace went, 0");
        assertThat(room.roster().online()).isZero();
    }

    @Test
    void shouldNotPublishAMoveToAnotherReplica() {
        room.read();
        room.learn(List.of(grace));
        room.read();

        room.learn(List.of(new PresenceEntry("elsewhere", grace.user(), Instant.ofEpochMilli(2))));

        assertThat(published).containsExactly("grace came, 1");
    }
}
