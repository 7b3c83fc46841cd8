package io.heliograph.message.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.heliograph.message.overload.SettableOverloadConfig;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More sockets and joins than a low rate admits. */
@QuarkusTest
class OverloadTest extends MessageServiceTest {

    private static final int CLIENTS = 30;

    @Inject
    SettableOverloadConfig config;

    @AfterEach
    void reset() {
        config.reset();
    }

    @Test
    void shouldLetOpeningsAndJoinsWaitForTheirTurn() {
        Person ada = person("ada");
        UUID room = UUID.fromString(ada.creates("public"));
        rate(40);
        // Also on a machine that is busy with other tests.
        config.set("maxWait", Duration.ofMinutes(1));

        List<CompletableFuture<Socket>> opening = IntStream.range(0, CLIENTS)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> Socket.of(server(), ada.token())))
                .toList();
        List<Socket> sockets = opening.stream().map(CompletableFuture::join).toList();
        List<CompletableFuture<String>> joining = sockets.stream()
                .map(socket -> CompletableFuture.supplyAsync(
                        () -> socket.join(room).get("type").asText()))
                .toList();

        assertThat(joining.stream().map(CompletableFuture::join))
                .hasSize(CLIENTS)
                .containsOnly("joined");
        sockets.forEach(Socket::close);
    }

    @Test
    void shouldRejectExcessHandshakesWithRetryAfter() {
        rate(1);
        config.set("maxWaiting", 0);
        UncheckedIOException refused = await().pollInterval(Duration.ofMillis(1))
                .until(
                        () -> catchThrowableOfType(UncheckedIOException.class, () -> RawSocket.open(server())
                                .close()),
                        failure -> failure != null);

        assertThat(refused).hasMessageContaining("HTTP/1.1 503").hasMessageContaining("application/problem+json");
        assertThat(retryAfter(refused.getMessage())).isBetween(1, 30);
        assertThat(anonymous().get(metrics()).asString())
                .contains("heliograph_overload_rate")
                .containsPattern("heliograph_socket_refusals_total\\{code=\"overloaded\"\\} [1-9]");

        config.reset();
        await().ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .untilAsserted(() -> RawSocket.open(server()).close());
    }

    private void rate(int perSecond) {
        config.set("minRate", perSecond);
        config.set("maxRate", perSecond);
    }

    private static int retryAfter(String head) {
        return Stream.of(head.split("\r\n", -1))
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("retry-after:"))
                .map(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).trim()))
                .findFirst()
                .orElseThrow();
    }
}
