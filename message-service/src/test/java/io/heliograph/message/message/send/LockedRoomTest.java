package io.heliograph.message.message.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.message.database.SettableDatabaseConfig;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Another transaction holds the row of a room. */
@QuarkusTest
class LockedRoomTest extends MessageServiceTest {

    /** As in application.properties. */
    private static final int CONNECTIONS = 16;

    private static final int CHANGES = 50;

    /** Set by the test resource. */
    PostgresServer postgres;

    @AfterEach
    void reset() {
        SettableDatabaseConfig.reset();
    }

    @Test
    void shouldStoreInOtherRoomsWhileOneIsLocked() throws Exception {
        Person ada = person("ada");
        List<String> rooms =
                IntStream.range(0, 8).mapToObj(n -> ada.creates("private")).toList();
        String locked = rooms.get(0);

        List<CompletableFuture<Response>> stuck = new ArrayList<>();
        try (Connection other = lock(locked)) {
            for (int n = 0; n < 3; n++) {
                String clientId = "stuck-" + n;
                stuck.add(CompletableFuture.supplyAsync(
                        () -> ada.sends(locked, Map.of("content", clientId, "clientId", clientId))));
            }
            for (int round = 0; round < 5; round++) {
                for (String room : rooms.subList(1, rooms.size())) {
                    ada.sends(room, "meanwhile").then().statusCode(201);
                }
            }
            for (CompletableFuture<Response> each : stuck) {
                refused(each.join(), 503, "store_unavailable");
                assertThat(each.join().header("Retry-After")).isNotNull();
            }
            other.rollback();
        }

        for (int n = 0; n < 3; n++) {
            ada.sends(locked, Map.of("content", "stuck-" + n, "clientId", "stuck-" + n))
                    .then()
                    .statusCode(201);
        }
    }

    @Test
    void shouldStoreInOrderOnceTheLockIsGone() throws Exception {
        Person ada = person("ada");
        String room = ada.creates("private");
        CompletableFuture<Response> first;
        try (Connection other = lock(room)) {
            double before = metric("heliograph_send_total{outcome=\"contended\"");
            first = CompletableFuture.supplyAsync(() -> ada.sends(room, "first"));
            await().until(() -> metric("heliograph_send_total{outcome=\"contended\"") > before);
            other.rollback();
        }

        assertThat(first.join().statusCode()).isEqualTo(201);
        assertThat(ada.sends(room, "second").jsonPath().getLong("seq")).isEqualTo(2);
    }

    @Test
    void shouldRespond503ToEveryChangeOfALockedRoom() throws Exception {
        Person ada = person("ada");
        String room = ada.creates("private");
        ada.sends(room, "first").then().statusCode(201);

        try (Connection other = lock(room)) {
            SettableDatabaseConfig.timeout(Duration.ofSeconds(1));
            String message = "/api/rooms/" + room + "/messages/1";
            List<CompletableFuture<Response>> changes = Stream.<Supplier<Response>>of(
                            () -> ada.asks()
                                    .contentType("application/json")
                                    .body(Map.of("content", "changed"))
                                    .patch(message),
                            () -> ada.asks().delete(message))
                    .map(CompletableFuture::supplyAsync)
                    .toList();
            changes.forEach(change -> refused(change.join(), 503, "store_unavailable"));
            other.rollback();
        }
    }

    /** Changes of every kind, again and again, and more of them than there are connections. */
    @Test
    void shouldChangeOtherRoomsWhileManyChangesOfALockedOneWait() throws Exception {
        Person ada = person("ada");
        Person grace = person("grace");
        List<String> rooms =
                IntStream.range(0, 4).mapToObj(n -> ada.creates("public")).toList();
        rooms.forEach(room -> ada.sends(room, "first").then().statusCode(201));
        String locked = rooms.get(0);
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService storm = Executors.newFixedThreadPool(CHANGES);

        try (Connection other = lock(locked)) {
            List<Future<?>> stuck = IntStream.range(0, CHANGES)
                    .<Future<?>>mapToObj(n -> storm.submit(() -> {
                        while (!over.get()) {
                            Response response = change(n, locked, ada);
                            assertThat(response.statusCode()).isIn(503, 200, 204);
                        }
                    }))
                    .toList();
            await().until(() -> metric("heliograph_database_lock_queue") > CHANGES / 2);
            for (int n = 0; n < 5; n++) {
                for (String room : rooms.subList(1, rooms.size())) {
                    ada.sends(room, "meanwhile").then().statusCode(201);
                    assertThat(change(n, room, ada).statusCode()).isIn(200, 204);
                    grace.joins(room);
                    ada.asks().get("/api/rooms/" + room + "/messages").then().statusCode(200);
                    assertThat(waitingForLocks(other)).isLessThanOrEqualTo(CONNECTIONS / 2);
                }
            }
            over.set(true);
            other.rollback();
            for (Future<?> each : stuck) {
                each.get(2, TimeUnit.MINUTES);
            }
        } finally {
            over.set(true);
            storm.shutdown();
        }
        await().untilAsserted(() ->
                assertThat(metric("heliograph_database_lock_queue")).isZero());
    }

    private static Response change(int kind, String room, Person owner) {
        String message = "/api/rooms/" + room + "/messages/1";
        return switch (kind % 5) {
            case 0 ->
                owner.asks()
                        .contentType("application/json")
                        .body(Map.of("content", "changed " + UUID.randomUUID()))
                        .patch(message);
            case 1 -> owner.asks().put(message + "/reactions/👍");
            case 2 -> owner.asks().delete(message + "/reactions/👍");
            case 3 ->
                owner.asks()
                        .contentType("application/json")
                        .body(Map.of("name", "another name"))
                        .patch("/api/rooms/" + room);
            default -> owner.asks().put("/api/rooms/" + room + "/members/" + owner.id());
        };
    }

    private static long waitingForLocks(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from pg_stat_activity "
                        + "where wait_event_type = 'Lock' and datname = current_database()")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The transaction that holds the row is open until the connection is closed. */
    private Connection lock(String room) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:" + postgres.reactiveUrl(), PostgresServer.USER, "");
        connection.setAutoCommit(false);
        try (PreparedStatement lock =
                connection.prepareStatement("select id from message_service.rooms where id = ? for update")) {
            lock.setObject(1, UUID.fromString(room));
            lock.execute();
        }
        return connection;
    }
}
