package io.heliograph.message.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.PeerServices;
import io.heliograph.message.testsupport.Person;
import io.heliograph.message.testsupport.ProfileFeedServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Senders of imported messages whose files name authors by e-mail address. */
@QuarkusTest
@TestProfile(PeerServices.class)
class ImportByAddressTest extends MessageServiceTest {

    /** Set by the test resources. */
    ProfileFeedServer feed;

    private String address;
    private Person grace;

    @BeforeEach
    void register() {
        grace = person("grace-" + System.nanoTime());
        address = grace.username() + "@example.org";
    }

    @AfterEach
    void heal() {
        feed.unavailable(false);
    }

    @Test
    void shouldFindMembersByTheirAddressesForAnAdmin() {
        Person admin = admin();
        String room = roomWithGrace(admin);
        Person outside = person("outside-" + System.nanoTime());
        feed.addAddress("outside@example.org", outside.id(), outside.username());

        finished(admin, imports(admin, room, """
                {"content":"hers","sender":"%s","senderName":"Grace H."}
                {"content":"of one who is not in the room","sender":"outside@example.org"}
                {"content":"of nobody here","sender":"nobody@example.org"}
                """.formatted(address)));

        JsonPath history = history(admin, room);
        assertThat(history.getList("items.sender.id", String.class))
                .containsExactly(
                        grace.id().toString(), admin.id().toString(), admin.id().toString());
        assertThat(history.getList("items.imported.author", String.class))
                .containsExactly(null, "outside@example.org", "nobody@example.org");
    }

    /** A handle in Slack may be another's username here. */
    @Test
    void shouldTrustTheAddressOfASlackExportMoreThanTheHandle() {
        Person admin = admin();
        Person other = person("other-" + System.nanoTime());
        String room = roomWithGrace(admin);
        other.joins(room);
        byte[] archive = ReadFile.zip(
                "users.json",
                """
                [{"id":"U1","name":"%s","profile":{"real_name":"Grace","email":"%s"}},
                 {"id":"U2","name":"%s","profile":{"real_name":"Other"}}]
                """.formatted(other.username(), address, other.username()),
                "general/2020-01-01.json",
                """
                [{"type":"message","user":"U1","text":"hers","ts":"1577836801.000200"},
                 {"type":"message","user":"U2","text":"of one without an address","ts":"1577836802.000200"}]
                """);

        finished(admin, imports(admin, room, "export.zip", archive));

        assertThat(history(admin, room).getList("items.sender.id", String.class))
                .containsExactly(grace.id().toString(), other.id().toString());
    }

    /** Otherwise any owner of a room could find out who owns an address. */
    @Test
    void shouldNotFindMembersByAddressForOtherUsers() {
        Person ada = person("ada");
        String room = roomWithGrace(ada);

        finished(ada, imports(ada, room, "{\"content\":\"hers\",\"sender\":\"" + address + "\"}"));

        JsonPath history = history(ada, room);
        assertThat(history.getString("items[0].sender.id")).isEqualTo(ada.id().toString());
        assertThat(history.getString("items[0].imported.author")).isEqualTo(address);
    }

    @Test
    void shouldRetryWhenUserServiceIsBack() {
        Person admin = admin();
        String room = roomWithGrace(admin);
        feed.unavailable(true);

        String job = imports(admin, room, "{\"content\":\"hers\",\"sender\":\"" + address + "\"}");
        await().untilAsserted(() ->
                admin.asks().get(job).then().body("state", equalTo("queued")).body("attempts", greaterThan(0)));
        feed.unavailable(false);
        finished(admin, job);

        assertThat(history(admin, room).getString("items[0].sender.id"))
                .isEqualTo(grace.id().toString());
    }

    private Person admin() {
        UUID id = UUID.randomUUID();
        String username = "admin-" + System.nanoTime();
        return new Person(
                id,
                username,
                issuer.token(id, username, claims -> claims.setStringListClaim("groups", "user", "admin")));
    }

    private String roomWithGrace(Person owner) {
        String room = owner.creates("public");
        grace.joins(room);
        feed.addAddress(address, grace.id(), grace.username());
        return room;
    }

    private static String imports(Person person, String room, String lines) {
        return imports(person, room, "lines.jsonl", lines.getBytes(StandardCharsets.UTF_8));
    }

    /** The address of the job. */
    private static String imports(Person person, String room, String name, byte[] bytes) {
        return person.asks()
                .multiPart("file", name, bytes, "application/octet-stream")
                .post("/api/rooms/" + room + "/imports")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
    }

    private static void finished(Person person, String job) {
        await().untilAsserted(() -> person.asks().get(job).then().body("state", equalTo("succeeded")));
    }

    private static JsonPath history(Person person, String room) {
        return person.asks().get("/api/rooms/" + room + "/messages?after=0").jsonPath();
    }
}
