package io.heliograph.user.startup;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.rest.problem.ProblemException;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Person;
import io.heliograph.user.TestSettings;
import io.heliograph.user.account.AccountRepository;
import io.heliograph.user.account.NewAccount;
import io.heliograph.user.account.Role;
import io.heliograph.user.database.SettableDatabaseConfig;
import io.heliograph.user.signin.password.HashQuota;
import io.heliograph.user.signin.password.PasswordHasher;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class StartUpRunnerTest {

    private static final String PASSWORD = "a long secret";

    PostgresServer postgres;

    @Inject
    AccountRepository accounts;

    @Inject
    PasswordHasher passwords;

    private final AtomicInteger attempts = new AtomicInteger();

    @AfterEach
    void reset() {
        SettableDatabaseConfig.reset();
    }

    @Test
    void shouldWaitForAHangingStoreLongerThanARequest() throws Exception {
        String name = "start" + Long.toHexString(System.nanoTime());
        CompletableFuture<Void> start;
        try (Connection owner = DriverManager.getConnection("jdbc:" + postgres.reactiveUrl(), PostgresServer.USER, "");
                var lock = owner.createStatement()) {
            owner.setAutoCommit(false);
            lock.execute("lock table user_service.users in access exclusive mode");
            SettableDatabaseConfig.timeout(Duration.ofSeconds(1));

            start = CompletableFuture.runAsync(() -> start(Duration.ofMinutes(2), () -> makeAccount(name)));
            // The second begins after the first has met the time-out of a request.
            await().atMost(Duration.ofSeconds(60)).until(() -> attempts.get() > 1);
            assertFalse(start.isDone());

            SettableDatabaseConfig.reset();
            owner.rollback();
        }

        await().atMost(Duration.ofSeconds(60)).until(start::isDone);
        start.join();
        Person.signIn(name, PASSWORD).then().statusCode(200);
    }

    @Test
    void shouldReportInOneLineThatItGivesUpAtTheDeadline() {
        ConfigurationException end = assertThrows(
                ConfigurationException.class,
                () -> start(Duration.ofSeconds(1), () -> Uni.createFrom().failure(new TimeoutException())));

        assertTrue(attempts.get() > 1, attempts + " attempts");
        assertEquals(
                "user-service gives up its start: the accounts of a test could not be made within 1.0 s"
                        + " (heliograph.start.deadline): no answer in time",
                end.getMessage());
    }

    @Test
    void shouldFailTheStartAtOnceOnAPermanentError() {
        IllegalStateException wrong = new IllegalStateException("heliograph.demo.password is not set");

        IllegalStateException end = assertThrows(
                IllegalStateException.class,
                () -> start(Duration.ofMinutes(2), () -> Uni.createFrom().failure(wrong)));

        assertEquals(wrong, end);
        assertEquals(1, attempts.get());
    }

    private void start(Duration deadline, Supplier<Uni<Void>> attempt) {
        StartUpTask task = new StartUpTask() {
            @Override
            public String name() {
                return "the accounts of a test";
            }

            @Override
            public Uni<Void> attempt() {
                attempts.incrementAndGet();
                return attempt.get();
            }
        };
        new StartUpRunner(List.of(task), new Within(deadline)).start(new StartupEvent());
    }

    /** Until it is there: an attempt that timed out may have made it. */
    private Uni<Void> makeAccount(String name) {
        return passwords
                .hash(HashQuota.UNBOUNDED, PASSWORD)
                .flatMap(hash ->
                        accounts.add(new NewAccount(name, name + "@example.org", null, hash, List.of(Role.USER))))
                .replaceWithVoid()
                .onFailure(ProblemException.class)
                .recoverWithNull();
    }

    private record Within(Duration deadline) implements StartUpConfig {

        @Override
        public Duration retryDelay() {
            return Duration.ofMillis(5);
        }

        @Override
        public Duration maxRetryDelay() {
            return Duration.ofMillis(500);
        }
    }
}
