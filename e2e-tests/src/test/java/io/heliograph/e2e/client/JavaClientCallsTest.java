package io.heliograph.e2e.client;

import static io.heliograph.e2e.client.ClientFixture.assertRefused;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JavaClientCallsTest extends JavaClientCase {

    private static final String BATCH = "/messages/batch";

    /** An answer to a batch, and for how long it says to wait. */
    private record Answer(long atMillis, int status, long retryAfterMillis) {}

    JavaClientCallsTest(Heliograph heliograph) {
        super(heliograph);
    }

    @Test
    void shouldWaitOutA429ForAsLongAsRetryAfterSays() {
        List<Answer> answers = new CopyOnWriteArrayList<>();
        InterceptedHttpClient http = new InterceptedHttpClient((request, response) -> {
            if (request.uri().getPath().endsWith(BATCH)) {
                long seconds =
                        response.headers().firstValueAsLong("Retry-After").orElse(0);
                long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
                answers.add(new Answer(now, response.statusCode(), seconds * 1_000));
            }
            return response.body();
        });
        HeliographClient client = clients.live(clients.person("ada"), options -> options.httpClient(http))
                .client();
        Room room = ClientFixture.room(client);

        for (int batch = 0; batch < 30 && answers.stream().noneMatch(answer -> answer.status() == 429); batch++) {
            ClientFixture.batch(client, room.id(), Collections.nCopies(1_000, "one of many"));
        }

        Answer refused = answers.stream()
                .filter(answer -> answer.status() == 429)
                .findFirst()
                .orElseThrow();
        Answer next = answers.get(answers.indexOf(refused) + 1);
        assertTrue(next.atMillis() - refused.atMillis() >= refused.retryAfterMillis(), answers::toString);
    }

    @Test
    void shouldOutlastAServerThatCannotBeReachedWhereACallMayBeRepeated() {
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
    void shouldGiveUpACallThatIsCancelled() {
        FaultProxy network = clients.network();
        HeliographClient client = clients.live(clients.person("ada"), network).client();
        network.become(Mode.FREEZE);

        CompletableFuture<?> call = client.request(ApiCall.get("/api/users/me"));
        assertTrue(call.cancel(true));

        assertThrows(CancellationException.class, call::join);
        network.cut();
    }

    @Test
    void shouldNameTheCodeAndTheFieldsOfARefusal() {
        HeliographClient client = clients.live(clients.person("ada"));

        HeliographException refusal = assertRefused("invalid_request", client.createRoom(NewRoom.ofPrivate("")));

        assertEquals(OptionalInt.of(400), refusal.status());
        assertTrue(
                refusal.errors().stream().anyMatch(error -> error.field().contains("name")),
                refusal.errors()::toString);
        assertTrue(refusal.requestId().isPresent());
    }
}
