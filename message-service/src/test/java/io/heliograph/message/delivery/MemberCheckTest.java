package io.heliograph.message.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The signal of a removal may be lost with Redis. */
@QuarkusTest
class MemberCheckTest extends MessageServiceTest {

    @Inject
    LiveDelivery delivery;

    /** Set by the test resource. */
    PostgresServer postgres;

    @Test
    void shouldEndOnlyTheSubscriptionsOfThoseWhoAreNoLongerMembers() throws SQLException {
        Person ada = person("ada");
        Person bob = person("bob");
        UUID left = UUID.fromString(ada.creates("public"));
        UUID kept = UUID.fromString(ada.creates("public"));
        bob.joins(left.toString());
        bob.joins(kept.toString());
        try (Socket adas = Socket.of(server(), ada.token());
                Socket bobs = Socket.of(server(), bob.token())) {
            adas.join(left);
            bobs.join(left);
            bobs.join(kept);
            removeWithoutSignal(left, bob.id());

            delivery.checkMembers();

            await().until(() -> bobs.frames().stream()
                    .anyMatch(frame -> frame.get("type").asText().equals("left")));
            ada.sends(left.toString(), "without bob").then().statusCode(201);
            ada.sends(kept.toString(), "with bob").then().statusCode(201);
            await().until(() ->
                    bobs.messages(kept).size() == 1 && adas.messages(left).size() == 1);
            assertThat(bobs.messages(left)).isEmpty();
        }
    }

    private void removeWithoutSignal(UUID room, UUID user) throws SQLException {
        String url = "jdbc:" + postgres.reactiveUrl() + "?currentSchema=message_service";
        try (var connection = DriverManager.getConnection(url, PostgresServer.USER, "");
                var statement = connection.prepareStatement("delete from members where room_id = ? and user_id = ?")) {
            statement.setObject(1, room);
            statement.setObject(2, user);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }
}
