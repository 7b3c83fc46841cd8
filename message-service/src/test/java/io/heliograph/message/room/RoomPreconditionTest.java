package io.heliograph.message.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.rest.problem.ProblemException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomPreconditionTest {

    private static final UUID ROOM = UUID.fromString("0197c1f0-0000-7000-8000-000000000001");
    private static final UUID OTHER = UUID.fromString("0197c1f0-0000-7000-8000-000000000002");

    @Test
    void shouldAllowAnyVersionWithoutAHeaderOrByAStar() {
        assertThat(RoomPrecondition.versions(ROOM, null)).isNull();
        assertThat(RoomPrecondition.versions(ROOM, " * ")).isNull();
    }

    @Test
    void shouldReadTheVersionOfEachTag() {
        assertThat(RoomPrecondition.versions(ROOM, tag(ROOM, "3-14"))).containsExactly(3L);
        assertThat(RoomPrecondition.versions(ROOM, tag(ROOM, "3-14") + ", " + tag(ROOM, "4-1")))
                .containsExactly(3L, 4L);
    }

    @Test
    void shouldAllowNoVersionByATagOfAnotherRoom() {
        assertThat(RoomPrecondition.versions(ROOM, tag(OTHER, "3-14"))).isEmpty();
        assertThat(RoomPrecondition.versions(ROOM, "W/" + tag(ROOM, "3-14"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"3-14\"", "W/\"3-14\"", "\"\"", "\"3\"", "\"99999999999999999999-1\"", "\"a,\"", "\"x 3-14\""})
    void shouldAllowNoVersionByAForeignTag(String header) {
        assertThat(RoomPrecondition.versions(ROOM, header)).isEmpty();
    }

    @Test
    void shouldAllowNoVersionByATagOutOfRange() {
        assertThat(RoomPrecondition.versions(ROOM, tag(ROOM, "99999999999999999999-1")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3-14", "\"3-14", "\"3-14\",", "\"3-14\" \"4-1\""})
    void shouldRejectAnInvalidTag(String header) {
        assertThatThrownBy(() -> RoomPrecondition.versions(ROOM, header)).isInstanceOf(ProblemException.class);
    }

    private static String tag(UUID room, String versions) {
        return "\"" + room + "-" + versions + "\"";
    }
}
