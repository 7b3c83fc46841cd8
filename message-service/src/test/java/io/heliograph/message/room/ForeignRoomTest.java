package io.heliograph.message.room;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every call about a private room by a non-member, who may not learn whether it exists. */
@QuarkusTest
class ForeignRoomTest extends MessageServiceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET||",
                "PATCH||{\"name\":\"mine now\"}",
                "DELETE||",
                "GET|/members|",
                "PUT|/members/{me}|",
                "PUT|/members/{me}|{\"role\":\"owner\"}",
                "DELETE|/members/{me}|",
                "DELETE|/members/{owner}|",
                "GET|/invitations|",
                "POST|/members/batch|{\"members\":[{\"user\":\"{me}\"}]}",
                "GET|/messages|",
                "GET|/messages?after=0|",
                "POST|/messages|{\"content\":\"hello\"}",
                "POST|/messages/batch|{\"messages\":[{\"content\":\"hello\"}]}",
                "GET|/messages/1|",
                "PATCH|/messages/1|{\"content\":\"hello\"}",
                "DELETE|/messages/1|",
                "GET|/messages/1/reactions/👍|",
                "PUT|/messages/1/reactions/👍|",
                "DELETE|/messages/1/reactions/👍|",
                "PUT|/read|{\"seq\":1}",
                "GET|/presence|"
            })
    void shouldNotExistForANonMember(String method, String path, String body) {
        Person ada = person("ada");
        Person eve = person("eve");
        String hidden = ada.creates("private");
        ada.sends(hidden, "secret").then().statusCode(201);
        String suffix = path == null
                ? ""
                : path.replace("{me}", eve.id().toString())
                        .replace("{owner}", ada.id().toString());

        String sent = body == null ? null : body.replace("{me}", eve.id().toString());

        refused(call(eve, method, hidden + suffix, sent), 404, "room_not_found");
        refused(call(eve, method, UUID.randomUUID() + suffix, sent), 404, "room_not_found");
    }

    private static Response call(Person person, String method, String path, String body) {
        RequestSpecification request = person.asks();
        if (body != null) {
            request.contentType("application/json").body(body);
        }
        return request.request(method, "/api/rooms/" + path);
    }
}
