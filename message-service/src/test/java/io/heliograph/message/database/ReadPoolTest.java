package io.heliograph.message.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.ManagementPort;
import io.heliograph.testsupport.ReplicatedStores;
import io.heliograph.testsupport.ReplicatedStores.Pair;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads are shared with a real standby; clients never read an outdated state from it. */
@QuarkusTest
@TestProfile(ReplicatedStores.Profile.class)
class ReadPoolTest extends MessageServiceTest {

    /** Set by the test resource. */
    Pair postgres;

    private Person ada;
    private String room;

    @BeforeEach
    void aRoom() {
        ada = person("ada");
        room = ada.creates("public");
    }

    @AfterEach
    void startWhatWasStopped() throws SQLException {
        postgres.standby().start();
        onStandby("select pg_wal_replay_resume()");
    }

    @Test
    void shouldReadFromTheStandbyOnceItHasCaughtUp() {
        ada.sends(room, "hello").then().statusCode(201);

        for (String path : List.of(
                "/api/rooms/" + room + "/messages",
                "/api/rooms/" + room + "/members",
                "/api/rooms",
                "/api/rooms?visibility=public",
                "/api/messages/search?q=hello")) {
            double before = reads("replica");
            await().until(() -> {
                ada.asks().get(path).then().statusCode(200).body("items", not(empty()));
                return reads("replica") > before;
            });
        }
    }

    @Test
    void shouldShowNewChangesWhileTheStandbyIsBehind() throws SQLException {
        ada.sends(room, "before").then().statusCode(201);
        awaitUseOfTheStandby();
        onStandby("select pg_wal_replay_pause()");
        double behind = reads("behind");

        String name = UUID.randomUUID().toString();
        String fresh = ada.createsPublic(name);
        Person grace = person("grace");
        grace.joins(room);
        ada.sends(room, "during").then().statusCode(201);
        ada.asks().delete("/api/rooms/" + room + "/messages/1").then().statusCode(204);
        ada.reads(room, 1).then().statusCode(200);

        grace.asks().get("/api/rooms/" + room + "/messages").then().body("items.content", contains("during", ""));
        ada.asks()
                .get("/api/rooms")
                .then()
                .body("items.id", contains(room, fresh))
                .body("items[0].lastSeq", equalTo(2))
                .body("items[0].readSeq", equalTo(1));
        ada.asks()
                .get("/api/rooms/" + room + "/members")
                .then()
                .body("items.user.username", containsInAnyOrder("ada", "grace"));
        ada.asks().get("/api/rooms?visibility=public&query=" + name).then().body("items.id", contains(fresh));
        ada.asks().get("/api/messages/search?q=during").then().body("items.seq", contains(2));
        ada.asks().get("/api/messages/search?q=before").then().body("items", empty());
        assertThat(reads("behind")).isGreaterThanOrEqualTo(behind + 6);

        onStandby("select pg_wal_replay_resume()");
        awaitUseOfTheStandby();
    }

    @Test
    void shouldReadFromThePrimaryWhileTheStandbyIsDown() {
        ada.sends(room, "hello").then().statusCode(201);
        awaitUseOfTheStandby();

        postgres.standby().stop();

        for (int i = 0; i < 5; i++) {
            ada.asks()
                    .get("/api/rooms/" + room + "/messages")
                    .then()
                    .statusCode(200)
                    .body("items.content", contains("hello"));
        }
        assertThat(anonymous().get(ManagementPort.uri("/health/ready")).statusCode())
                .isEqualTo(200);
        assertThat(reads("unavailable")).isPositive();

        postgres.standby().start();
        awaitUseOfTheStandby();
    }

    @Test
    void shouldRespondWhileTheStandbyHangs() throws Exception {
        ada.sends(room, "hello").then().statusCode(201);
        awaitUseOfTheStandby();
        List<ProcessHandle> backends =
                postgres.standby().process().orElseThrow().children().toList();

        signal("STOP", backends);
        try {
            // It comes while the standby hangs, and hangs itself otherwise.
            var answer = ada.asks().get("/api/rooms/" + room + "/messages");
            answer.then().statusCode(200).body("items.content", contains("hello"));
        } finally {
            signal("CONT", backends);
        }
        awaitUseOfTheStandby();
    }

    private void awaitUseOfTheStandby() {
        double before = reads("replica");
        await().until(() -> {
            ada.asks().get("/api/rooms").then().statusCode(200);
            return reads("replica") > before;
        });
    }

    private double reads(String outcome) {
        Matcher count = Pattern.compile("heliograph_database_reads_total\\{outcome=\"" + outcome + "\"[^}]*} (\\S+)")
                .matcher(anonymous().get(metrics()).asString());
        return count.find() ? Double.parseDouble(count.group(1)) : 0;
    }

    private void onStandby(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        "jdbc:" + postgres.standby().reactiveUrl(), PostgresServer.USER, "");
                var execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }

    private static void signal(String name, List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
    }
}
