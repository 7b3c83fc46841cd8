package io.heliograph.message.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.message.problem.Refusal;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {

    private static final UUID ROOM = UUID.fromString("0197c1f0-0000-7000-8000-000000000001");
    private static final UUID OTHER = UUID.fromString("0197c1f0-0000-7000-8000-000000000002");

    @Test
    void shouldAllowAnyVersionWithoutAHeaderOrByAStar() {
        assertThat(IfMatch.versions(ROOM, null)).isNull();
        assertThat(IfMatch.versions(ROOM, " * ")).isNull();
    }

    @Test
    void shouldReadTheVersionOfEachTag() {
        assertThat(IfMatch.versions(ROOM, tag(ROOM, "3-14"))).containsExactly(3L);
        assertThat(IfMatch.versions(ROOM, tag(ROOM, "3-14") + ", " + tag(ROOM, "4-1")))
                .containsExactly(3L, 4L);
    }

    @Test
    void shouldAllowNoVersionByATagOfAnotherRoom() {
        assertThat(IfMatch.versions(ROOM, tag(OTHER, "3-14"))).isEmpty();
        assertThat(IfMatch.versions(ROOM, "W/" + tag(ROOM, "3-14"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"3-14\"", "W/\"3-14\"", "\"\"", "\"3\"", "\"99999999999999999999-1\"", "\"a,\"", "\"x 3-14\""})
    void shouldAllowNoVersionByATagThatIsNotOurs(String header) {
        assertThat(IfMatch.versions(ROOM, header)).isEmpty();
    }

    @Test
    void shouldAllowNoVersionByATagOfNumbersThatNoVersionReaches() {
        assertThat(IfMatch.versions(ROOM, tag(ROOM, "99999999999999999999-1"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3-14", "\"3-14", "\"3-14\",", "\"3-14\" \"4-1\""})
    void shouldRefuseWhatIsNoTag(String header) {
        assertThatThrownBy(() -> IfMatch.versions(ROOM, header)).isInstanceOf(Refusal.class);
    }

    private static String tag(UUID room, String versions) {
        return "\"" + room + "-" + versions + "\"";
    }
}
