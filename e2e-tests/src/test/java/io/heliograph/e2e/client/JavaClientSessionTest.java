package io.heliograph.e2e.client;

import static io.heliograph.e2e.client.ClientFixture.assertRefused;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.client.ApiCall;
import io.heliograph.client.ClientEvent;
import io.heliograph.client.ClientStorage;
import io.heliograph.client.ConnectionState.Stopped;
import io.heliograph.client.HeliographClient;
import io.heliograph.client.MemoryStorage;
import io.heliograph.client.NewAccount;
import io.heliograph.client.Room;
import io.heliograph.client.SessionLock;
import io.heliograph.client.TokenProvider;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.localstack.process.Processes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaClientSessionTest extends JavaClientCase {

    JavaClientSessionTest(Heliograph heliograph) {
        super(heliograph);
    }

    @Test
    void shouldRenewATokenAtFourFifthsOfItsLifetimeOnTheSameConnection() {
        ShortLivedTokens tokens = ShortLivedTokens.of(5);
        RecordedClient client = clients.live(clients.person("ada"), options -> options.httpClient(tokens.http()));
        Room room = ClientFixture.room(client.client());
        room.subscribe().join();

        await("two renewals").until(() -> tokens.refreshes().size() == 2);

        List<ShortLivedTokens.Call> calls = tokens.calls();
        assertTrue(calls.get(1).atMillis() - calls.get(0).atMillis() >= 3_900, calls::toString);
        assertEquals(calls.get(0).refreshToken(), calls.get(1).sent());
        assertEquals(calls.get(1).refreshToken(), calls.get(2).sent());
        room.send("still here").join();
        assertTrue(client.isUnbroken(), client.states()::toString);
    }

    /** The first was issued a while ago, which only the time of the server shows. */
    @Test
    void shouldRenewATokenOfTheHostBeforeTheServerEndsItsConnection() {
        Person ada = clients.person("ada");
        AtomicInteger calls = new AtomicInteger();
        TokenProvider provider = () -> CompletableFuture.completedFuture(
                calls.getAndIncrement() == 0 ? clients.token(ada, 15, 15) : clients.token(ada, 0, 600));
        RecordedClient client = clients.client(options -> options.tokenProvider(provider));
        assertTrue(client.client().resume().join());
        client.awaitLive();

        await("the renewal").until(() -> calls.get() == 2);
        // The first has ended by then.
        Processes.pause(8_000);

        assertTrue(client.isUnbroken(), client.states()::toString);
        assertEquals(
                ada.id().toString(), client.client().account().orElseThrow().id());
    }

    /** Where the host had no other token yet, the client stops and reports the reason. */
    @Test
    void shouldReconnectWithAnotherTokenWhenTheConnectionsTokenExpires() {
        Person ada = clients.person("ada");
        String spent = clients.token(ada, 0, 3);
        CompletableFuture<String> fresh = new CompletableFuture<>();
        TokenProvider provider = () -> CompletableFuture.completedFuture(fresh.getNow(spent));
        RecordedClient client = clients.client(options -> options.tokenProvider(provider));
        client.client().resume().join();
        client.awaitLive();

        ClientFixture.awaitNotLive(client.client());
        fresh.complete(clients.token(ada, 0, 600));

        await("a new connection, or the end")
                .until(() -> RecordedClient.isLive(client.client())
                        || client.client().state() instanceof Stopped);
        if (client.client().state() instanceof Stopped stopped) {
            assertEquals("unauthenticated", stopped.reason());
            client.client().resume().join();
        }
        client.awaitLive();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLetTwoClientsShareASessionWithALockOrWithoutOne(boolean isLocked) {
        Person ada = clients.person("ada");
        ClientStorage storage = new MemoryStorage();
        ShortLivedTokens tokens = ShortLivedTokens.of(2);
        SessionLock lock = isLocked ? null : SessionLock.none();
        RecordedClient first =
                clients.live(ada, options -> options.storage(storage).lock(lock).httpClient(tokens.http()));
        RecordedClient second =
                clients.client(options -> options.storage(storage).lock(lock).httpClient(tokens.http()));
        assertTrue(second.client().resume().join());
        second.awaitLive();
        List<String> ends = new CopyOnWriteArrayList<>();
        Stream.of(first, second)
                .forEach(each -> each.client().on(ClientEvent.SignedOut.class, event -> ends.add(event.reason())));

        await("five renewals").until(() -> tokens.refreshes().size() >= 5);

        assertEquals(List.of(), ends);
        for (RecordedClient each : List.of(first, second)) {
            assertTrue(each.isUnbroken(), each.states()::toString);
            assertEquals(ada.id().toString(), me(each.client()));
        }
        if (isLocked) {
            List<String> sent =
                    tokens.refreshes().stream().map(ShortLivedTokens.Call::sent).toList();
            assertEquals(sent.size(), new HashSet<>(sent).size(), "a token was spent twice");
        }
    }

    @Test
    void shouldKeepTheSessionWhenTheAnswerToARenewalIsLost() {
        ShortLivedTokens tokens = ShortLivedTokens.losing(3, 2);
        RecordedClient client = clients.live(clients.person("ada"), options -> options.httpClient(tokens.http()));

        await("the next renewal").until(() -> tokens.refreshes().size() >= 4);

        List<ShortLivedTokens.Call> calls = tokens.refreshes();
        assertEquals(calls.get(0).sent(), calls.get(1).sent());
        assertEquals(calls.get(0).refreshToken(), calls.get(2).refreshToken());
        assertEquals(calls.get(2).refreshToken(), calls.get(3).sent());
        assertTrue(client.isUnbroken(), client.states()::toString);
    }

    @Test
    void shouldStopEveryClientOfAnEndedSessionAndReportTheReason() {
        ClientStorage storage = new MemoryStorage();
        HeliographClient first = clients.live(clients.person("ada"), options -> options.storage(storage))
                .client();
        RecordedClient second = clients.client(options -> options.storage(storage));
        second.client().resume().join();
        second.awaitLive();
        CompletableFuture<ClientEvent.SignedOut> ended = second.client().next(ClientEvent.SignedOut.class);

        first.signOut().join();

        assertEquals(new Stopped("signed_out", OptionalInt.empty()), first.state());
        assertEquals("revoked", ended.join().reason());
        assertEquals(
                new Stopped("revoked", OptionalInt.of(4503)), second.client().state());
        assertEquals(List.of(), storage.keys(""));
        assertFalse(clients.client(options -> options.storage(storage))
                .client()
                .resume()
                .join());
    }

    @Test
    void shouldNotUseTheSessionOfAnotherUser() {
        Person bob = clients.person("bob");
        ClientStorage storage = new MemoryStorage();
        ShortLivedTokens tokens = ShortLivedTokens.of(3);
        HeliographClient first = clients.live(clients.person("ada"), options -> options.storage(storage)
                        .httpClient(tokens.http()))
                .client();
        CompletableFuture<ClientEvent.SignedOut> ended = first.next(ClientEvent.SignedOut.class);

        HeliographClient second =
                clients.live(bob, options -> options.storage(storage)).client();

        assertEquals("signed_out", ended.join().reason());
        assertEquals(Optional.empty(), first.account());
        assertEquals(bob.id().toString(), me(second));
    }

    @Test
    void shouldRegisterAnAccountAndReportAWrongPassword() {
        RecordedClient client = clients.client(options -> options);
        String username = "new-" + UUID.randomUUID().toString().substring(0, 8);
        String password = "correct horse battery";

        client.client()
                .register(new NewAccount(username, username + "@example.org", password, null))
                .join();
        assertRefused("bad_credentials", client.client().signIn(username, "wrong"));
        client.client().signIn(username, password).join();

        client.awaitLive();
        assertEquals(username, client.client().account().orElseThrow().username());
    }

    @Test
    void shouldStopWhenEveryTokenIsRejected() {
        RecordedClient client = clients.client(
                options -> options.tokenProvider(() -> CompletableFuture.completedFuture("no token at all")));
        client.client().resume().join();

        assertEquals(new Stopped("unauthenticated", OptionalInt.of(4501)), client.awaitStopped());
    }

    @Test
    void shouldRepeatACallWithAnotherTokenAfterAnInvalidOne() {
        Person ada = clients.person("ada");
        String old = clients.token(ada, 600, -120);
        String good = clients.token(ada, 0, 600);
        AtomicInteger calls = new AtomicInteger();
        RecordedClient client = clients.client(options -> options.tokenProvider(
                () -> CompletableFuture.completedFuture(calls.getAndIncrement() == 0 ? old : good)));
        client.client().resume().join();

        assertEquals(ada.id().toString(), me(client.client()));
        client.awaitLive();
    }

    @Test
    void shouldUseATokenUntilItExpiresWhileRenewalsFail() {
        ShortLivedTokens tokens = ShortLivedTokens.losing(20, 3);
        RecordedClient client = clients.live(clients.person("ada"), options -> options.httpClient(tokens.http()));

        await("a renewal whose answer is lost").until(() -> !tokens.refreshes().isEmpty());
        me(client.client());
        await("a renewal whose answer comes").until(() -> tokens.refreshes().size() > 3);
        me(client.client());

        assertTrue(client.isUnbroken(), client.states()::toString);
    }

    @Test
    void shouldNotRenewAfterItWasClosed() {
        Person ada = clients.person("ada");
        AtomicInteger calls = new AtomicInteger();
        TokenProvider provider = () -> CompletableFuture.supplyAsync(
                () -> {
                    calls.incrementAndGet();
                    Processes.pause(300);
                    return clients.token(ada, 0, 3);
                },
                task -> new Thread(task).start());
        RecordedClient client = clients.client(options -> options.tokenProvider(provider));
        client.client().resume().join();
        client.awaitLive();

        await("a renewal").until(() -> calls.get() == 2);
        client.client().close();
        Processes.pause(4_000);

        assertEquals(2, calls.get());
        assertEquals(new Stopped("closed", OptionalInt.empty()), client.client().state());
    }

    private static String me(HeliographClient client) {
        return client.request(ApiCall.get("/api/users/me")).join().get("id").asText();
    }
}
