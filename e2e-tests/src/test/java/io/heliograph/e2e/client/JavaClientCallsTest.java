package io.heliograph.e2e.client;

import static io.heliograph.e2e.client.ClientFixture.assertRefused;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.client.ApiCall;
import io.heliograph.client.ConnectionState;
import io.heliograph.client.HeliographClient;
import io.heliograph.client.HeliographException;
import io.heliograph.client.Member;
import io.heliograph.client.NewRoom;
import io.heliograph.client.Page;
import io.heliograph.client.Room;
import io.heliograph.e2e.client.FaultProxy.Mode;
import io.heliograph.e2e.testsupport.Heliograph;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JavaClientCallsTest extends JavaClientCase {

    private static final String BATCH = "/messages/batch";

    /** A response to a batch, with its {@code Retry-After} if it is a rejection. */
    private record Answer(URI uri, long atMillis, long retryAfterMillis) {}

    JavaClientCallsTest(Heliograph heliograph) {
        super(heliograph);
    }

    @Test
    void shouldWaitForRetryAfterOnA429() {
        List<Answer> answers = new CopyOnWriteArrayList<>();
        InterceptedHttpClient http = new InterceptedHttpClient((request, response) -> {
            if (request.uri().getPath().endsWith(BATCH)) {
                long seconds = response.statusCode() == 429
                        ? response.headers().firstValueAsLong("Retry-After").orElseThrow()
                        : 0;
                long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
                answers.add(new Answer(request.uri(), now, seconds * 1_000));
            }
            return response.body();
        });
        HeliographClient client = clients.live(clients.person("ada"), options -> options.httpClient(http))
                .client();
        List<Room> rooms =
                Stream.generate(() -> ClientFixture.room(client)).limit(6).toList();
        Map<String, ?> body = Map.of("messages", Collections.nCopies(1_000, Map.of("content", "one of many")));

        // All at once, so that they are too many on a slow machine too.
        rooms.stream()
                .map(room -> client.request(ApiCall.post("/api/rooms/" + room.id() + BATCH, body)
                        .withAttemptTimeout(Duration.ofMinutes(4))
                        .withPatience(Duration.ofMinutes(4))))
                .toList()
                .forEach(CompletableFuture::join);

        List<Answer> refused =
                answers.stream().filter(answer -> answer.retryAfterMillis() > 0).toList();
        assertFalse(refused.isEmpty());
        refused.forEach(refusal -> {
            Answer next = answers.stream()
                    .skip(answers.indexOf(refusal) + 1)
                    .filter(answer -> answer.uri().equals(refusal.uri()))
                    .findFirst()
                    .orElseThrow();
            assertTrue(next.atMillis() - refusal.atMillis() >= refusal.retryAfterMillis(), answers::toString);
        });
    }

    @Test
    void shouldRepeatASafeCallUntilTheServerIsReachable() {
        FaultProxy network = clients.network();
        HeliographClient client = clients.live(clients.person("ada"), network).client();
        Room room = ClientFixture.room(client);
        network.become(Mode.REFUSE);
        network.cut();

        CompletableFuture<Page<Member>> members = room.members();
        assertRefused("unreachable", client.createRoom(NewRoom.ofPrivate("no")));
        await().until(() -> client.state() instanceof ConnectionState.Waiting);
        network.become(Mode.PASS);

        assertEquals(1, members.join().items().size());
    }

    @Test
    void shouldEndACancelledCall() {
        FaultProxy network = clients.network();
        HeliographClient client = clients.live(clients.person("ada"), network).client();
        network.become(Mode.FREEZE);

        CompletableFuture<?> call = client.request(ApiCall.get("/api/users/me"));
        assertTrue(call.cancel(true));

        assertThrows(CancellationException.class, call::join);
        network.cut();
    }

    @Test
    void shouldReportTheCodeAndTheFieldsOfARejection() {
        HeliographClient client = clients.live(clients.person("ada"));

        HeliographException refusal = assertRefused("invalid_request", client.createRoom(NewRoom.ofPrivate("")));

        assertEquals(OptionalInt.of(400), refusal.status());
        assertTrue(
                refusal.errors().stream().anyMatch(error -> error.field().contains("name")),
                refusal.errors()::toString);
        assertTrue(refusal.requestId().isPresent());
    }
}
