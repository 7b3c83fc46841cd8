package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Database;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.Reply;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs whose worker dies or leaves end rightly elsewhere, those that lose PostgreSQL or Redis go on, and all take effect once. */
@ExtendWith(RunningHeliograph.class)
class JobFaultTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Heliograph heliograph;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Person ada;
    private final UUID room;

    JobFaultTest(Heliograph heliograph) {
        this.heliograph = heliograph;
        this.ada = heliograph.person("ada");
        this.room = heliograph.gateway().as(ada).room("private");
    }

    @AfterEach
    void revive() {
        heliograph.revive();
    }

    @Test
    void shouldFinishOnAnotherReplicaWhenTheWorkerIsKilled() throws Exception {
        String importing;
        int killed;
        try (Database.Lock middle = middleOfImport()) {
            importing = startImport();
            killed = workerAt(middle, "room_import");
            heliograph.messageProcess(killed).kill();
        }
        JsonNode ended = ended(importing, 1 - killed);

        assertEquals(2, ended.get("attempts").asInt());
        JsonNode report = ended.get("result").get("files").get(0);
        assertEquals(
                ImportedLines.COUNT,
                report.get("messages").asInt() + report.get("repeated").asInt());
        revive();
        ImportedLines.assertEachOnce(killedExport("room_export", "/api/rooms/" + room + "/exports"));
        ImportedLines.assertEachOnce(killedExport("account_export", "/api/users/me/exports"));
    }

    @Test
    void shouldReadFilesOnAnotherReplicaWhenTheReadingOneIsKilled() throws Exception {
        String importing;
        int killed;
        // A file that is not in the order of its times is staged first; the lock stops the import there.
        try (Database.Lock stage = database().lock("message_service.import_lines")) {
            importing = startImport("lines.jsonl", ImportedLines.backwards());
            killed = workerAt(stage, "room_import");
            awaitLinesRead(importing);
            heliograph.messageProcess(killed).kill();
        }
        endLease(importing);
        JsonNode ended = ended(importing, 1 - killed);

        assertEquals(
                ImportedLines.COUNT,
                ended.get("result").get("files").get(0).get("messages").asInt());
        revive();
        assertEquals(ImportedLines.COUNT, lastSeq());
        ImportedLines.assertEachOnce(export("/api/rooms/" + room + "/exports", 0));
    }

    @Test
    void shouldContinueWithoutRedis() throws Exception {
        String importing;
        try (Database.Lock middle = middleOfImport()) {
            importing = startImport();
            workerAt(middle, "room_import");
            heliograph.redis().kill();
        }
        JsonNode ended = ended(importing, 0);
        List<JsonNode> exported = export("/api/rooms/" + room + "/exports", 0);
        List<JsonNode> account = export("/api/users/me/exports", 1);

        assertEquals(1, ended.get("attempts").asInt());
        ImportedLines.assertEachOnce(exported);
        ImportedLines.assertEachOnce(account);
    }

    @Test
    void shouldContinueAJobOnAnotherReplicaWhenItsReplicaDrains() throws Exception {
        String importing;
        int worker;
        try (Database.Lock middle = middleOfImport()) {
            importing = startImport();
            worker = workerAt(middle, "room_import");
            heliograph.messageProcess(worker).terminate();
            await().atMost(PATIENCE).until(() -> isWorker(1 - worker, "room_import"));
        }
        await().atMost(PATIENCE).until(() -> !heliograph.messageProcess(worker).isAlive());
        JsonNode ended = ended(importing, 1 - worker);

        assertEquals(1, ended.get("attempts").asInt(), "handing back counts as no attempt");
        revive();
        assertEquals(ImportedLines.COUNT, lastSeq());
        ImportedLines.assertEachOnce(export("/api/rooms/" + room + "/exports", 0));
    }

    @Test
    void shouldContinueWhenPostgresIsBack() throws Exception {
        String importing;
        try (Database.Lock middle = middleOfImport()) {
            importing = startImport();
            workerAt(middle, "room_import");
            heliograph.postgres().stop();
        }
        await().atMost(PATIENCE)
                .until(() -> !heliograph.messageProcess(0).isReady()
                        && !heliograph.messageProcess(1).isReady());
        heliograph.postgres().start();
        ended(importing, 0);

        assertEquals(ImportedLines.COUNT, lastSeq());
        ImportedLines.assertEachOnce(export("/api/rooms/" + room + "/exports", 0));
    }

    /** The address of the job. */
    private String startImport() throws Exception {
        return startImport("lines.txt", ImportedLines.text());
    }

    private String startImport(String name, String lines) throws Exception {
        String body = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\n" + lines
                + "\r\n--x--\r\n";
        HttpResponse<String> accepted = http.send(
                request("/api/rooms/" + room + "/imports")
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertEquals(202, accepted.statusCode(), accepted.body());
        return accepted.headers().firstValue("Location").orElseThrow();
    }

    /** The file of an export whose worker was killed in its middle. */
    private List<JsonNode> killedExport(String kind, String path) throws Exception {
        String exporting;
        int killed;
        try (Database.Lock middle = database().gate("message_service.job_chunks", "new.n = 1")) {
            exporting = startExport(path);
            killed = workerAt(middle, kind);
            heliograph.messageProcess(killed).kill();
        }
        endLease(exporting);
        JsonNode ended = ended(exporting, 1 - killed);
        assertEquals(2, ended.get("attempts").asInt());
        revive();
        return file(ended);
    }

    private String startExport(String path) {
        return heliograph
                .gateway()
                .as(ada)
                .call("POST", path, null)
                .join()
                .expect(202)
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private List<JsonNode> export(String path, int replica) throws Exception {
        return file(ended(startExport(path), replica));
    }

    /** Holds every import of the room at this point until it is closed. */
    private Database.Lock middleOfImport() throws Exception {
        return database()
                .gate(
                        "message_service.messages",
                        "new.room_id = '" + room + "' and new.seq = " + ImportedLines.COUNT / 2);
    }

    /** The replica whose job of this kind waits there. */
    private int workerAt(Database.Lock middle, String kind) {
        await().atMost(PATIENCE)
                .until(() -> !middle.waitingBackends().isEmpty() && worker(kind).isPresent());
        return worker(kind).orElseThrow();
    }

    private Optional<Integer> worker(String kind) {
        return IntStream.range(0, 2)
                .filter(replica -> isWorker(replica, kind))
                .boxed()
                .findAny();
    }

    private boolean isWorker(int replica, String kind) {
        return heliograph.metrics(replica).value("heliograph_jobs_running{kind=\"" + kind + "\"}") > 0;
    }

    private void awaitLinesRead(String job) {
        await().atMost(PATIENCE)
                .until(() -> show(job, 0).get("progress").get("done").asInt() == ImportedLines.COUNT);
    }

    /** At once, instead of after the lease of a dead worker, for which one test waits. */
    private void endLease(String job) {
        String id = job.substring(job.lastIndexOf('/') + 1);
        database().run("update message_service.jobs set lease_until = now() where id = '" + id + "' and attempts = 1");
    }

    private JsonNode show(String job, int replica) {
        return heliograph.messages(replica).as(ada).get(job).expect(200).body();
    }

    /** The job once it has succeeded, as this replica shows it. */
    private JsonNode ended(String job, int replica) {
        Api api = heliograph.messages(replica).as(ada);
        await().atMost(PATIENCE).until(() -> {
            Reply reply = api.get(job);
            return reply.status() == 200
                    && Set.of("succeeded", "failed", "cancelled")
                            .contains(reply.body().get("state").asText());
        });
        JsonNode ended = show(job, replica);
        assertEquals("succeeded", ended.get("state").asText(), ended.toString());
        return ended;
    }

    private List<JsonNode> file(JsonNode job) throws Exception {
        HttpResponse<String> file =
                http.send(request(job.get("result").get("url").asText()).build(), BodyHandlers.ofString());
        assertEquals(200, file.statusCode());
        assertEquals(job.get("result").get("bytes").asInt(), file.body().length());
        return file.body().lines().map(Json::parse).toList();
    }

    private Database database() {
        return new Database(heliograph.postgres(), PostgresServer.DATABASE);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(heliograph.gateway().address().resolve(path))
                .header("Authorization", "Bearer " + ada.token())
                .timeout(PATIENCE);
    }

    private long lastSeq() {
        return heliograph
                .gateway()
                .as(ada)
                .get("/api/rooms/" + room)
                .expect(200)
                .body()
                .get("lastSeq")
                .asLong();
    }
}
