package io.heliograph.message.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.message.Sender;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresenceEventTest {

    private static final UUID ROOM = UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(strings = {"ada", "ada lovelace", "ada\n7 {}", "ada\"]", "愛達"})
    void shouldEncodeAnyNameInOneLine(String username) {
        Sender user = new Sender(UUID.randomUUID(), username, username, false);
        PresenceEvent move = new PresenceEvent(
                ROOM, new PresenceEntry("here", user, Instant.parse("2026-01-01T12:00:00.123Z")), true);

        assertThat(move.text()).doesNotContain("\n");
        assertThat(PresenceEvent.parse(ROOM, move.text())).contains(move);
    }

    @Test
    void shouldEncodeThatAUserWentOffline() {
        PresenceEntry who =
                new PresenceEntry("here", new Sender(UUID.randomUUID(), "ada", "Ada", false), Instant.EPOCH);

        assertThat(PresenceEvent.parse(ROOM, new PresenceEvent(ROOM, who, false).text()))
                .contains(new PresenceEvent(ROOM, who, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "-", "+{}", "+[]", "+[1,2,3,4]", "+[\"a\",\"b\",1,\"c\"]", "*[\"a\"]", "+[\"a\""})
    void shouldIgnoreMalformedEvents(String text) {
        assertThat(PresenceEvent.parse(ROOM, text)).isEmpty();
    }
}
