package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.testsupport.Socket;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Users of an external issuer beside local accounts. */
@ExtendWith(RunningHeliograph.class)
class ExternalIdentityTest {

    private final Heliograph heliograph;

    ExternalIdentityTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @Test
    void shouldShowOthersTheNameOfTheAccountOfAnExternalUser() {
        String username = "grace-" + UUID.randomUUID().toString().substring(0, 8);
        Person ada = heliograph.person("ada");
        Person grace = guest(username);
        assertEquals(username, grace.username());
        UUID room = heliograph.gateway().as(grace).room("private", ada);

        try (Socket hers = heliograph.gateway().socket(grace);
                Socket others = heliograph.gateway(1).socket(ada)) {
            hers.join(room);
            others.join(room);
            hers.send(room, "hello", "Hello from elsewhere");
            await().until(() -> others.messages(room).size() == 1);

            assertSender(grace, others.messages(room).get(0));
            assertSender(grace, heliograph.gateway().as(ada).history(room).get(0));
        }
        JsonNode profile = heliograph
                .gateway()
                .as(ada)
                .get("/api/users/" + grace.id())
                .expect(200)
                .body();
        assertEquals(username, profile.get("username").asText());
    }

    @Test
    void shouldNeverShowAnExternalUserByTheNameOfAnotherAccount() {
        Person ada = heliograph.person("ada");
        String token = token(ada.username());

        // To message-service first, over the socket: it knows the user only from the token.
        try (Socket socket = heliograph.messages(0).withToken(token).socket()) {
            JsonNode user = socket.welcome().get("user");

            assertNotEquals(ada.username(), user.get("username").asText());
            assertTrue(user.get("username").asText().startsWith(ada.username() + "-"), user.toString());
            assertNotEquals(ada.id().toString(), user.get("id").asText());
        }
    }

    private Person guest(String username) {
        String token = token(username);
        JsonNode me = heliograph
                .gateway()
                .withToken(token)
                .get("/api/users/me")
                .expect(200)
                .body();
        return new Person(
                UUID.fromString(me.get("id").asText()), me.get("username").asText(), token);
    }

    private String token(String username) {
        return heliograph.otherIssuer().token("RS256", claims -> {
            claims.setSubject(UUID.randomUUID().toString());
            claims.setStringClaim("preferred_username", username);
        });
    }

    private static void assertSender(Person person, JsonNode message) {
        assertEquals(person.id().toString(), message.get("sender").get("id").asText());
        assertEquals(person.username(), message.get("sender").get("username").asText());
    }
}
