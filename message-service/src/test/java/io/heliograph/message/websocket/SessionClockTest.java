package io.heliograph.message.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.websocket.SessionClock.Due;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionClockTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration DEADLINE = Duration.ofHours(1);

    /** Time may begin anywhere, also where it is about to overflow. */
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(15).toNanos();

    private final SessionClock clock = new SessionClock(HEARTBEAT, 0, DEADLINE, START);

    @Test
    void shouldTimeOutAClientThatIsSilentForMoreThanTwoIntervals() {
        assertThat(after(9)).isEqualTo(Due.NOTHING);
        assertThat(after(10)).isEqualTo(Due.PING);
        assertThat(after(19)).isEqualTo(Due.NOTHING);
        assertThat(after(20)).isEqualTo(Due.PING);

        assertThat(after(30)).isEqualTo(Due.SILENT);
    }

    @Test
    void shouldKeepAClientThatSendsBetweenPings() {
        for (int interval = 1; interval <= 20; interval++) {
            assertThat(after(10 * interval)).isEqualTo(Due.PING);
            if (interval % 2 == 0) {
                clock.lifeSeen();
            }
        }
    }

    @Test
    void shouldPingFirstInTheSecondHalfOfAnInterval() {
        SessionClock early = new SessionClock(HEARTBEAT, 0.9, DEADLINE, START);

        assertThat(early.due(at(5.4))).isEqualTo(Due.NOTHING);
        assertThat(early.due(at(5.6))).isEqualTo(Due.PING);
        assertThat(early.due(at(15.5))).isEqualTo(Due.NOTHING);
        assertThat(early.due(at(15.7))).isEqualTo(Due.PING);
    }

    @Test
    void shouldBeOverdueFromItsDeadline() {
        clock.deadline(Duration.ofSeconds(5), at(4));

        assertThat(after(8)).isEqualTo(Due.NOTHING);
        assertThat(after(9)).isEqualTo(Due.OVERDUE);
    }

    @Test
    void shouldAcceptADeadlineInThePastOrFarInTheFuture() {
        clock.deadline(Duration.ofSeconds(-5), START);
        assertThat(after(0)).isEqualTo(Due.OVERDUE);

        clock.deadline(Duration.ofDays(365 * 1_000_000L), START);
        assertThat(after(1)).isEqualTo(Due.NOTHING);
    }

    private Due after(double seconds) {
        return clock.due(at(seconds));
    }

    private static long at(double seconds) {
        return START + (long) (seconds * 1e9);
    }
}
