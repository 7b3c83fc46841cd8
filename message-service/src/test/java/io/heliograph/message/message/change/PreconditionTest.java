package io.heliograph.message.message.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of a message with {@code If-Match}. */
@QuarkusTest
class PreconditionTest extends MessageServiceTest {

    private Person ada;
    private String room;
    private String message;

    @BeforeEach
    void aMessage() {
        ada = person("ada");
        room = ada.creates("private");
        ada.sends(room, "first").then().statusCode(201).header("ETag", tag(1));
        message = "/api/rooms/" + room + "/messages/1";
    }

    @Test
    void shouldEditOnlyTheVersionOfTheTag() {
        edits("second", tag(1)).then().statusCode(200).header("ETag", tag(2));

        refused(edits("third", tag(1)), 412, "precondition_failed");
        refused(edits("third", "W/" + tag(2)), 412, "precondition_failed");
        refused(edits("third", "no tag"), 400, "invalid_request");
        edits("third", tag(1) + ", " + tag(2)).then().statusCode(200);
        edits("fourth", "*").then().statusCode(200);
        ada.asks().get(message).then().statusCode(200).header("ETag", tag(4)).body("content", equalTo("fourth"));
    }

    @Test
    void shouldDeleteOnlyTheVersionOfTheTag() {
        edits("second", null).then().statusCode(200);

        refused(deletes(tag(1)), 412, "precondition_failed");
        deletes(tag(2)).then().statusCode(204);
        refused(deletes(tag(2)), 412, "precondition_failed");
        deletes(null).then().statusCode(204);
    }

    @Test
    void shouldChangeTheTagWithAReaction() {
        ada.asks().put(message + "/reactions/👍").then().statusCode(200).header("ETag", tag(2));

        refused(edits("second", tag(1)), 412, "precondition_failed");
    }

    @Test
    void shouldAcceptOneOfManyConcurrentEditsWithTheSameTag() {
        long won = IntStream.range(0, 12)
                .parallel()
                .filter(i -> edits("edit " + i, tag(1)).statusCode() == 200)
                .count();

        assertThat(won).isEqualTo(1);
    }

    @Test
    void shouldNotChangeAMessageWithTheTagOfAnother() {
        ada.sends(room, "another").then().statusCode(201);
        String another = ada.asks()
                .get("/api/rooms/" + room + "/messages/2")
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");
        String elsewhere = tag(1).replace(room, ada.creates("private"));

        for (String other : new String[] {another, elsewhere}) {
            refused(edits("second", other), 412, "precondition_failed");
            refused(deletes(other), 412, "precondition_failed");
        }
    }

    private String tag(int rev) {
        return "\"" + room + "-1-" + rev + "\"";
    }

    private Response edits(String content, String ifMatch) {
        return request(ifMatch)
                .contentType("application/json")
                .body(Map.of("content", content))
                .patch(message);
    }

    private Response deletes(String ifMatch) {
        return request(ifMatch).delete(message);
    }

    private io.restassured.specification.RequestSpecification request(String ifMatch) {
        return ifMatch == null ? ada.asks() : ada.asks().header("If-Match", ifMatch);
    }
}
