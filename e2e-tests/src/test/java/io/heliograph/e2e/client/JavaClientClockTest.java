package io.heliograph.e2e.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.client.ClientStorage;
import io.heliograph.client.MemoryStorage;
import io.heliograph.client.Room;
import io.heliograph.client.TokenProvider;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaClientClockTest extends JavaClientCase {

    /** That of a device, which may be wrong, and may be set. */
    private static final class WrongClock extends Clock {

        private volatile Duration wrongBy;

        WrongClock(int hours) {
            set(hours);
        }

        void set(int hours) {
            wrongBy = Duration.ofHours(hours);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(wrongBy);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    JavaClientClockTest(Heliograph heliograph) {
        super(heliograph);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void shouldWorkWithAClockThatIsWrongByHours(int hours) {
        Clock clock = new WrongClock(hours);
        ShortLivedTokens tokens = ShortLivedTokens.of(3);
        ClientStorage storage = new MemoryStorage();
        RecordedClient client = clients.live(
                clients.person("ada"),
                options -> options.clock(clock).storage(storage).httpClient(tokens.http()));
        Room room = ClientFixture.room(client.client());
        room.subscribe().join();
        room.send("one").join();

        await("two renewals").until(() -> tokens.calls().size() >= 3);

        List<ShortLivedTokens.Call> calls = tokens.calls();
        assertTrue(calls.get(1).atMillis() - calls.get(0).atMillis() >= 2_300, calls::toString);
        assertTrue(client.isUnbroken(), client.states()::toString);
        RecordedClient next =
                clients.client(options -> options.clock(clock).storage(storage).httpClient(tokens.http()));
        assertTrue(next.client().resume().join());
        next.awaitLive();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void shouldRenewATokenOfTheHostInTimeWithAClockThatIsWrongByHours(int hours) {
        Person ada = clients.person("ada");
        AtomicInteger calls = new AtomicInteger();
        TokenProvider provider = () -> {
            calls.incrementAndGet();
            return CompletableFuture.completedFuture(clients.token(ada, 0, 15));
        };
        long at = System.nanoTime();
        RecordedClient client =
                clients.client(options -> options.clock(new WrongClock(hours)).tokenProvider(provider));
        client.client().resume().join();

        await("a renewal").until(() -> calls.get() >= 2);

        assertTrue(System.nanoTime() - at >= Duration.ofSeconds(9).toNanos());
        assertTrue(client.isUnbroken(), client.states()::toString);
    }

    @Test
    void shouldWorkWithAClockThatIsSetWhileItRuns() {
        WrongClock clock = new WrongClock(0);
        ShortLivedTokens tokens = ShortLivedTokens.of(3);
        RecordedClient client = clients.live(
                clients.person("ada"), options -> options.clock(clock).httpClient(tokens.http()));
        Room room = ClientFixture.room(client.client());

        clock.set(1);
        room.send("one").join();
        await("a renewal").until(() -> tokens.calls().size() >= 2);
        clock.set(-1);
        room.send("two").join();
        await("another").until(() -> tokens.calls().size() >= 3);

        assertTrue(client.isUnbroken(), client.states()::toString);
        assertEquals(List.of("one", "two"), ClientFixture.contents(ClientFixture.history(client.client(), room.id())));
    }
}
