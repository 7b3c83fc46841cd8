package io.heliograph.message.message.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users of a reaction, and whether the caller is one of them. */
@QuarkusTest
class ReactionListTest extends MessageServiceTest {

    private Person ada;
    private Person grace;
    private String room;

    @BeforeEach
    void aMessageWithReactions() {
        ada = person("ada");
        grace = person("grace");
        room = ada.creates("public");
        grace.joins(room);
        ada.sends(room, "react to this").then().statusCode(201);
        ada.sends(room, "and not to this").then().statusCode(201);
        ada.asks().put(reactions("👍")).then().statusCode(200).body("reactions[0].mine", equalTo(true));
        grace.asks().put(reactions("👍")).then().statusCode(200);
        grace.asks().put(reactions("🎉")).then().statusCode(200);
    }

    @Test
    void shouldMarkTheReactionsOfTheReader() {
        ada.asks()
                .get("/api/rooms/" + room + "/messages?after=0")
                .then()
                .body("items[0].reactions.find { it.emoji == '👍' }.mine", equalTo(true))
                .body("items[0].reactions.find { it.emoji == '🎉' }.mine", nullValue())
                .body("items[1].reactions", empty());
        grace.asks()
                .get("/api/rooms/" + room + "/messages")
                .then()
                .body("items[1].reactions.mine", containsInAnyOrder(true, true));
        ada.asks()
                .delete(reactions("👍"))
                .then()
                .body("reactions.find { it.emoji == '👍' }.count", equalTo(1))
                .body("reactions.find { it.emoji == '👍' }.mine", nullValue());
        ada.asks()
                .get("/api/rooms/" + room + "/messages/1")
                .then()
                .body("reactions.find { it.emoji == '👍' }.mine", nullValue());
    }

    @Test
    void shouldListTheUsersOfAReactionInPages() {
        List<Person> others = Stream.generate(() -> person("member")).limit(3).toList();
        others.forEach(other -> {
            other.joins(room);
            other.asks().put(reactions("👍")).then().statusCode(200);
        });

        List<String> found = new ArrayList<>();
        String next = "";
        do {
            var page = ada.asks()
                    .get(reactions("👍") + "?limit=2" + next)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            found.addAll(page.getList("items.user.id"));
            next = page.get("next") == null ? null : "&after=" + page.getString("next");
        } while (next != null);

        assertThat(found)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(Stream.concat(Stream.of(ada, grace), others.stream())
                        .map(person -> person.id().toString())
                        .toList());
        ada.asks().get(reactions("🎉")).then().body("items.user.username", contains("grace"));
        ada.asks().get(reactions("🥝")).then().statusCode(200).body("items", empty());
    }

    @Test
    void shouldRejectMissingMessagesInvalidEmojiAndNonMembers() {
        refused(ada.asks().get("/api/rooms/" + room + "/messages/99/reactions/👍"), 404, "message_not_found");
        refused(ada.asks().get(reactions("x")), 400, "invalid_request");
        refused(person("eve").asks().get(reactions("👍")), 403, "not_a_member");
    }

    private String reactions(String emoji) {
        return "/api/rooms/" + room + "/messages/1/reactions/" + emoji;
    }
}
