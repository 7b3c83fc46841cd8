package io.heliograph.message.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.message.testsupport.Settings;
import io.netty.channel.nio.NioEventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionTimeoutsTest {

    private final NioEventLoopGroup loops = new NioEventLoopGroup(1);
    private final SessionTimeouts timeouts = new SessionTimeouts(
            Settings.of(SocketConfig.class, Map.of("heliograph.socket.heartbeat", "0.2S")), System::nanoTime);

    @AfterEach
    void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void shouldCheckEachOpenSessionOncePerSweep() {
        List<Integer> checked = new CopyOnWriteArrayList<>();
        List<Integer> closed = new CopyOnWriteArrayList<>(List.of(0, 3, 4, 9));
        IntStream.range(0, 10).forEach(session -> add(session, checked, closed));

        await().until(() -> checked.size() >= 100);

        closed.forEach(session -> assertThat(checked).containsOnlyOnce(session));
        List<Integer> open = new ArrayList<>(checked);
        open.removeAll(closed);
        long sweeps = open.stream().filter(session -> session == 1).count();
        IntStream.of(1, 2, 5, 6, 7, 8).forEach(session -> assertThat(
                        open.stream().filter(one -> one == session).count())
                .isBetween(sweeps - 1, sweeps + 1));
    }

    @Test
    void shouldSweepAgainAfterAllSessionsWereClosed() {
        List<Integer> checked = new CopyOnWriteArrayList<>();
        add(1, checked, List.of(1));
        await().until(() -> checked.contains(1));

        add(2, checked, List.of());

        await().until(() -> checked.contains(2));
    }

    private void add(int session, List<Integer> checked, List<Integer> closed) {
        var loop = loops.next();
        loop.execute(() -> timeouts.add(loop, now -> {
            checked.add(session);
            return !closed.contains(session);
        }));
    }
}
