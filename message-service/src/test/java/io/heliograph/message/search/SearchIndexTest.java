package io.heliograph.message.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.message.search.SearchIndexRepository.Chunk;
import io.heliograph.message.search.SearchIndexRepository.IndexSource;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import jakarta.inject.Inject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Indexing by several replicas during writes. */
@QuarkusTest
class SearchIndexTest extends MessageServiceTest {

    /** Set by the test resource. */
    PostgresServer postgres;

    @Inject
    SearchIndexRepository repository;

    private Person ada;
    private UUID room;

    @BeforeEach
    void aRoomThatIsToBeIndexedAnew() throws SQLException {
        ada = person("ada");
        room = UUID.fromString(ada.creates("private"));
        for (int i = 1; i <= 10; i++) {
            ada.sends(room.toString(), "lantern " + i).then().statusCode(201);
        }
        await().until(() -> count("search_progress", "rev = 10") == 1);
        execute("delete from message_service.search_entries where room_id = '%s'".formatted(room));
        execute("update message_service.search_progress set backfill = 11 where room_id = '%s'".formatted(room));
        // As the previous release left it.
        execute("insert into message_service.message_words select '%s', n, 'lantern' from generate_series(1, 10) n"
                .formatted(room));
    }

    /** The next test takes every room that is not indexed completely. */
    @AfterEach
    void theRoomIsIndexed() throws SQLException {
        execute("update message_service.search_progress set backfill = 1 where room_id = '%s'".formatted(room));
    }

    @Test
    void shouldIndexTheNewestFirstAndFindNewMessages() throws SQLException {
        assertThat(found()).isEmpty();
        assertThat(stored(older(4), false)).containsExactly(room);
        assertThat(found()).containsExactly(10, 9, 8, 7);

        ada.sends(room.toString(), "lantern 11").then().statusCode(201);
        assertThat(found()).containsExactly(11, 10, 9, 8, 7);

        assertThat(stored(older(4), false)).containsExactly(room);
        assertThat(stored(older(4), false)).containsExactly(room);
        assertThat(found()).containsExactly(11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
        assertThat(count("search_progress", "backfill > 1")).isZero();
        assertThat(count("message_words", "true"))
                .as("left of the previous index")
                .isZero();
    }

    @Test
    void shouldLetOneOfTwoReplicasIndexARoom() throws SQLException {
        Chunk one = older(4);
        Chunk other = older(4);

        assertThat(stored(one, false)).containsExactly(room);
        assertThat(stored(other, false)).isEmpty();
        assertThat(count("search_progress", "backfill = 7")).isEqualTo(1);
    }

    @Test
    void shouldNotIndexOldContentOfDeletedOrEditedMessages() throws SQLException {
        Chunk old = older(100);
        String messages = "/api/rooms/" + room + "/messages/";
        ada.asks().delete(messages + 9).then().statusCode(204);
        ada.asks()
                .contentType("application/json")
                .body(Map.of("content", "candle"))
                .patch(messages + 8)
                .then()
                .statusCode(200);
        assertThat(found()).isEmpty();

        assertThat(stored(old, false)).as("read before the changes").isEmpty();
        assertThat(stored(older(100), false)).containsExactly(room);
        assertThat(found()).containsExactly(10, 7, 6, 5, 4, 3, 2, 1);
        assertThat(count("search_entries", "seq = 9")).isZero();
        assertThat(count("search_entries", "seq = 8 and text = ' candle '")).isEqualTo(1);
    }

    @Test
    void shouldContinueAfterSkippedRevisionsOfARestore() throws SQLException {
        UUID quiet = UUID.fromString(ada.creates("private"));
        ada.sends(quiet.toString(), "candle").then().statusCode(201);
        execute("update message_service.rooms set last_rev = last_rev + 1000000 where id in ('%s', '%s')"
                .formatted(room, quiet));
        ada.sends(room.toString(), "lantern 11").then().statusCode(201);

        Set<UUID> rooms = Set.of(room, quiet);
        await().until(() -> {
            Chunk chunk = result(repository.changed(rooms, 500));
            stored(chunk, true);
            return chunk.steps().isEmpty() && chunk.unfinished().isEmpty();
        });
        assertThat(found()).containsExactly(11);
        assertThat(count("search_progress", "rev = 1000011")).isEqualTo(1);

        assertThat(stored(older(100), false)).containsExactly(room);
        assertThat(found()).hasSize(11);
    }

    private Chunk older(int limit) {
        return result(repository.older(limit, 0));
    }

    private Set<UUID> stored(Chunk chunk, boolean changes) {
        Map<IndexSource, SearchText> texts = new HashMap<>();
        chunk.sources().stream()
                .filter(source -> !source.deleted())
                .forEach(source -> texts.put(source, SearchText.of(source.content())));
        return result(repository.store(chunk, texts, changes));
    }

    private static <T> T result(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private List<Integer> found() {
        return ada.asks()
                .get("/api/messages/search?q=lantern&room=" + room)
                .then()
                .statusCode(200)
                .extract()
                .path("items.seq");
    }

    private int count(String table, String condition) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:" + postgres.reactiveUrl(), PostgresServer.USER, "");
                var statement = connection.createStatement();
                var count = statement.executeQuery("select count(*) from message_service.%s where room_id = '%s' and %s"
                        .formatted(table, room, condition))) {
            count.next();
            return count.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:" + postgres.reactiveUrl(), PostgresServer.USER, "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
