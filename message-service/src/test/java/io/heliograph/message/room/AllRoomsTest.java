package io.heliograph.message.room;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AllRoomsTest extends MessageServiceTest {

    @Test
    void shouldListPrivateRoomsToAnAdmin() {
        Person root = person("root", "admin");
        Person ada = person("ada");
        String older = ada.creates("private");
        String newer = ada.creates("public");

        root.asks()
                .get("/api/rooms/all?limit=1")
                .then()
                .statusCode(200)
                .body("items.id", contains(newer))
                .body("next", notNullValue());
        root.asks()
                .get("/api/rooms/all?limit=1&after=" + newer)
                .then()
                .statusCode(200)
                .body("items.id", contains(older))
                .body("items[0].visibility", equalTo("private"));
    }

    @Test
    void shouldRejectOtherCallers() {
        refused(person("ada").asks().get("/api/rooms/all"), 403, "forbidden");
    }
}
