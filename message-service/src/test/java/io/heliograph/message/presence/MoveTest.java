package io.heliograph.message.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.message.Sender;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoveTest {

    private static final UUID ROOM = UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(strings = {"ada", "ada lovelace", "ada\n7 {}", "ada\"]", "愛達"})
    void shouldTravelAsOneLineWhateverTheNameIs(String username) {
        Sender user = new Sender(UUID.randomUUID(), username, username, false);
        Move move = new Move(ROOM, new Attendance("here", user, Instant.parse("2026-01-01T12:00:00.123Z")), true);

        assertThat(move.text()).doesNotContain("\n");
        assertThat(Move.parse(ROOM, move.text())).contains(move);
    }

    @Test
    void shouldTellAGoingFromAComing() {
        Attendance who = new Attendance("here", new Sender(UUID.randomUUID(), "ada", "Ada", false), Instant.EPOCH);

        assertThat(Move.parse(ROOM, new Move(ROOM, who, false).text())).contains(new Move(ROOM, who, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "-", "+{}", "+[]", "+[1,2,3,4]", "+[\"a\",\"b\",1,\"c\"]", "*[\"a\"]", "+[\"a\""})
    void shouldLeaveOutWhatIsOfAnotherForm(String text) {
        assertThat(Move.parse(ROOM, text)).isEmpty();
    }
}
