package io.heliograph.message.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.message.delivery.SettableDeliveryConfig;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Readers that stop reading. */
@QuarkusTest
class StalledReaderTest extends MessageServiceTest {

    private static final String CLOSED = "heliograph_delivery_slow_consumers_total{policy=\"closed\"}";

    @Inject
    SettableDeliveryConfig config;

    private Person ada;
    private UUID room;
    private double closed;

    @BeforeEach
    void aRoom() {
        ada = person("ada");
        room = UUID.fromString(ada.creates("private"));
        closed = metric(CLOSED);
        config.stallTimeout(Duration.ofSeconds(1));
    }

    @AfterEach
    void reset() {
        config.reset();
    }

    @Test
    void shouldCloseAStalledReaderAndNoOther() {
        // Longer than a reading client is delayed on a busy machine.
        config.stallTimeout(Duration.ofSeconds(5));
        try (RawSocket stalled = RawSocket.of(server(), ada.token(), room);
                Socket reader = Socket.of(server(), ada.token())) {
            reader.join(room);

            fill();

            await().until(() -> metric(CLOSED) > closed);
            assertThat(stalled.awaitClose()).isEqualTo(4008);
            await().until(() -> reader.messages(room).size() == 1_000);
            assertThat(reader.closeCode()).isEmpty();
        }
    }

    @Test
    void shouldDisconnectAReaderThatDoesNotReadTheClose() {
        // A socket of an earlier test may still be closing.
        await().until(() -> connections() == 0);
        try (RawSocket stalled = RawSocket.of(server(), ada.token(), room)) {
            assertThat(connections()).isEqualTo(1);

            fill();

            await().until(() -> metric(CLOSED) > closed);
            await().until(() -> connections() == 0);
        }
    }

    @Test
    void shouldCloseAClientThatSendsButDoesNotRead() {
        String ping = "{\"type\":\"ping\",\"id\":\"" + "x".repeat(120) + "\"}";
        try (RawSocket asking = RawSocket.of(server(), ada.token())) {
            await().until(() -> {
                try {
                    IntStream.range(0, 10_000).forEach(i -> asking.text(ping));
                } catch (UncheckedIOException hungUp) {
                    // Nothing is read from it any more.
                }
                return metric(CLOSED) > closed;
            });
        }
    }

    /** With 8 MB, of which the kernel takes a part. */
    private void fill() {
        ada.sendsBatch(
                        room.toString(),
                        IntStream.range(0, 1_000)
                                .mapToObj(i -> Map.of("content", "word ".repeat(1_600)))
                                .toList())
                .then()
                .statusCode(201);
    }

    private double connections() {
        return metric("http_server_websocket_connections_seconds_active_count");
    }
}
