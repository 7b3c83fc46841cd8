package io.heliograph.message.room;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.heliograph.message.room.RoomConfig.AddPolicy;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that is configured to invite users instead of adding them. */
@QuarkusTest
class InvitationTest extends MessageServiceTest {

    @Inject
    SettableRoomConfig config;

    @BeforeEach
    void asking() {
        config.set("addPolicy", AddPolicy.INVITATION);
        config.set("maxInvitations", 2);
    }

    @AfterEach
    void reset() {
        config.reset();
    }

    @Test
    void shouldInviteEveryUserAndBoundPendingInvitations() {
        Person ada = person("ada");
        Person grace = person("grace");
        grace.creates("private");
        String room = ada.creates("private");

        ada.asks().put(member(room, grace)).then().statusCode(202).body("role", equalTo("member"));
        refused(grace.sends(room, "not yet"), 404, "room_not_found");
        ada.asks().put(member(room, grace)).then().statusCode(202);
        grace.joins(room);
        grace.sends(room, "now").then().statusCode(201);

        ada.asks().put(member(ada.creates("private"), grace)).then().statusCode(202);
        ada.asks().put(member(ada.creates("private"), grace)).then().statusCode(202);
        String third = ada.creates("private");
        refused(ada.asks().put(member(third, grace)), 409, "too_many_invitations");
        ada.asks()
                .contentType("application/json")
                .body(Map.of("members", List.of(Map.of("user", grace.id()))))
                .post("/api/rooms/" + third + "/members/batch")
                .then()
                .statusCode(200)
                .body("items.code", contains("too_many_invitations"));
    }

    private static String member(String room, Person person) {
        return "/api/rooms/" + room + "/members/" + person.id();
    }
}
