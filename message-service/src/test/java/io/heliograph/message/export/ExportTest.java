package io.heliograph.message.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.PeerServices;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(PeerServices.class)
class ExportTest extends MessageServiceTest {

    @Test
    void shouldExportTheCurrentMessagesOfARoom() {
        Person ada = person("ada");
        Person grace = person("grace");
        String room = ada.creates("public");
        grace.joins(room);
        ada.sends(
                room,
                Map.of(
                        "content",
                        "first\nwith \"two\" lines",
                        "clientId",
                        "a-1",
                        "metadata",
                        Map.of("order", 17),
                        "mentions",
                        List.of(grace.id())));
        grace.sends(room, "secod");
        ada.sends(room, "to be deleted");
        grace.asks()
                .contentType("application/json")
                .body(Map.of("content", "second"))
                .patch("/api/rooms/" + room + "/messages/2");
        ada.asks().put("/api/rooms/" + room + "/messages/2/reactions/👍");
        ada.asks().delete("/api/rooms/" + room + "/messages/3");

        List<JsonPath> lines = lines(exported(ada, "/api/rooms/" + room + "/exports"));

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).getString("content")).isEqualTo("first\nwith \"two\" lines");
        assertThat(lines.get(0).getString("sender")).isEqualTo("ada");
        assertThat(lines.get(0).getString("clientId")).isEqualTo("a-1");
        assertThat(lines.get(0).getString("createdAt")).isNotEmpty();
        assertThat(lines.get(0).getInt("metadata.order")).isEqualTo(17);
        assertThat(lines.get(0).getList("mentions")).containsExactly(grace.id().toString());
        assertThat(lines.get(1).getLong("seq")).isEqualTo(2);
        assertThat(lines.get(1).getString("content")).isEqualTo("second");
        assertThat(lines.get(1).getString("editedAt")).isNotEmpty();
        assertThat(lines.get(1).getMap("reactions")).hasSize(1);
    }

    @Test
    void shouldExportARoomOfSeveralChunksInOrder() {
        Person ada = person("ada");
        String room = ada.creates("private");
        for (int batch = 0; batch < 3; batch++) {
            int first = batch * 50;
            ada.sendsBatch(
                            room,
                            IntStream.range(first, first + 50)
                                    .mapToObj(n -> Map.of("content", n + " " + "x".repeat(7_900)))
                                    .toList())
                    .then()
                    .statusCode(201);
        }

        List<JsonPath> lines = lines(exported(ada, "/api/rooms/" + room + "/exports"));

        assertThat(lines).hasSize(150);
        assertThat(lines.stream().map(line -> line.getLong("seq")))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 150).mapToObj(Long::valueOf).toList());
    }

    @Test
    void shouldLetOnlyAnOwnerExportARoomAndFetchTheFile() {
        Person ada = person("ada");
        Person grace = person("grace");
        String room = ada.creates("public");
        grace.joins(room);

        refused(grace.asks().post("/api/rooms/" + room + "/exports"), 403, "not_an_owner");
        refused(
                person("edith").asks().post("/api/rooms/" + ada.creates("private") + "/exports"),
                404,
                "room_not_found");
        String file = finished(ada, "/api/rooms/" + room + "/exports").getString("result.url");
        refused(grace.asks().get(file), 404, "job_file_not_found");
        ada.asks().get(file).then().statusCode(200).header("Content-Disposition", startsWith("attachment"));
        assertThat(ada.asks().get(file).asByteArray()).isEmpty();
    }

    @Test
    void shouldExportTheDataOfAUserIncludingRoomsTheyLeft() {
        Person ada = person("ada", "integrator");
        Person grace = person("grace");
        String own = ada.creates("private");
        String left = grace.creates("public");
        ada.joins(left);
        ada.sends(own, "in my room");
        ada.sends(left, "in a room I left");
        grace.sends(left, "not mine");
        ada.asks().put("/api/rooms/" + left + "/messages/2/reactions/👍");
        ada.asks().delete("/api/rooms/" + left + "/members/" + ada.id());

        ada.asks()
                .contentType("application/json")
                .body(Map.of("url", "https://127.0.0.1:65535/", "events", List.of("message.deleted")))
                .post("/api/webhooks")
                .then()
                .statusCode(201);

        String file = exported(ada, "/api/users/me/exports");
        List<JsonPath> lines = lines(file);

        assertThat(file).contains("ada@example.org").doesNotContain("not mine", "whsec_");
        assertThat(lines.stream().map(line -> line.getString("type")))
                .contains("account", "sessions", "membership", "departure", "reaction", "message", "webhook");
        assertThat(lines.stream()
                        .filter(line -> "message".equals(line.getString("type")))
                        .map(line -> line.getString("content")))
                .containsExactlyInAnyOrder("in my room", "in a room I left");
    }

    private static String exported(Person person, String path) {
        JsonPath job = finished(person, path);
        byte[] file = person.asks()
                .get(job.getString("result.url"))
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        assertThat(file).hasSize(job.getInt("result.bytes"));
        return new String(file, StandardCharsets.UTF_8);
    }

    /** The job of this export, which has succeeded. */
    private static JsonPath finished(Person person, String path) {
        Response accepted = person.asks().post(path);
        accepted.then().statusCode(202).header("Location", startsWith("/api/jobs/"));
        String job = "/api/jobs/" + accepted.path("id");
        await().untilAsserted(() -> person.asks().get(job).then().body("state", equalTo("succeeded")));
        return person.asks().get(job).jsonPath();
    }

    private static List<JsonPath> lines(String file) {
        return file.lines().map(JsonPath::from).toList();
    }
}
