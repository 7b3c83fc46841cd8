package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Api;
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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs whose worker dies or leaves end rightly elsewhere, those that lose PostgreSQL or Redis go on, and all take effect once. */
@ExtendWith(RunningHeliograph.class)
class JobFaultTest {

    /** Seconds of work, so that there is a middle. */
    private static final int LINES = 60_000;
    /** An export may be over before it is seen running; then there is another one. */
    private static final int TRIES = 20;

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration GLANCE = Duration.ofMillis(20);

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
        heliograph.postgres().start();
        heliograph.redis().start();
        for (int replica = 0; replica < 2; replica++) {
            if (!heliograph.messageProcess(replica).isAlive()) {
                heliograph.messageProcess(replica).start();
            }
        }
        heliograph.awaitReady();
    }

    @Test
    void shouldEndElsewhereWhenTheReplicaOfAWorkerIsKilled() throws Exception {
        String importing = startImport();
        int killed = caught(importing, "room_import").orElseThrow();
        heliograph.messageProcess(killed).kill();
        JsonNode ended = ended(importing, 1 - killed);

        assertEquals(2, ended.get("attempts").asInt());
        JsonNode report = ended.get("result").get("files").get(0);
        assertEquals(
                LINES, report.get("messages").asInt() + report.get("repeated").asInt());
        revive();
        assertEveryLineOnce(killedExport("room_export", "/api/rooms/" + room + "/exports"));
        assertEveryLineOnce(killedExport("account_export", "/api/users/me/exports"));
    }

    @Test
    void shouldReadFilesElsewhereWhenTheReplicaThatReadsThemIsKilled() throws Exception {
        String importing;
        int killed;
        // A file that is not in the order of its times is staged, where it does not come to its end.
        try (Database.Lock stage = database().lock("message_service.import_lines")) {
            String started = startImport("lines.jsonl", backwards());
            importing = started;
            await().atMost(PATIENCE)
                    .until(() -> show(started, 0).get("progress").get("done").asInt() == LINES
                            && worker("room_import").isPresent()
                            && !stage.waitingBackends().isEmpty());
            killed = worker("room_import").orElseThrow();
            heliograph.messageProcess(killed).kill();
        }
        JsonNode ended = ended(importing, 1 - killed);

        assertEquals(
                LINES, ended.get("result").get("files").get(0).get("messages").asInt());
        revive();
        assertEquals(LINES, lastSeq());
        assertEveryLineOnce(export("/api/rooms/" + room + "/exports", 0));
    }

    @Test
    void shouldGoOnWithoutRedis() throws Exception {
        String importing = startImport();
        assertTrue(caught(importing, "room_import").isPresent(), "the import was over before Redis was killed");

        heliograph.redis().kill();
        JsonNode ended = ended(importing, 0);
        List<JsonNode> exported = export("/api/rooms/" + room + "/exports", 0);
        List<JsonNode> account = export("/api/users/me/exports", 1);

        assertEquals(1, ended.get("attempts").asInt());
        assertEveryLineOnce(exported);
        assertEveryLineOnce(account);
    }

    @Test
    void shouldHandAJobToAnotherReplicaWhenItsOwnLeaves() throws Exception {
        String importing = startImport();
        int worker = caught(importing, "room_import").orElseThrow();
        ServiceProcess leaving = heliograph.messageProcess(worker);

        leaving.terminate();
        await().atMost(PATIENCE).until(() -> !leaving.isAlive());
        JsonNode ended = ended(importing, 1 - worker);

        assertEquals(1, ended.get("attempts").asInt(), "handing back counts as no attempt");
        revive();
        assertEquals(LINES, lastSeq());
        assertEveryLineOnce(export("/api/rooms/" + room + "/exports", 0));
    }

    @Test
    void shouldGoOnWhenPostgresIsBack() throws Exception {
        String importing = startImport();
        assertTrue(caught(importing, "room_import").isPresent(), "the import was over before PostgreSQL was stopped");

        heliograph.postgres().stop();
        await().atMost(PATIENCE)
                .until(() -> !heliograph.messageProcess(0).isReady()
                        && !heliograph.messageProcess(1).isReady());
        heliograph.postgres().start();
        ended(importing, 0);

        assertEquals(LINES, lastSeq());
        assertEveryLineOnce(export("/api/rooms/" + room + "/exports", 0));
    }

    /** The address of the job. */
    private String startImport() throws Exception {
        return startImport(
                "lines.txt",
                IntStream.range(0, LINES).mapToObj(JobFaultTest::line).collect(Collectors.joining("\n")));
    }

    /** The same lines, each older than the one before. */
    private static String backwards() {
        Instant last = Instant.parse("2024-01-01T00:00:00Z");
        return IntStream.range(0, LINES)
                .mapToObj(number ->
                        "{\"content\":\"" + line(number) + "\",\"createdAt\":\"" + last.minusSeconds(number) + "\"}")
                .collect(Collectors.joining("\n"));
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

    private static String line(int number) {
        return "line " + number;
    }

    /** The file of an export whose worker was killed. */
    private List<JsonNode> killedExport(String kind, String path) throws Exception {
        for (int tries = 0; tries < TRIES; tries++) {
            String job = heliograph
                    .gateway()
                    .as(ada)
                    .call("POST", path, null)
                    .join()
                    .expect(202)
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            Optional<Integer> killed = caught(job, kind);
            if (killed.isPresent()) {
                heliograph.messageProcess(killed.get()).kill();
                JsonNode ended = ended(job, 1 - killed.get());
                revive();
                if (ended.get("attempts").asInt() == 2) {
                    return file(ended);
                }
            }
        }
        throw new AssertionError("no " + kind + " was killed in its middle");
    }

    private List<JsonNode> export(String path, int replica) throws Exception {
        Reply accepted =
                heliograph.gateway().as(ada).call("POST", path, null).join().expect(202);
        return file(ended(accepted.headers().firstValue("Location").orElseThrow(), replica));
    }

    /** The replica on which this job has come to its middle; empty if it has ended before it was seen there. */
    private Optional<Integer> caught(String job, String kind) {
        await().atMost(PATIENCE).pollInterval(GLANCE).until(() -> isInTheMiddle(show(job, 0), kind));
        return worker(kind);
    }

    private Optional<Integer> worker(String kind) {
        return IntStream.range(0, 2)
                .filter(replica ->
                        heliograph.metrics(replica).value("heliograph_jobs_running{kind=\"" + kind + "\"}") > 0)
                .boxed()
                .findAny();
    }

    /** An import has a total once it stores: half of it is what it has read. */
    private static boolean isInTheMiddle(JsonNode job, String kind) {
        JsonNode progress = job.get("progress");
        long total = progress.get("total").asLong(Long.MAX_VALUE);
        return progress.get("done").asLong() > (kind.equals("room_import") ? total / 2 : 0);
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

    private static void assertEveryLineOnce(List<JsonNode> exported) {
        List<String> contents = exported.stream()
                .filter(line -> line.has("content"))
                .map(line -> line.get("content").asText())
                .toList();
        Set<String> expected =
                IntStream.range(0, LINES).mapToObj(JobFaultTest::line).collect(Collectors.toSet());
        assertEquals(LINES, contents.size());
        assertTrue(Set.copyOf(contents).equals(expected), "other lines than were imported");
    }
}
