package io.heliograph.message.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.message.Sender;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RosterTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Sender ada = new Sender(UUID.randomUUID(), "ada", "Ada", false);
    private final Roster roster = new Roster();

    @Test
    void shouldCountAUserOnTwoReplicasOnce() {
        PresenceEntry here = new PresenceEntry("here", ada, NOON);
        PresenceEntry there = new PresenceEntry("there", ada, NOON.minusSeconds(60));

        assertThat(roster.add(here)).isTrue();
        assertThat(roster.add(there)).isFalse();

        assertThat(roster.online()).isEqualTo(1);
        assertThat(roster.after(BEFORE_ALL, 10)).containsExactly(new OnlineUser(ada, NOON.minusSeconds(60)));
        assertThat(roster.remove(here)).isFalse();
        assertThat(roster.remove(there)).isTrue();
        assertThat(roster.online()).isZero();
    }

    @Test
    void shouldNotRemoveALaterEntryWithAnEarlierOne() {
        PresenceEntry first = new PresenceEntry("here", ada, NOON);
        PresenceEntry second = new PresenceEntry("here", ada, NOON.plusSeconds(1));
        roster.add(first);
        roster.add(second);

        assertThat(roster.remove(first)).isFalse();

        assertThat(roster.online()).isEqualTo(1);
    }

    @Test
    void shouldPageThroughAllInTheOrderOfTheirIds() {
        // In Java's own order of ids the last would come first.
        List<Sender> people = Stream.of(
                        "0199aaaa-0000-7000-8000-000000000000",
                        "0199aaaa-0000-7000-9000-000000000000",
                        "ffffffff-0000-4000-8000-000000000000")
                .map(id -> new Sender(UUID.fromString(id), id, id, false))
                .toList();
        people.forEach(person -> roster.add(new PresenceEntry("here", person, NOON)));

        List<OnlineUser> page = roster.after(BEFORE_ALL, 2);
        List<OnlineUser> rest = roster.after(page.get(1).id(), 2);

        assertThat(page).extracting(OnlineUser::user).containsExactly(people.get(0), people.get(1));
        assertThat(rest).extracting(OnlineUser::user).containsExactly(people.get(2));
    }
}
