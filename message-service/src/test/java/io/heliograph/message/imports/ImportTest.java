package io.heliograph.message.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ImportTest extends MessageServiceTest {

    @Test
    void shouldImportSeveralFilesAndReportEachInTheOrderGiven() {
        Person ada = person("ada");
        String room = ada.creates("private");

        JsonPath job = imported(
                ada,
                room,
                file("b.txt", "one\ntwo\n\n"),
                file("a.jsonl", "{\"content\":\"three\"}\nnonsense\n"),
                file("c.exe", "MZ"),
                file("empty.txt", ""));

        assertThat(job.getList("result.files.name", String.class))
                .containsExactly("b.txt", "a.jsonl", "c.exe", "empty.txt");
        assertThat(job.getList("result.files.bytes", Integer.class)).containsExactly(9, 29, 2, 0);
        assertThat(job.getList("result.files.lines", Integer.class)).containsExactly(3, 2, 0, 0);
        assertThat(job.getList("result.files.messages", Integer.class)).containsExactly(2, 1, 0, 0);
        assertThat(job.getList("result.files.skipped", Integer.class)).containsExactly(1, 1, 0, 0);
        assertThat(job.getString("result.files[1].errors[0]")).isEqualTo("line 2 is not JSON");
        assertThat(job.getString("result.files[2].error")).startsWith("its name ends");
        assertThat(job.getString("result.files[3].error")).isEqualTo("it is empty");
        assertThat(contents(ada, room)).containsExactly("one", "two", "three");
    }

    @Test
    void shouldKeepTimesAndSendersAndStoreInTheOrderOfTimes() {
        Person ada = person("ada");
        Person grace = person("Grace-" + System.nanoTime());
        String room = ada.creates("public");
        grace.joins(room);

        imported(
                ada,
                room,
                file("late.jsonl", """
                        {"content":"third","sender":"nobody here","createdAt":"2020-01-03T00:00:00Z"}
                        {"content":"first","sender":"%s","createdAt":"2020-01-01T00:00:00.123456Z"}
                        """.formatted(grace.username().toLowerCase(Locale.ROOT))),
                file("early.jsonl", "{\"content\":\"second\",\"createdAt\":\"2020-01-02T00:00:00Z\"}"));

        ada.asks()
                .get("/api/rooms/" + room + "/messages?after=0")
                .then()
                .body("items.content", contains("first", "second", "third"))
                .body("items.createdAt[0]", equalTo("2020-01-01T00:00:00.123456Z"))
                .body(
                        "items.sender.id",
                        contains(
                                grace.id().toString(),
                                ada.id().toString(),
                                ada.id().toString()))
                .body("items[0].imported.by", equalTo(ada.id().toString()))
                .body("items[0].imported.author", nullValue())
                .body("items[1].imported.author", nullValue())
                .body("items[2].imported.author", equalTo("nobody here"));
        ada.sends(room, "by hand").then().body("imported", nullValue());
    }

    @Test
    void shouldStoreMessagesOnceWhenTheyAreImportedAgain() {
        Person ada = person("ada");
        Person grace = person("Grace-" + System.nanoTime());
        grace.creates("private");
        String room = ada.creates("public");
        String lines = """
                {"content":"hers","sender":"%s","clientId":"1"}
                {"content":"another's","sender":"nobody","clientId":"1"}
                """.formatted(grace.username());
        imported(ada, room, file("a.jsonl", lines), file("b.txt", "same\nsame"));
        grace.joins(room);

        JsonPath again = imported(ada, room, file("other name.jsonl", lines), file("b.txt", "same\nsame"));
        grace.asks().delete("/api/rooms/" + room + "/members/" + grace.id());
        imported(ada, room, file("a.jsonl", lines));

        assertThat(contents(ada, room)).containsExactlyInAnyOrder("hers", "another's", "same", "same");
        assertThat(again.getList("result.files.messages", Integer.class)).containsExactly(0, 0);
        assertThat(again.getList("result.files.repeated", Integer.class)).containsExactly(2, 2);
    }

    @Test
    void shouldImportAnExportAsTheSameMessages() {
        Person ada = person("ada-" + System.nanoTime());
        Person grace = person("grace-" + System.nanoTime());
        String room = ada.creates("public");
        grace.joins(room);
        for (int i = 0; i < 5; i++) {
            ada.sends(
                    room,
                    Map.of("content", "ada's \"" + i + "\"\n👍", "clientId", "same-" + i, "metadata", Map.of("n", i)));
            grace.sends(room, Map.of("content", "grace's " + i, "clientId", "same-" + i));
        }
        imported(
                ada,
                room,
                file(
                        "old.jsonl",
                        "{\"content\":\"old\",\"sender\":\"Someone Else\",\"createdAt\":\"2001-01-01T00:00:00Z\"}"));
        Response accepted = ada.asks().post("/api/rooms/" + room + "/exports");
        byte[] export =
                ada.asks().get(finished(ada, accepted).getString("result.url")).asByteArray();
        String copy = ada.creates("public");
        grace.joins(copy);

        imported(ada, copy, new File("export.jsonl", export));

        assertThat(described(ada, copy)).containsExactlyInAnyOrderElementsOf(described(ada, room));
        imported(ada, copy, new File("export.jsonl", export));
        assertThat(described(ada, copy)).hasSize(11);
    }

    @Test
    void shouldPublishImportedMessagesLive() {
        Person ada = person("ada");
        String room = ada.creates("private");
        try (Socket socket = Socket.of(server(), ada.token())) {
            socket.join(UUID.fromString(room));

            imported(
                    ada,
                    room,
                    file("a.jsonl", "{\"content\":\"old\",\"sender\":\"Bob\",\"createdAt\":\"2001-01-01T00:00:00Z\"}"));

            await().until(() -> !socket.messages(UUID.fromString(room)).isEmpty());
            JsonNode message = socket.messages(UUID.fromString(room)).get(0);
            assertThat(message.get("createdAt").asText()).isEqualTo("2001-01-01T00:00:00Z");
            assertThat(message.get("imported").get("author").asText()).isEqualTo("Bob");
        }
    }

    @Test
    void shouldImportOneChannelOfASlackExport() {
        Person ada = person("ada-" + System.nanoTime());
        String room = ada.creates("private");
        byte[] archive = ReadFile.zip(
                "users.json",
                "[{\"id\":\"U1\",\"name\":\"%s\"}]".formatted(ada.username()),
                "general/2020-01-02.json",
                "[{\"type\":\"message\",\"user\":\"U1\",\"text\":\"later\",\"ts\":\"1577923200.000100\"}]",
                "general/2020-01-01.json",
                "[{\"type\":\"message\",\"user\":\"U2\",\"text\":\"earlier\",\"ts\":\"1577836800.000100\"}]",
                "random/2020-01-01.json",
                "[]");

        Response accepted = ada.asks()
                .multiPart("file", "export.zip", archive, "application/zip")
                .post("/api/rooms/" + room + "/imports?channel=general");
        finished(ada, accepted);

        assertThat(contents(ada, room)).containsExactly("earlier", "later");
    }

    @Test
    void shouldImportMoreMessagesThanMayBePending() {
        Person ada = person("ada");
        String room = ada.creates("private");
        String many = IntStream.range(0, 3_000).mapToObj(n -> "line " + n).collect(Collectors.joining("\n"));

        JsonPath job = imported(ada, room, file("many.txt", many));

        assertThat(job.getInt("result.files[0].messages")).isEqualTo(3_000);
        // Each message is read once and stored once.
        assertThat(job.getInt("progress.done")).isEqualTo(6_000);
        assertThat(job.getInt("progress.total")).isEqualTo(6_000);
        assertThat(ada.asks().get("/api/rooms/" + room).jsonPath().getInt("lastSeq"))
                .isEqualTo(3_000);
        ada.asks()
                .get("/api/rooms/" + room + "/messages?after=0&limit=200")
                .then()
                .body("items[199].content", equalTo("line 199"));
    }

    @Test
    void shouldRejectAnInvalidUpload() {
        Person ada = person("ada");
        Person grace = person("grace");
        String room = ada.creates("public");
        grace.joins(room);
        String path = "/api/rooms/" + room + "/imports";

        refused(grace.asks().multiPart("file", "a.txt", new byte[] {65}).post(path), 403, "not_an_owner");
        refused(ada.asks().contentType("application/json").body("{}").post(path), 415, "unsupported_media_type");
        refused(ada.asks().multiPart("other", "a.txt", new byte[] {65}).post(path), 400, "invalid_request");
        refused(ada.asks().multiPart("text", "no file at all").post(path), 400, "invalid_request");
        refused(
                ada.asks()
                        .config(RestAssuredConfig.config()
                                .encoderConfig(EncoderConfig.encoderConfig()
                                        .encodeContentTypeAs("multipart/form-data", ContentType.TEXT)))
                        .contentType("multipart/form-data; boundary=x")
                        .body("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nabc")
                        .post(path),
                400,
                "invalid_multipart");
        ada.asks().get("/api/jobs").then().body("items.state", everyItem(equalTo("cancelled")));
    }

    @Test
    void shouldRejectTooManyFiles() {
        Person ada = person("ada");
        String path = "/api/rooms/" + ada.creates("private") + "/imports";
        RequestSpecification many = ada.asks();
        for (int i = 0; i < 101; i++) {
            many = many.multiPart("file", i + ".txt", new byte[] {65});
        }

        refused(many.post(path), 400, "invalid_request");
    }

    private record File(String name, byte[] bytes) {}

    private static File file(String name, String text) {
        return new File(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonPath imported(Person person, String room, File... files) {
        RequestSpecification request = person.asks();
        for (File file : files) {
            request = request.multiPart("file", file.name(), file.bytes(), "application/octet-stream");
        }
        return finished(person, request.post("/api/rooms/" + room + "/imports"));
    }

    private static JsonPath finished(Person person, Response accepted) {
        accepted.then()
                .statusCode(202)
                .header("Location", startsWith("/api/jobs/"))
                .body("state", oneOf("queued", "running", "succeeded"));
        String job = accepted.header("Location");
        await().untilAsserted(() -> person.asks().get(job).then().body("state", equalTo("succeeded")));
        return person.asks().get(job).jsonPath();
    }

    private static List<String> contents(Person person, String room) {
        return history(person, room).getList("items.content", String.class);
    }

    private static JsonPath history(Person person, String room) {
        return person.asks()
                .get("/api/rooms/" + room + "/messages?after=0&limit=200")
                .jsonPath();
    }

    /** What an export is to bring back of each message, in the order of the room. */
    private static List<String> described(Person person, String room) {
        List<String> all = new ArrayList<>();
        JsonPath history = history(person, room);
        for (int i = 0; i < history.getList("items").size(); i++) {
            String item = "items[" + i + "].";
            all.add(String.join(
                    " | ",
                    history.getString(item + "content"),
                    history.getString(item + "createdAt"),
                    history.getString(item + "sender.id"),
                    String.valueOf(history.getString(item + "imported.author")),
                    String.valueOf(history.getString(item + "metadata.n"))));
        }
        return all;
    }
}
