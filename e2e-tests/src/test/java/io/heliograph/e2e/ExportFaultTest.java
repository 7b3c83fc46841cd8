package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Database;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.Reply;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.localstack.stack.ServiceProcess;
import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An export whose worker dies or leaves, or that loses PostgreSQL, ends rightly all the same: its file has each message
 * once. Each export is held in its middle, where some of its chunks are stored.
 */
@ExtendWith(RunningHeliograph.class)
class ExportFaultTest {

    private static final int MESSAGES = 2_000;
    /** Together some chunks of 256 KiB. */
    private static final String PADDING = "x".repeat(600);

    private static final int BATCH = 500;

    private static final String KIND = "room_export";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Heliograph heliograph;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Person ada;
    private final UUID room;

    ExportFaultTest(Heliograph heliograph) {
        this.heliograph = heliograph;
        this.ada = heliograph.person("ada");
        this.room = heliograph.gateway().as(ada).room("private");
    }

    @BeforeEach
    void send() {
        // A connection that was kept may be one to the process before.
        await().ignoreExceptions()
                .until(() -> heliograph.messages(0).as(ada).get("/api/rooms").status() == 200);
        for (int from = 0; from < MESSAGES; from += BATCH) {
            heliograph
                    .messages(0)
                    .as(ada)
                    .post(
                            "/api/rooms/" + room + "/messages/batch",
                            Map.of(
                                    "messages",
                                    IntStream.range(from, from + BATCH)
                                            .mapToObj(number -> Map.of("content", content(number)))
                                            .toList()))
                    .expect(201);
        }
    }

    @AfterEach
    void revive() {
        heliograph.revive();
        database().run("drop trigger if exists gate on message_service.job_chunks");
    }

    @Test
    void shouldRestartOnAnotherReplicaWhenTheReplicaIsKilled() throws Exception {
        String export;
        int killed;
        try (Database.Lock middle = middle()) {
            export = startExport();
            killed = heldWorker(middle);
            heliograph.messageProcess(killed).kill();
        }

        JsonNode ended = ended(export, 1 - killed);

        assertEquals(2, ended.get("attempts").asInt());
        assertEveryMessageOnce(ended, 1 - killed);
    }

    @Test
    void shouldRestartOnAnotherReplicaWhenTheReplicaDrains() throws Exception {
        String export;
        int worker;
        ServiceProcess leaving;
        try (Database.Lock middle = middle()) {
            export = startExport();
            worker = heldWorker(middle);
            leaving = heliograph.messageProcess(worker);
            leaving.terminate();
            await().atMost(PATIENCE).until(() -> !leaving.isReady());
        }
        await().atMost(PATIENCE).until(() -> !leaving.isAlive());

        JsonNode ended = ended(export, 1 - worker);

        assertEquals(1, ended.get("attempts").asInt(), "handing back counts as no attempt");
        assertEveryMessageOnce(ended, 1 - worker);
    }

    /** For longer than the lease of the export. */
    @Test
    void shouldRestartWhenPostgresIsBack() throws Exception {
        String export;
        try (Database.Lock middle = middle()) {
            export = startExport();
            int worker = heldWorker(middle);
            heliograph.postgres().stop();
            await().atMost(PATIENCE)
                    .until(() -> IntStream.range(0, 2)
                                    .noneMatch(replica ->
                                            heliograph.messageProcess(replica).isReady())
                            && running(worker) == 0);
        }
        heliograph.postgres().start();

        assertEveryMessageOnce(ended(export, 0), 1);
    }

    /** Where some of the file has been stored. */
    private Database.Lock middle() throws Exception {
        return database().gate("message_service.job_chunks", "new.n = 2");
    }

    /** The replica whose export is in its middle. */
    private int heldWorker(Database.Lock middle) {
        await().atMost(PATIENCE).until(() -> !middle.waitingBackends().isEmpty());
        return IntStream.range(0, 2)
                .filter(replica -> running(replica) > 0)
                .findAny()
                .orElseThrow();
    }

    private double running(int replica) {
        return heliograph.metrics(replica).value("heliograph_jobs_running{kind=\"" + KIND + "\"}");
    }

    /** The address of the job. */
    private String startExport() {
        Reply accepted = heliograph
                .gateway()
                .as(ada)
                .call("POST", "/api/rooms/" + room + "/exports", null)
                .join()
                .expect(202);
        return accepted.headers().firstValue("Location").orElseThrow();
    }

    /** The job once it has succeeded, as this replica shows it. */
    private JsonNode ended(String job, int replica) {
        await().atMost(PATIENCE).until(() -> {
            Reply reply = heliograph.messages(replica).as(ada).get(job);
            return reply.status() == 200
                    && Set.of("succeeded", "failed", "cancelled")
                            .contains(reply.body().get("state").asText());
        });
        JsonNode ended =
                heliograph.messages(replica).as(ada).get(job).expect(200).body();
        assertEquals("succeeded", ended.get("state").asText(), ended.toString());
        return ended;
    }

    private void assertEveryMessageOnce(JsonNode job, int replica) throws Exception {
        HttpResponse<String> file = http.send(
                HttpRequest.newBuilder(heliograph
                                .messages(replica)
                                .address()
                                .resolve(job.get("result").get("url").asText()))
                        .header("Authorization", "Bearer " + ada.token())
                        .timeout(PATIENCE)
                        .build(),
                BodyHandlers.ofString());
        assertEquals(200, file.statusCode());
        assertEquals(job.get("result").get("bytes").asInt(), file.body().length());
        List<String> contents = file.body()
                .lines()
                .map(line -> Json.parse(line).get("content").asText())
                .toList();
        assertEquals(
                IntStream.range(0, MESSAGES).mapToObj(ExportFaultTest::content).toList(), contents);
    }

    private static String content(int number) {
        return number + " " + PADDING;
    }

    private Database database() {
        return new Database(heliograph.postgres(), PostgresServer.DATABASE);
    }
}
