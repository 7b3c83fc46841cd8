package io.heliograph.message.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.message.problem.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {

    @Test
    void shouldAllowAnyVersionWithoutAHeaderOrByAStar() {
        assertThat(IfMatch.versions(null)).isNull();
        assertThat(IfMatch.versions(" * ")).isNull();
    }

    @Test
    void shouldReadTheVersionOfEachTag() {
        assertThat(IfMatch.versions("\"3-14\"")).containsExactly(3L);
        assertThat(IfMatch.versions("\"3-14\", \"4-1\"")).containsExactly(3L, 4L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"3-14\"", "\"\"", "\"3\"", "\"99999999999999999999-1\"", "\"a,\"", "\"x 3-14\""})
    void shouldAllowNoVersionByATagThatIsNotOurs(String header) {
        assertThat(IfMatch.versions(header)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3-14", "\"3-14", "\"3-14\",", "\"3-14\" \"4-1\""})
    void shouldRefuseWhatIsNoTag(String header) {
        assertThatThrownBy(() -> IfMatch.versions(header)).isInstanceOf(Refusal.class);
    }
}
