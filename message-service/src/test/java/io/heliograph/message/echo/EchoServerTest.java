package io.heliograph.message.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.message.testsupport.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EchoServerTest {

    private static final int MEGABYTE = 1 << 20;

    /** So often in a row nothing has moved. */
    private static final int LOOKS = 20;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Socket> sockets = new ArrayList<>();
    private EchoServer server;

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.stop(null);
    }

    @Test
    void shouldSendBackEachByteAfterTheClientHasClosedItsSide() throws IOException {
        start(Map.of());
        byte[] sent = new byte[20 * MEGABYTE];
        new Random(1).nextBytes(sent);
        Socket socket = connect();

        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(socket, sent, true));
        byte[] received = socket.getInputStream().readAllBytes();

        sending.join();
        assertThat(Arrays.equals(received, sent)).isTrue();
        await().until(() -> connections() == 0);
    }

    @Test
    void shouldStopReadingWhileTheClientDoesNotRead() throws IOException {
        start(Map.of());
        Socket socket = connect();
        AtomicLong written = new AtomicLong();
        byte[] megabyte = new byte[MEGABYTE];
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 100; i++) {
                send(socket, megabyte, i == 99);
                written.incrementAndGet();
            }
        });

        // What the kernel holds of both directions is some megabytes; the rest waits at the client.
        long[] last = {0, 0};
        await().until(() -> {
            long now = written.get();
            last[1] = now == last[0] ? last[1] + 1 : 0;
            last[0] = now;
            return now > 0 && last[1] == LOOKS;
        });
        assertThat(sending).isNotDone();

        InputStream in = socket.getInputStream();
        long read = 0;
        for (int length = in.read(megabyte); length >= 0; length = in.read(megabyte)) {
            read += length;
        }
        assertThat(read).isEqualTo(100L * MEGABYTE);
    }

    @Test
    void shouldCloseConnectionsOverItsBoundAndAcceptOthersLater() throws IOException {
        start(Map.of("max-connections", "2"));
        Socket first = connect();
        connect();
        await().until(() -> connections() == 2);

        assertThat(connect().getInputStream().read()).isEqualTo(-1);

        first.close();
        await().until(() -> connections() == 1);
        Socket later = connect();
        send(later, new byte[] {7}, false);
        assertThat(later.getInputStream().read()).isEqualTo(7);
    }

    @Test
    void shouldCloseIdleConnections() throws IOException {
        start(Map.of("idle-timeout", "0.2S"));

        assertThat(connect().getInputStream().read()).isEqualTo(-1);
        await().until(() -> connections() == 0);
    }

    @Test
    void shouldNotListenUnlessItIsEnabled() {
        EchoConfig byDefault = Settings.of(EchoConfig.class, Map.of());
        server = new EchoServer(byDefault, "localhost", meters);

        server.start(null);

        assertThat(byDefault.port()).isEqualTo(7007);
        assertThat(server.isListening()).isFalse();
    }

    private void start(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("heliograph.echo.enabled", "true", "heliograph.echo.port", "0"));
        settings.forEach((name, value) -> all.put("heliograph.echo." + name, value));
        server = new EchoServer(Settings.of(EchoConfig.class, all), "localhost", meters);
        server.start(null);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("localhost", server.port());
        sockets.add(socket);
        return socket;
    }

    private double connections() {
        return meters.get("heliograph.echo.connections").gauge().value();
    }

    private static void send(Socket socket, byte[] bytes, boolean last) {
        try {
            socket.getOutputStream().write(bytes);
            if (last) {
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
