package io.heliograph.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.localstack.store.RedisServer;
import io.heliograph.message.database.SettableDatabaseConfig;
import io.heliograph.message.message.send.SettableSendConfig;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.ManagementPort;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The loss of a store degrades the service; acknowledged messages are kept. */
@QuarkusTest
class FaultTest extends MessageServiceTest {

    /** Both set by the test resource. */
    PostgresServer postgres;

    RedisServer redis;

    @AfterEach
    void startWhatWasStopped() {
        SettableDatabaseConfig.reset();
        SettableSendConfig.reset();
        postgres.start();
        redis.start();
        await().until(() -> ready() == 200);
    }

    @Test
    void shouldRespond503WhilePostgresIsDownAndRecoverWithoutARestart() {
        Person ada = person("ada");
        String room = ada.creates("private");
        ada.sends(room, "before").then().statusCode(201);

        postgres.stop();

        Response refusal = ada.sends(room, Map.of("content", "during", "clientId", "during"));
        refused(refusal, 503, "store_unavailable");
        assertThat(refusal.header("Retry-After")).isNotNull();
        refused(ada.asks().get("/api/rooms/" + room), 503, "store_unavailable");
        await().until(() -> ready() == 503);
        assertThat(metric("heliograph_database_unavailable")).isEqualTo(1);

        postgres.start();

        await().until(() -> ada.sends(room, Map.of("content", "during", "clientId", "during"))
                        .statusCode()
                == 201);
        assertThat(contents(ada, room)).containsExactly("before", "during");
        await().until(() -> ready() == 200);
        assertThat(metric("heliograph_database_unavailable")).isZero();
    }

    /** They are of JDBC, which gives them a name of its own. */
    @Test
    void shouldKeepNoConnectionOfFlyway() {
        await().until(() -> {
            try (Connection connection =
                            DriverManager.getConnection("jdbc:" + postgres.reactiveUrl(), PostgresServer.USER, "");
                    Statement statement = connection.createStatement();
                    var rows = statement.executeQuery("""
                            select from pg_stat_activity where datname = current_database()
                              and application_name = 'PostgreSQL JDBC Driver' and pid <> pg_backend_pid()
                            """)) {
                return !rows.next();
            }
        });
    }

    @Test
    void shouldRespondWhilePostgresHangs() throws Exception {
        Person ada = person("ada");
        String room = ada.creates("private");
        ProcessHandle postmaster = postgres.process().orElseThrow();
        SettableDatabaseConfig.timeout(Duration.ofSeconds(1));
        SettableSendConfig.commitTimeout(Duration.ofSeconds(1));

        signal("STOP", List.of(postmaster));
        List<ProcessHandle> backends = postmaster.children().toList();
        signal("STOP", backends);
        try {
            // It comes while PostgreSQL hangs, and hangs itself otherwise.
            Response refusal = ada.sends(room, Map.of("content", "late", "clientId", "late"));
            refused(refusal, 503, "store_unavailable");
        } finally {
            signal("CONT", backends);
            signal("CONT", List.of(postmaster));
        }
        SettableDatabaseConfig.reset();
        SettableSendConfig.reset();

        await().until(() ->
                ada.sends(room, Map.of("content", "late", "clientId", "late")).statusCode() == 201);
        assertThat(contents(ada, room)).containsExactly("late");
    }

    @Test
    void shouldRejectSendsWhilePostgresIsFullOrReadOnly() throws Exception {
        Person ada = person("ada");
        String room = ada.creates("private");
        ada.sends(room, "before").then().statusCode(201);

        askPostgres("""
                create function full_disk() returns trigger language plpgsql as
                $$ begin raise exception 'no space left on device' using errcode = 'disk_full'; end $$;
                create trigger full_disk before insert on messages execute function full_disk()""");
        Response full = ada.sends(room, "full");
        askPostgres("drop function full_disk cascade");
        askPostgres("alter system set default_transaction_read_only = on");
        askPostgres("select pg_reload_conf()");
        await().untilAsserted(() -> refused(ada.sends(room, "read-only"), 503, "store_unavailable"));
        List<String> readable = contents(ada, room);
        askPostgres("alter system reset default_transaction_read_only");
        askPostgres("select pg_reload_conf()");

        refused(full, 503, "store_unavailable");
        assertThat(readable).startsWith("before").doesNotContain("full");
        await().until(() -> ada.sends(room, "after").statusCode() == 201);
    }

    @Test
    void shouldStoreAndDeliverWhileRedisIsDown() {
        Person ada = person("ada");
        UUID room = UUID.fromString(ada.creates("private"));
        try (Socket before = Socket.of(server(), ada.token())) {
            before.join(room);

            redis.stop();

            assertThat(ready()).isEqualTo(200);
            before.send(room, "c1", "without Redis");
            await().until(() -> before.messages(room).size() == 1);
            try (Socket during = Socket.of(server(), ada.token())) {
                during.join(room, 0);
                await().until(() -> during.messages(room).size() == 1);
            }

            await().until(() -> redisIsAway() == 1);
            redis.start();

            before.send(room, "c2", "with Redis again");
            await().until(() -> before.messages(room).size() == 2);
            assertThat(before.messages(room))
                    .extracting(message -> message.get("rev").asLong())
                    .containsExactly(1L, 2L);
        }
        await().until(() -> redisIsAway() == 0);
    }

    @Test
    void shouldDeliverMessagesFromPostgresThatTheBusLost() throws Exception {
        Person ada = person("ada");
        UUID room = UUID.fromString(ada.creates("private"));
        try (Socket socket = Socket.of(server(), ada.token())) {
            socket.join(room);

            // As another replica stores them when its publishes are lost.
            storeDirectly(ada, room, 3);

            await().until(() -> socket.messages(room).size() == 3);
            socket.send(room, "c", "and on it goes");
            await().until(() -> socket.messages(room).size() == 4);
            assertThat(socket.messages(room))
                    .extracting(message -> message.get("rev").asLong())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 4).boxed().toList());
        }
        assertThat(anonymous().get(metrics()).asString()).containsPattern("heliograph_delivery_gap_fills_total [1-9]");
    }

    private void storeDirectly(Person sender, UUID room, int messages) throws Exception {
        for (int i = 1; i <= messages; i++) {
            askPostgres("""
                    with room as (
                      update rooms set last_seq = last_seq + 1, last_rev = last_rev + 1
                      where id = '%s' returning id, last_seq, last_rev
                    )
                    insert into messages
                      (room_id, seq, rev, created_rev, sender_id, client_id, content, created_at)
                    select id, last_seq, last_rev, last_rev, '%s', 'other-%d', 'elsewhere', now() from room
                    """.formatted(room, sender.id(), i));
        }
    }

    private void askPostgres(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:" + postgres.reactiveUrl(), PostgresServer.USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path = message_service");
            statement.execute(sql);
        }
    }

    /** To all that listen to it: 1 if it is, 0 if it is not, and something between while they find out. */
    private double redisIsAway() {
        return (metric("heliograph_delivery_bus_unavailable") + metric("heliograph_revocations_unavailable")) / 2;
    }

    private int ready() {
        return anonymous().get(ManagementPort.uri("/health/ready")).statusCode();
    }

    private static List<String> contents(Person reader, String room) {
        return reader.asks()
                .get("/api/rooms/" + room + "/messages?after=0")
                .then()
                .statusCode(200)
                .extract()
                .path("items.content");
    }

    private static void signal(String name, List<ProcessHandle> processes) throws IOException, InterruptedException {
        for (ProcessHandle process : processes) {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
    }
}
