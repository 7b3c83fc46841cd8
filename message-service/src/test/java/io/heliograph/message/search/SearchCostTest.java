package io.heliograph.message.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a search costs does not grow with the rooms of the caller, nor with what others write; counted in pages and hits. */
@QuarkusTest
class SearchCostTest extends MessageServiceTest {

    /**
     * 10,000 rooms with 6 messages each, one every 20 seconds: "common" is in each of them, "rare" in three, "former" in
     * each of the older half. A person is in the first 10, in the first 1,000, or in all rooms.
     */
    private static final String CONTENTS = """
            insert into people (id, username, display_name)
              select md5('p' || n)::uuid, 'p', 'P' from unnest('{0,10,1000,10000}'::int[]) n;
            insert into rooms (id, name, visibility, last_seq, last_rev)
              select md5('r' || i)::uuid, 'r', 'private', 6, 6 from generate_series(1, 10000) i;
            insert into members (room_id, user_id, role)
              select md5('r' || i)::uuid, md5('p0')::uuid, 'owner' from generate_series(1, 10000) i
              union all
              select md5('r' || i)::uuid, md5('p' || n)::uuid, 'member'
              from unnest('{10,1000,10000}'::int[]) n, generate_series(1, n) i;
            insert into search_entries (room_id, seq, created_at, text, words)
              select room, n, at, ' ' || array_to_string(spoken, ' ') || ' ',
                     array_to_tsvector(
                       array(select left(word, l) from unnest(spoken) word, unnest('{1,2,3,5,8}'::int[]) l
                             where l <= length(word))
                       || array[chr(1) || right(room::text, 8)]
                       || array(select chr(2 + level) || to_hex(extract(epoch from at)::bigint >> (5 * level))
                                from generate_series(0, 5) level))
              from (
                select md5('r' || i)::uuid as room, n, date_trunc('second', now()) - (n * 10000 + i) * interval '20 s' as at,
                       array['common']
                       || case when n > 3 then array['former'] else '{}' end
                       || case when i in (3, 7) and n = 6 then array['rare'] else '{}' end as spoken
                from generate_series(1, 10000) i, generate_series(1, 6) n
              ) generated;
            analyze members; analyze search_entries;
            """;

    private static final String SEARCH =
            "search_messages(md5('p%s')::uuid, null, '%s'::tsquery, array['%s'], array[''], '9999-12-31', '%s', 0, 51, 16384)";

    /**
     * A look at each of 10,000 rooms would read twice as many. Into how many spans of time the messages fall depends on
     * the time of the test.
     */
    private static final long MOST_PAGES = 15_000;

    private static final Pattern BUFFERS = Pattern.compile("Buffers: shared hit=(\\d+)(?: read=(\\d+))?");

    /** Set by the test resource. */
    PostgresServer postgres;

    @Inject
    SettableSearchConfig config;

    @AfterEach
    void asConfigured() {
        config.reset();
    }

    @Test
    void shouldCostTheSameInAnyNumberOfRooms() throws SQLException {
        String url = "jdbc:" + postgres.reactiveUrl() + "?preferQueryMode=simple&currentSchema=message_service";
        try (Connection connection = DriverManager.getConnection(url, PostgresServer.USER, "");
                Statement statement = connection.createStatement()) {
            // Nothing of it is committed.
            connection.setAutoCommit(false);
            statement.execute(CONTENTS);
            statement.execute("set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan");
            for (String typed : List.of(
                    "common", "com", "c", "former", "rare", "rar", "absent", "common former", "\"common rare\"")) {
                assertThat(List.of(
                                cost(statement, 10, typed),
                                cost(statement, 1_000, typed),
                                cost(statement, 10_000, typed)))
                        .as("pages read for %s in 10, 1,000 and 10,000 rooms", typed)
                        .allMatch(pages -> pages < MOST_PAGES);
            }
        }
    }

    /** As an import without times stores them. */
    @Test
    void shouldSearchAnIndexWithManyMessagesOfOneSecond() throws SQLException {
        String url = "jdbc:" + postgres.reactiveUrl() + "?preferQueryMode=simple&currentSchema=message_service";
        try (Connection connection = DriverManager.getConnection(url, PostgresServer.USER, "");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(CONTENTS);
            statement.execute("update search_entries set created_at = date_trunc('second', now()), words = words"
                    + " || array_to_tsvector(array(select chr(2 + level)"
                    + " || to_hex(extract(epoch from date_trunc('second', now()))::bigint >> (5 * level))"
                    + " from generate_series(0, 5) level))");
            statement.execute("set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan");
            String start = "'9999-12-31', '%s', 0".formatted(new UUID(0, 0));
            int found = 0;
            int requests = 0;
            for (String place = start; place != null; requests++) {
                String search = SEARCH.formatted(1_000, "''forme''", "% former%", new UUID(0, 0))
                        .replace(start, place);
                try (ResultSet rows = statement.executeQuery("select * from " + search)) {
                    int page = 0;
                    String rest = null;
                    String last = null;
                    while (rows.next()) {
                        String here =
                                "'%s', '%s', %s".formatted(rows.getString(3), rows.getString(1), rows.getString(2));
                        if (rows.getString(4) == null) {
                            page++;
                            last = here;
                        } else {
                            assertThat(rows.getInt(4)).isLessThan(16_384 + 2 * 4_097);
                            rest = rows.getString(3) == null ? null : here;
                        }
                    }
                    found += page;
                    place = page == 51 ? last : rest;
                }
            }
            assertThat(found).isEqualTo(3 * 1_000);
            assertThat(requests).isLessThan(100);
            connection.rollback();
        }
    }

    @Test
    void shouldFindTheSameInSmallChunks() {
        Person ada = person("ada");
        Person grace = person("grace");
        String own = ada.creates("private");
        // Enough rooms that they are not asked for one by one.
        for (int i = 0; i < 70; i++) {
            ada.creates("private");
        }
        String foreign = grace.creates("private");
        for (int i = 0; i < 30; i++) {
            grace.sends(foreign, "beacon of another " + i).then().statusCode(201);
            if (i % 10 == 0) {
                ada.sends(own, "beacon " + i).then().statusCode(201);
            }
        }
        // A request of grace's indexes what she wrote.
        grace.asks().get("/api/messages/search?q=beacon").then().statusCode(200);
        List<String> atOnce = ada.asks().get("/api/messages/search?q=beacon").path("items.content");
        assertThat(atOnce).containsExactly("beacon 20", "beacon 10", "beacon 0");

        // A step in each request: a second, as long as people wrote.
        config.set("maxExamined", 1);
        List<String> inParts = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (String next = ""; next != null && inParts.size() < atOnce.size(); ) {
            Response page = ada.asks()
                    .queryParam("q", "beacon")
                    .queryParam("after", next.isEmpty() ? new Object[0] : new Object[] {next})
                    .get("/api/messages/search");
            page.then().statusCode(200);
            inParts.addAll(page.path("items.content"));
            next = page.path("next");
            places.add(next);
        }
        assertThat(inParts).isEqualTo(atOnce);
        assertThat(new HashSet<>(places)).as("each part goes on").hasSameSizeAs(places);
    }

    /** Pages that a search reads. */
    private static long cost(Statement statement, int rooms, String typed) throws SQLException {
        SearchQuery query = SearchQuery.of(typed).orElseThrow();
        String search =
                SEARCH.formatted(rooms, query.tsquery().replace("'", "''"), query.required()[0], new UUID(0, 0));
        assertThat(found(statement, search)).as("%s in %s rooms", typed, rooms).isEqualTo(expected(typed, rooms));
        return buffers(statement, "explain (analyze, buffers) select * from " + search);
    }

    private static int expected(String typed, int rooms) {
        return switch (typed) {
            case "rare", "rar" -> 2;
            case "absent", "\"common rare\"" -> 0;
            case "former", "common former" -> Math.min(51, 3 * rooms);
            default -> 51;
        };
    }

    private static int found(Statement statement, String search) throws SQLException {
        try (ResultSet rows =
                statement.executeQuery("select count(*) filter (where examined is null) from " + search)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static long buffers(Statement statement, String explain) throws SQLException {
        try (ResultSet rows = statement.executeQuery(explain)) {
            StringBuilder plan = new StringBuilder();
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
            return BUFFERS.matcher(plan)
                    .results()
                    .findFirst()
                    .map(SearchCostTest::pages)
                    .orElseThrow();
        }
    }

    private static long pages(MatchResult buffers) {
        return Long.parseLong(buffers.group(1)) + (buffers.group(2) == null ? 0 : Long.parseLong(buffers.group(2)));
    }
}
