package io.heliograph.message.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectorySnapshotTest {

    @ParameterizedTest
    @ValueSource(strings = {"10:10:", "10:20:10,14,19", "123456789012345678:123456789012345678:"})
    void shouldReadASnapshot(String snapshot) {
        assertThat(DirectorySnapshot.of(snapshot, "0").snapshot()).isEqualTo(snapshot);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10", "20:10:", "10:20:9", "10:20:20", "10:20:14,12", "0:10:", "10:20:a", "-1:2:", "1:2:'"})
    void shouldRejectInvalidSnapshots(String snapshot) {
        assertThatThrownBy(() -> DirectorySnapshot.of(snapshot, "0")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldExpire() {
        DirectorySnapshot walk = DirectorySnapshot.of("10:20:", "0");

        assertThat(walk.isOver(Instant.EPOCH.plus(Duration.ofMinutes(30)))).isFalse();
        assertThat(walk.isOver(Instant.EPOCH.plus(Duration.ofMinutes(31)))).isTrue();
    }
}
