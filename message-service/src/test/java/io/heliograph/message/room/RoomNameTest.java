package io.heliograph.message.room;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RoomNameTest extends MessageServiceTest {

    @ParameterizedTest
    @ValueSource(strings = {"\u202Enimda", "two\nlines", "\u200B", "\u3164", "  "})
    void shouldRejectADeceptiveName(String name) {
        Person ada = person("ada");
        String room = ada.creates("public");

        Response made = creates(ada, name);
        refused(made, 400, "invalid_request");
        made.then().body("errors.field", contains("name"));
        Response changed = ada.asks()
                .contentType("application/json")
                .body(Map.of("name", name))
                .patch("/api/rooms/" + room);
        refused(changed, 400, "invalid_request");
        changed.then().body("errors.field", contains("name"));
    }

    @Test
    void shouldNormalizeAName() {
        Person ada = person("ada");

        creates(ada, " Cafe\u0301\u00A0 team ").then().statusCode(201).body("name", equalTo("Café team"));
        ada.asks()
                .contentType("application/json")
                .body(Map.of("name", "Cafe\u0301  two"))
                .patch("/api/rooms/" + ada.creates("private"))
                .then()
                .statusCode(200)
                .body("name", equalTo("Café two"));
    }

    private static Response creates(Person person, String name) {
        return person.asks()
                .contentType("application/json")
                .body(Map.of("name", name, "visibility", "public"))
                .post("/api/rooms");
    }
}
