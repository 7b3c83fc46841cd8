package io.heliograph.message.message.send;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BatchTest extends MessageServiceTest {

    /** In bytes. */
    private static final int OVER_THE_LIMIT = 10 * 1024 * 1024 + 1;

    private Person ada;
    private String room;

    @BeforeEach
    void aRoom() {
        ada = person("ada");
        room = ada.creates("public");
    }

    @Test
    void shouldRejectABodyOverTheLimit() {
        refused(post(ada.asks().body("x".repeat(OVER_THE_LIMIT))), 413, "body_too_large");
    }

    @Test
    void shouldRejectABodyOverTheLimitWithoutContentLength() {
        refused(
                post(ada.asks()
                        .body(new ByteArrayInputStream(
                                "x".repeat(OVER_THE_LIMIT).getBytes(US_ASCII)))),
                413,
                "body_too_large");
    }

    @Test
    void shouldStoreItsMessagesConsecutively() {
        ada.sends(room, "before").then().statusCode(201);

        batch(ada, messages("one", "two", "three"))
                .then()
                .statusCode(201)
                .body("firstSeq", equalTo(2))
                .body("lastSeq", equalTo(4))
                .body("messages.seq", contains(2, 3, 4))
                .body("messages.rev", contains(2, 3, 4))
                .body("messages.content", contains("one", "two", "three"))
                .body("messages.clientId", contains("id one", "id two", "id three"))
                .body("messages[0].sender.username", equalTo("ada"));

        ada.asks()
                .get("/api/rooms/" + room + "/messages?after=0")
                .then()
                .body("items.content", contains("before", "one", "two", "three"));
    }

    @Test
    void shouldStoreAThousandMessagesAndPublishEachLive() {
        UUID id = UUID.fromString(room);
        try (Socket socket = Socket.of(server(), ada.token())) {
            socket.join(id);

            batch(ada, plain(1_000)).then().statusCode(201).body("lastSeq", equalTo(1_000));

            await().until(() -> socket.messages(id).size() == 1_000);
            assertThat(socket.messages(id))
                    .extracting(message -> message.get("rev").asLong())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 1_000).boxed().toList());
        }
    }

    @Test
    void shouldRepeatTheFirstResponseToARepeatedBatch() {
        String first = batch(ada, messages("one", "two")).asString();
        ada.sends(room, "in between").then().statusCode(201);

        batch(ada, messages("one", "two")).then().statusCode(201).body(equalTo(first));
        ada.asks().get("/api/rooms/" + room).then().body("lastSeq", equalTo(3));
    }

    @Test
    void shouldStoreNothingOfAPartlyRepeatedBatch() {
        batch(ada, messages("one", "two")).then().statusCode(201);

        refused(batch(ada, messages("one", "two", "three")), 409, "client_id_reused");
        refused(batch(ada, messages("zero", "one", "two")), 409, "client_id_reused");
        refused(batch(ada, messages("two", "one")), 409, "client_id_reused");

        ada.asks().get("/api/rooms/" + room).then().body("lastSeq", equalTo(2));
        ada.sends(room, Map.of("content", "three", "clientId", "id three"))
                .then()
                .statusCode(201)
                .body("seq", equalTo(3));
    }

    @Test
    void shouldStoreNothingOfABatchWithAReusedClientId() {
        ada.sends(room, Map.of("content", "other", "clientId", "id two")).then().statusCode(201);

        refused(batch(ada, messages("one", "two", "three")), 409, "client_id_reused");

        ada.asks().get("/api/rooms/" + room).then().body("lastSeq", equalTo(1));
    }

    @Test
    void shouldRejectADuplicateClientId() {
        List<Map<String, String>> twice = new ArrayList<>(messages("one", "two"));
        twice.add(Map.of("content", "again", "clientId", "id one"));

        batch(ada, twice)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body("errors.field", contains("messages[2].clientId"));
    }

    @Test
    void shouldKeepBatchesContiguousAmongOtherSends() {
        Person grace = person("grace");
        grace.joins(room);
        List<CompletableFuture<Response>> batches = IntStream.range(0, 10)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> batch(i % 2 == 0 ? ada : grace, plain(40))))
                .toList();
        List<CompletableFuture<Response>> sends = IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> ada.sends(room, "single " + i)))
                .toList();

        for (CompletableFuture<Response> batch : batches) {
            int first = batch.join().then().statusCode(201).extract().path("firstSeq");
            batch.join()
                    .then()
                    .body(
                            "messages.seq",
                            equalTo(IntStream.range(first, first + 40).boxed().toList()));
        }
        sends.forEach(send -> send.join().then().statusCode(201));
        ada.asks()
                .get("/api/rooms/" + room)
                .then()
                .body("lastSeq", equalTo(440))
                .body("rev", equalTo(440));
    }

    @Test
    void shouldStoreOneOfManyConcurrentRepeatedBatches() {
        List<String> answers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> batch(ada, messages("one", "two", "three"))))
                .toList()
                .stream()
                .map(answer -> answer.join().then().statusCode(201).extract().asString())
                .distinct()
                .toList();

        assertThat(answers).hasSize(1);
        ada.asks().get("/api/rooms/" + room).then().body("lastSeq", equalTo(3));
    }

    @Test
    void shouldRejectNonMembers() {
        Person eve = person("eve");
        refused(batch(eve, messages("x")), 403, "not_a_member");
        room = ada.creates("private");
        refused(batch(eve, messages("x")), 404, "room_not_found");
    }

    @Test
    void shouldRejectMoreThanAThousandMessagesOrNone() {
        refused(batch(ada, plain(1_001)), 400, "invalid_request");
        refused(batch(ada, List.of()), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"messages\":null}",
                "{\"messages\":[null]}",
                "{\"messages\":{}}",
                "{\"messages\":[{}]}",
                "{\"messages\":[{\"content\":\"good\"},{\"content\":\"\"}]}",
                "{\"messages\":[{\"content\":\"good\"},{\"content\":7}]}",
                "{\"messages\":[{\"content\":\"good\",\"clientId\":\"\"}]}"
            })
    void shouldRejectAnInvalidBatch(String body) {
        refused(
                ada.asks().contentType("application/json").body(body).post("/api/rooms/" + room + "/messages/batch"),
                400,
                "invalid_request");
        ada.asks().get("/api/rooms/" + room).then().body("lastSeq", equalTo(0));
    }

    private Response batch(Person person, List<Map<String, String>> messages) {
        return person.sendsBatch(room, messages);
    }

    private static List<Map<String, String>> messages(String... contents) {
        return List.of(contents).stream()
                .map(content -> Map.of("content", content, "clientId", "id " + content))
                .toList();
    }

    private static List<Map<String, String>> plain(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Map.of("content", "message " + i))
                .toList();
    }

    private Response post(RequestSpecification json) {
        return json.contentType("application/json").post("/api/rooms/" + room + "/messages/batch");
    }
}
