package io.heliograph.message.message.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReactionLimitsTest extends MessageServiceTest {

    private static final int PER_PERSON = 20;
    private static final int PER_MESSAGE = 50;

    private Person ada;
    private String room;

    @BeforeEach
    void aRoomWithAMessage() {
        ada = person("ada");
        room = ada.creates("public");
        ada.sends(room, "react to this").then().statusCode(201);
    }

    @Test
    void shouldBoundTheEmojiOfOneUser() {
        for (String emoji : emoji(PER_PERSON)) {
            ada.asks().put(reaction(emoji)).then().statusCode(200);
        }

        refused(ada.asks().put(reaction("🥝")), 409, "too_many_reactions");
        ada.asks().put(reaction(emoji(1).get(0))).then().statusCode(200);
        ada.asks().delete(reaction(emoji(1).get(0))).then().statusCode(200);
        ada.asks().put(reaction("🥝")).then().statusCode(200);
    }

    @Test
    void shouldBoundTheEmojiOfAMessageButNotTheUsersOfEach() {
        List<String> all = emoji(PER_MESSAGE);
        for (int from = 0; from < PER_MESSAGE; from += PER_PERSON) {
            Person next = member();
            all.subList(from, Math.min(from + PER_PERSON, PER_MESSAGE))
                    .forEach(emoji -> next.asks().put(reaction(emoji)).then().statusCode(200));
        }

        refused(ada.asks().put(reaction("🥝")), 409, "too_many_reactions");
        ada.asks().put(reaction(all.get(0))).then().statusCode(200);
        ada.asks()
                .get("/api/rooms/" + room + "/messages")
                .then()
                .body("items[0].reactions", hasSize(PER_MESSAGE))
                .body("items[0].reactions.find { it.emoji == '" + all.get(0) + "' }.count", equalTo(2));
    }

    @Test
    void shouldCountTheFormsOfOneEmojiTogether() {
        ada.asks().put(reaction("❤")).then().statusCode(200);
        ada.asks().put(reaction("❤️")).then().statusCode(200);
        member().asks().put(reaction("❤️")).then().statusCode(200);

        ada.asks()
                .get("/api/rooms/" + room + "/messages")
                .then()
                .body("items[0].reactions.emoji", contains("❤️"))
                .body("items[0].reactions.count", contains(2));
        ada.asks().delete(reaction("❤")).then().statusCode(200).body("reactions.count", contains(1));
    }

    @Test
    void shouldReportABoundedNumberOfFaults() {
        var answer = ada.sendsBatch(
                room,
                IntStream.range(0, 1_000)
                        .mapToObj(i -> java.util.Map.of("content", ""))
                        .toList());

        refused(answer, 400, "invalid_request");
        assertThat(answer.jsonPath().getList("errors")).hasSize(50);
    }

    private Person member() {
        Person member = person("grace");
        member.joins(room);
        return member;
    }

    /** Faces, each one emoji by itself. */
    private static List<String> emoji(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Character.toString(0x1F600 + i))
                .toList();
    }

    private String reaction(String emoji) {
        return "/api/rooms/" + room + "/messages/1/reactions/" + emoji;
    }
}
