package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Backup;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.localstack.stack.Service;
import io.heliograph.localstack.stack.ServiceProcess;
import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.Socket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Restores a backup that was taken during writes, by the steps of docs/operations/backup.md. */
@ExtendWith(RunningHeliograph.class)
class RestoreTest {

    private static final Pattern STATEMENTS =
            Pattern.compile("<!-- restored:start -->\\s*```sql\\n(.*?)```\\s*<!-- restored:end -->", Pattern.DOTALL);

    @TempDir
    Path folder;

    private final Heliograph heliograph;
    private final Person ada;
    private final Person grace;
    private final Api gateway;
    private final UUID room;

    RestoreTest(Heliograph heliograph) {
        this.heliograph = heliograph;
        this.ada = heliograph.person("ada");
        this.grace = heliograph.person("grace");
        this.gateway = heliograph.gateway().as(ada);
        this.room = gateway.room("private", grace);
    }

    @AfterEach
    void revive() {
        heliograph.revive();
    }

    @Test
    void shouldRestoreAcknowledgedMessagesAndMissOrRepeatNoLaterOne() throws Exception {
        send("kept", 20);
        Backup backup = Backup.take(heliograph.postgres(), heliograph.postgresData(), folder.resolve("backup"));
        send("lost", 10);
        String lost = gateway.history(room).get(20).get("clientId").asText();
        rename("Countess Lovelace");
        long seen = 30;

        services().forEach(ServiceProcess::kill);
        heliograph.postgres().stop();
        backup.restoreTo(heliograph.postgresData());
        heliograph.postgres().start();
        afterwards();
        services().forEach(ServiceProcess::start);
        heliograph.awaitReady();

        assertEquals(ids("kept", 20), clientIds(gateway.history(room)));
        try (Socket behind = heliograph.messages(0).socket(grace);
                Socket ahead = heliograph.messages(1).socket(grace)) {
            assertEquals("joined", behind.join(room, 15).get("type").asText());
            // It has seen lost messages: its position is beyond the new ones, which replace the lost ones by their seq.
            assertEquals("joined", ahead.join(room, seen).get("type").asText());
            send(lost);
            send("new", 5);

            await().until(() -> ahead.messages(room).size() >= 6);
            await().until(() -> behind.messages(room).size() >= 11);
            List<JsonNode> history = gateway.history(room);
            assertEquals(clientIds(history.subList(20, 26)), clientIds(ahead.messages(room)));
            assertEquals(clientIds(history.subList(15, 26)), clientIds(behind.messages(room)));
            assertEquals(
                    IntStream.rangeClosed(1, 26).asLongStream().boxed().toList(),
                    history.stream().map(message -> message.get("seq").asLong()).toList());
        }
        // The index follows at once, or on a busy machine a little later.
        await().until(() -> found("kept") == 20 && found("new") == 5);
        rename("Ada King");
        await().until(() -> heliograph
                .messages(0)
                .as(grace)
                .history(room)
                .get(0)
                .at("/sender/displayName")
                .asText()
                .equals("Ada King"));
        heliograph.signIn(ada.username());
    }

    private void send(String name, int messages) {
        ids(name, messages).forEach(this::send);
    }

    private void send(String clientId) {
        gateway.send(room, clientId, clientId.replace('-', ' ')).expect(201);
    }

    private int found(String word) {
        return gateway.get("/api/messages/search?q=" + word + "&room=" + room)
                .expect(200)
                .body()
                .get("items")
                .size();
    }

    private static List<String> ids(String name, int messages) {
        return IntStream.range(0, messages).mapToObj(n -> name + "-" + n).toList();
    }

    private static List<String> clientIds(List<JsonNode> messages) {
        return messages.stream()
                .map(message -> message.get("clientId").asText())
                .toList();
    }

    private void rename(String displayName) {
        gateway.call("PATCH", "/api/users/me", Map.of("displayName", displayName))
                .join()
                .expect(200);
    }

    /** The steps of the guide before the services start. */
    private void afterwards() throws IOException, SQLException {
        Matcher statements =
                STATEMENTS.matcher(Files.readString(Heliograph.home().resolve("docs/operations/backup.md")));
        assertTrue(statements.find(), "the guide does not say what to do");
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:" + heliograph.postgres().reactiveUrl(), PostgresServer.USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(statements.group(1));
        }
    }

    private Stream<ServiceProcess> services() {
        return Stream.of(Service.USER, Service.MESSAGE)
                .flatMap(service -> heliograph.stack().replicas(service).stream());
    }
}
