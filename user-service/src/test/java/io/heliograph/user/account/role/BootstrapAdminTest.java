package io.heliograph.user.account.role;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Admin;
import io.heliograph.user.AuditLines;
import io.heliograph.user.Database;
import io.heliograph.user.Person;
import io.heliograph.user.TestKeys;
import io.heliograph.user.TestSettings;
import io.heliograph.user.account.AccountRepository;
import io.heliograph.user.audit.AuditLog;
import io.heliograph.user.signin.password.PasswordHasher;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.validation.Validator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class BootstrapAdminTest {

    private static final String PASSWORD = "a long secret";

    PostgresServer postgres;
    TestKeys keys;

    @Inject
    Validator validator;

    @Inject
    RoleRepository roles;

    @Inject
    AccountRepository accounts;

    @Inject
    PasswordHasher passwords;

    @Inject
    AuditLog audit;

    @BeforeEach
    void leaveNoAdmin() throws Exception {
        Database.run(postgres, "update users set roles = '{user}' where 'admin' = any(roles)");
    }

    @Test
    void shouldMakeTheAccountWithoutAnAdmin() {
        String name = newName();

        start(settings(name).password(PASSWORD));

        Person admin = person(name);
        assertEquals(List.of("user", "admin"), rolesOf(admin));
    }

    @Test
    void shouldReadThePasswordFromAFile(@TempDir Path folder) throws Exception {
        String name = newName();
        Path file = Files.writeString(folder.resolve("password"), PASSWORD + "\n");

        start(settings(name).passwordFile(file));

        assertEquals(List.of("user", "admin"), rolesOf(person(name)));
    }

    @Test
    void shouldMakeAnExistingAccountAdmin() {
        Person ada = Person.register();

        start(settings(ada.username().toUpperCase(Locale.ROOT)));

        assertEquals(List.of("user", "admin"), rolesOf(ada));
        ada.signIn().then().statusCode(200);
    }

    @Test
    void shouldMakeNoSecondAdmin() {
        start(settings(newName()).password(PASSWORD));
        String name = newName();

        start(settings(name).password(PASSWORD));

        assertEquals(401, Person.signIn(name, PASSWORD).statusCode());
    }

    /** PostgreSQL commits, waits for a standby that does not come, and is cut off before it answers. */
    @Test
    void shouldAuditAnAdminWhoseCommitWasNotConfirmed() throws Exception {
        String name = newName();
        BootstrapAdminTask firstAdmin = firstAdmin(settings(name).password(PASSWORD));
        AuditLines lines = new AuditLines();
        try {
            Database.run(postgres, "alter system set synchronous_commit = on");
            Database.run(postgres, "alter system set synchronous_standby_names = 'nobody'");
            Database.run(postgres, "select pg_reload_conf()");
            CompletableFuture<Void> attempt = firstAdmin.attempt().subscribeAsCompletionStage();
            // Unless PostgreSQL has given up the wait before; then it has answered.
            await().until(() -> attempt.isDone() || cutOffWhoWaitsForAStandby());
            await().until(attempt::isDone);
        } finally {
            Database.run(postgres, "alter system reset synchronous_commit");
            Database.run(postgres, "alter system reset synchronous_standby_names");
            Database.run(postgres, "select pg_reload_conf()");
        }

        firstAdmin.attempt().await().indefinitely();

        String id = person(name).id().toString();
        assertEquals(
                1,
                lines.text()
                        .lines()
                        .filter(line -> line.contains(id) && line.contains("role_change"))
                        .count(),
                lines::text);
    }

    private boolean cutOffWhoWaitsForAStandby() throws Exception {
        try (Connection connection = Database.connect(postgres);
                Statement statement = connection.createStatement()) {
            String cut = "select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'";
            return !Database.lines(statement, cut).isEmpty();
        }
    }

    @Test
    void shouldNotNeedItsFileWhileThereIsAnAdmin() {
        start(settings(newName()).password(PASSWORD));
        start(settings(newName()).passwordFile(Path.of("/nowhere")));
    }

    @Test
    void shouldNotMakeAnotherAccountWithTheSameNameAdmin() {
        Person other = Person.register();
        Settings wanted = new Settings(other.username(), "someone.else@example.org", null, null);

        assertRefused("no account with the username and address", () -> start(wanted));
        assertRefused("username_taken", () -> start(wanted.password(PASSWORD)));

        assertEquals(List.of("user"), rolesOf(other));
    }

    @Test
    void shouldMakeNothingWithoutSettings() {
        start(new Settings(null, null, null, null));

        assertFalse(roles.isThereAnAdmin().await().indefinitely());
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void shouldReportTheKeyOfAnInvalidSetting(String key, Settings settings) {
        String message = assertRefused("heliograph.admin." + key + " ", () -> start(settings));
        assertFalse(message.contains(PASSWORD));
    }

    static Stream<Arguments> nonsense() {
        Settings good = settings("root");
        return Stream.of(
                Arguments.of("username", new Settings("a b", "root@example.org", null, null)),
                Arguments.of("username", new Settings("rооt", "root@example.org", null, null)),
                Arguments.of("username", new Settings(null, "root@example.org", null, null)),
                Arguments.of("username", new Settings(null, null, PASSWORD, null)),
                Arguments.of("email", new Settings("root", null, PASSWORD, null)),
                Arguments.of("email", new Settings("root", "root", PASSWORD, null)),
                Arguments.of("password", good.password("short")),
                Arguments.of("password", good.password(PASSWORD).passwordFile(Path.of("/nowhere"))),
                Arguments.of("password-file", good.passwordFile(Path.of("/nowhere"))),
                Arguments.of("password-file", good.passwordFile(Path.of("/"))));
    }

    private void start(Settings settings) {
        firstAdmin(settings).attempt().await().indefinitely();
    }

    private BootstrapAdminTask firstAdmin(Settings settings) {
        return new BootstrapAdminTask(new BootstrapAdmin(settings, validator), roles, accounts, passwords, audit);
    }

    private List<String> rolesOf(Person person) {
        return Admin.asks(keys).get("/api/users/" + person.id() + "/roles").path("roles");
    }

    private static Person person(String name) {
        String token =
                Person.signIn(name, PASSWORD).then().statusCode(200).extract().path("accessToken");
        String id = given().auth().oauth2(token).get("/api/users/me").path("id");
        return new Person(UUID.fromString(id), name, name + "@example.org", PASSWORD);
    }

    private static String assertRefused(String part, Runnable start) {
        String message = assertThrows(IllegalStateException.class, start::run).getMessage();
        assertTrue(message.contains(part), message);
        return message;
    }

    private static String newName() {
        return "root" + Long.toHexString(System.nanoTime());
    }

    private static Settings settings(String name) {
        return new Settings(name, name + "@example.org", null, null);
    }

    /** Of an operator; null is for what is not set. */
    private record Settings(String name, String address, String secret, Path secretFile)
            implements BootstrapAdminConfig {

        Settings password(String value) {
            return new Settings(name, address, value, secretFile);
        }

        Settings passwordFile(Path value) {
            return new Settings(name, address, secret, value);
        }

        @Override
        public Optional<String> username() {
            return Optional.ofNullable(name);
        }

        @Override
        public Optional<String> email() {
            return Optional.ofNullable(address);
        }

        @Override
        public Optional<String> password() {
            return Optional.ofNullable(secret);
        }

        @Override
        public Optional<Path> passwordFile() {
            return Optional.ofNullable(secretFile);
        }
    }
}
