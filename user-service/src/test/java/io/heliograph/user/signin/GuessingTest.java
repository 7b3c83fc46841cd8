package io.heliograph.user.signin;

import static io.heliograph.user.Person.post;
import static io.heliograph.user.Person.signInFrom;
import static io.heliograph.user.Problems.assertProblem;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.testsupport.Meters;
import io.heliograph.user.Database;
import io.heliograph.user.Person;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Five failures of an account at an address in five minutes, and in tests eight of an account in an hour. */
@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class GuessingTest {

    private static final String WRONG = "not the password";
    private static final AtomicInteger ADDRESSES = new AtomicInteger();
    private static final Pattern HASHES =
            Pattern.compile("worker_pool_completed_total\\{[^}]*pool_name=\"passwords\"[^}]*} (\\S+)");

    /** Set by {@link EmbeddedStores}. */
    PostgresServer postgres;

    @Test
    void shouldDelayOnlyTheGuessedAccountAtTheGuessingAddress() {
        Person ada = Person.register();
        String address = address();
        fail(5, address, ada.username());

        assertBarred(signInFrom(address, ada.username(), WRONG));
        assertBarred(signInFrom(address, ada.username(), ada.password()));
        signInFrom(address(), ada.username(), ada.password()).then().statusCode(200);
        Person grace = Person.register();
        signInFrom(address, grace.username(), grace.password()).then().statusCode(200);
    }

    @Test
    void shouldTreatAnUnknownLoginAlike() {
        Person ada = Person.register();
        String address = address();
        String unknownLogin = unknownLogin();
        fail(5, address, ada.username());
        fail(5, address, unknownLogin);

        Response known = signInFrom(address, ada.username(), WRONG);
        Response unknown = signInFrom(address, unknownLogin.toUpperCase(Locale.ROOT), WRONG);

        assertBarred(known);
        assertBarred(unknown);
        assertEquals((String) known.path("detail"), unknown.path("detail"));
    }

    @Test
    void shouldAllowOneMoreAttemptPerMinute() throws SQLException {
        Person ada = Person.register();
        String address = address();
        fail(5, address, ada.username());
        pass(61, address);

        assertProblem(signInFrom(address, ada.username(), WRONG), 401, "bad_credentials");
        assertBarred(signInFrom(address, ada.username(), WRONG));
    }

    @Test
    void shouldResetFailuresOnSuccess() {
        Person ada = Person.register();
        String address = address();
        fail(4, address, ada.username());
        signInFrom(address, ada.username(), ada.password()).then().statusCode(200);
        fail(4, address, ada.username());
        signInFrom(address, ada.username(), ada.password()).then().statusCode(200);
    }

    @Test
    void shouldCountFailuresByUsernameAndAddressTogether() {
        Person ada = Person.register();
        String address = address();
        fail(3, address, ada.username());
        fail(2, address, ada.email());
        assertBarred(signInFrom(address, ada.email(), WRONG));
    }

    @Test
    void shouldBoundGuessesOfManyAddressesWithoutBlockingTheOwner() {
        Person ada = Person.register();
        String home = address();
        signInFrom(home, ada.username(), ada.password()).then().statusCode(200);
        for (int i = 0; i < 8; i++) {
            fail(1, address(), ada.username());
        }

        assertBarred(signInFrom(address(), ada.username(), WRONG));
        assertBarred(signInFrom(address(), ada.username(), ada.password()));
        signInFrom(home, ada.username(), ada.password()).then().statusCode(200);
    }

    @Test
    void shouldBoundTheGuessesOfOneAddressAtManyAccounts() {
        String address = address();
        int judged = 0;
        long start = System.nanoTime();
        Response last = signInFrom(address, unknownLogin(), WRONG);
        while (last.statusCode() == 401) {
            judged++;
            last = signInFrom(address, unknownLogin(), WRONG);
        }

        assertBarred(last);
        // Fifty at once, and one more for each twelve seconds that this took.
        long more = Duration.ofNanos(System.nanoTime() - start).toSeconds() / 12 + 1;
        assertTrue(judged >= 50 && judged <= 50 + more, judged + " were judged, and at most 50 + " + more + " may be");
    }

    @Test
    void shouldTreatAnIpv6NetworkAsOneAddress() {
        Person ada = Person.register();
        String network = "2001:db8:" + Integer.toHexString(ADDRESSES.incrementAndGet()) + ":7:";
        for (int i = 1; i <= 5; i++) {
            fail(1, network + i + ":2:3:4", ada.username());
        }
        assertBarred(signInFrom(network + ":1", ada.username(), WRONG));
    }

    @Test
    void shouldCountFailuresOfTheNetworksOfASiteTogether() {
        Person ada = Person.register();
        String site = "2001:db8:" + Integer.toHexString(ADDRESSES.incrementAndGet()) + ":";
        for (int i = 0; i < 22; i++) {
            Response guess = signInFrom(site + i + "::1", ada.username(), WRONG);
            if (i < 6) {
                assertProblem(guess, 401, "bad_credentials");
            } else {
                assertBarred(guess);
            }
        }

        signInFrom(address(), ada.username(), ada.password()).then().statusCode(200);
    }

    @Test
    void shouldNotBlockAKnownDevice() {
        Person ada = Person.register();
        Response before = signInFrom(address(), ada.username(), ada.password());
        String device = before.cookie("heliograph_device");
        post("/api/auth/logout", Map.of("refreshToken", before.path("refreshToken")))
                .then()
                .statusCode(204);
        for (int i = 0; i < 8; i++) {
            fail(1, address(), ada.username());
        }

        assertBarred(signInFrom(address(), ada.username(), ada.password()));
        assertBarred(signInFrom(address(), ada.username(), ada.password(), device.replaceFirst("..$", "xx")));
        signInFrom(address(), ada.username(), ada.password(), device).then().statusCode(200);
    }

    @Test
    void shouldBoundGuessesAtAKnownDeviceAndKnowItForOneAccountOnly() {
        Person ada = Person.register();
        Person grace = Person.register();
        String device = ada.signIn().cookie("heliograph_device");
        for (int i = 0; i < 5; i++) {
            assertProblem(signInFrom(address(), ada.username(), WRONG, device), 401, "bad_credentials");
        }
        assertBarred(signInFrom(address(), ada.username(), ada.password(), device));

        String address = address();
        for (int i = 0; i < 5; i++) {
            assertProblem(signInFrom(address, grace.username(), WRONG, device), 401, "bad_credentials");
        }
        assertBarred(signInFrom(address, grace.username(), grace.password(), device));
    }

    @Test
    void shouldCheckNoMoreConcurrentGuessesThanSequentialOnes() {
        Person ada = Person.register();
        String address = address();
        List<CompletableFuture<Integer>> answers = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> signInFrom(address, ada.username(), WRONG).statusCode()))
                .limit(12)
                .toList();
        List<Integer> statuses = answers.stream().map(CompletableFuture::join).toList();
        assertEquals(5, Collections.frequency(statuses, 401), statuses.toString());
        assertEquals(7, Collections.frequency(statuses, 429), statuses.toString());
    }

    @Test
    void shouldHashForUnknownUsersButNotForDelayedSignIns() {
        Person ada = Person.register();
        String address = address();
        double before = hashes();
        fail(5, address, ada.username());
        fail(3, address, unknownLogin());
        await().untilAsserted(() -> assertEquals(before + 8, hashes()));

        assertBarred(signInFrom(address, ada.username(), ada.password()));
        fail(1, address, unknownLogin());

        await().untilAsserted(() -> assertEquals(before + 9, hashes()));
    }

    @Test
    void shouldDeleteExpiredFailures() throws SQLException {
        String address = address();
        fail(3, address, unknownLogin());
        pass(3600, address);
        await().until(() -> {
            fail(1, address(), unknownLogin());
            return rows(address) == 0;
        });
    }

    @Test
    void shouldNotOpenASessionForAConcurrentlyChangedPassword() throws SQLException {
        Person ada = Person.register();
        CompletableFuture<Response> answer;
        try (Connection owner = Database.connect(postgres);
                Statement change = owner.createStatement()) {
            owner.setAutoCommit(false);
            change.execute(
                    "update users set password_version = password_version + 1 where id = '%s'".formatted(ada.id()));
            answer = CompletableFuture.supplyAsync(ada::signIn);
            await().until(() -> Database.count(postgres, "select count(*) from pg_locks where not granted") > 0);
            owner.commit();
        }

        assertProblem(answer.join(), 401, "bad_credentials");
    }

    private static void fail(int times, String address, String login) {
        for (int i = 0; i < times; i++) {
            assertProblem(signInFrom(address, login, WRONG), 401, "bad_credentials");
        }
    }

    private static void assertBarred(Response answer) {
        assertProblem(answer, 429, "too_many_sign_ins");
        int wait = Integer.parseInt(answer.header("Retry-After"));
        assertTrue(wait > 0 && wait <= 450, wait + " s");
    }

    /** A login that no account has. */
    private static String unknownLogin() {
        return "n" + UUID.randomUUID();
    }

    /** An unused address. */
    private static String address() {
        int next = ADDRESSES.incrementAndGet();
        return "198.51." + next / 250 + "." + (1 + next % 250);
    }

    /** As if this many seconds had passed. */
    private void pass(int seconds, String address) throws SQLException {
        Database.run(
                postgres,
                "update failed_sign_ins set clear_at = clear_at - make_interval(secs => %d) where address = '%s'"
                        .formatted(seconds, address));
    }

    private long rows(String address) throws SQLException {
        return Database.count(postgres, "select count(*) from failed_sign_ins where address = '%s'".formatted(address));
    }

    private static double hashes() {
        String metrics = Meters.all();
        Matcher line = HASHES.matcher(metrics);
        assertTrue(line.find(), metrics);
        return Double.parseDouble(line.group(1));
    }
}
