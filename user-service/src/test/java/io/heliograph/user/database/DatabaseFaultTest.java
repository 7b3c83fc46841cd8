package io.heliograph.user.database;

import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Person;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
public class DatabaseFaultTest {

    PostgresServer postgres;

    @AfterEach
    void recover() {
        SettableDatabaseConfig.reset();
        postgres.start();
    }

    @Test
    void shouldReportUnavailabilityWhilePostgresIsStoppedAndRecoverWithoutARestart() {
        Person ada = Person.register();
        String token = ada.accessToken();

        postgres.stop();

        assertStoreUnavailable(me(token));
        assertStoreUnavailable(ada.signIn());
        given().get("/.well-known/jwks.json").then().statusCode(200);

        postgres.start();

        await().untilAsserted(() -> me(token).then().statusCode(200).body("username", equalTo(ada.username())));
    }

    @Test
    @Timeout(120)
    void shouldReportUnavailabilityWhilePostgresHangsAndRecoverAfterwards() throws Exception {
        String token = Person.register().accessToken();
        List<ProcessHandle> frozen = backends();
        SettableDatabaseConfig.timeout(Duration.ofSeconds(1));
        signal("STOP", frozen);
        try {
            assertStoreUnavailable(me(token));
        } finally {
            signal("CONT", frozen);
        }
        SettableDatabaseConfig.reset();
        await().untilAsserted(() -> me(token).then().statusCode(200));
    }

    private List<ProcessHandle> backends() {
        ProcessHandle postmaster = postgres.process().orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    }

    private static void signal(String name, List<ProcessHandle> processes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        new ProcessBuilder(command).start().waitFor();
    }

    private static void assertStoreUnavailable(Response answer) {
        assertProblem(answer, 503, "store_unavailable").header("Retry-After", matchesPattern("[1-9]\\d*"));
    }

    private static Response me(String token) {
        return given().auth().oauth2(token).get("/api/users/me");
    }
}
