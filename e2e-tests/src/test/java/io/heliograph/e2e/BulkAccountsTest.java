package io.heliograph.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Reply;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.testsupport.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The largest permitted batches, through the gateway. */
@ExtendWith(RunningHeliograph.class)
class BulkAccountsTest {

    private static final String PATH = "/api/users/batch";
    private static final int ROWS = 1_000;
    private static final int MAX_BODY = 2 * 1024 * 1024;

    private final String prefix = "bulk-" + UUID.randomUUID().toString().substring(0, 8) + "-";
    private final Heliograph heliograph;
    private final Api admin;

    BulkAccountsTest(Heliograph heliograph) {
        this.heliograph = heliograph;
        this.admin = heliograph.admin();
    }

    @Test
    void shouldMakeAThousandWithPasswordsAndDeferRowsInTime() {
        List<Map<String, String>> left = new ArrayList<>(IntStream.range(0, ROWS)
                .mapToObj(n -> row(n, "correct horse " + n))
                .toList());
        int made = 0;
        // Slow machines defer rows more than once; each request makes some within the timeout of the gateway.
        while (!left.isEmpty()) {
            JsonNode result = batch(left).expect(200).body();
            int created = result.get("created").asInt();
            assertTrue(created > 0, left.size() + " rows are left");
            made += created;
            left = putOff(left, result.get("results"));
        }
        assertEquals(ROWS, made);
        heliograph
                .gateway()
                .post("/api/auth/login", Map.of("login", prefix + "999", "password", "correct horse 999"))
                .expect(200);
    }

    @Test
    void shouldTakeTwoMebibytesAndNoMore() {
        List<Map<String, String>> rows =
                IntStream.range(0, ROWS).mapToObj(n -> row(n, null)).toList();

        assertEquals(
                "body_too_large",
                admin.post(PATH, padded(rows, MAX_BODY + 1_000)).expect(413).code());
        assertEquals(
                ROWS,
                admin.post(PATH, padded(rows, MAX_BODY - 1_000))
                        .expect(200)
                        .body()
                        .get("created")
                        .asInt());
    }

    private Reply batch(List<Map<String, String>> rows) {
        return admin.post(PATH, Map.of("users", rows));
    }

    private Map<String, String> row(int number, String password) {
        String name = prefix + number;
        Map<String, String> names = Map.of("username", name, "email", name + "@example.org");
        if (password == null) {
            return names;
        }
        return Map.of("username", name, "email", names.get("email"), "password", password);
    }

    private static List<Map<String, String>> putOff(List<Map<String, String>> rows, JsonNode results) {
        List<Map<String, String>> left = new ArrayList<>();
        for (JsonNode result : results) {
            if (result.get("status").asInt() != 201) {
                assertEquals("overloaded", result.at("/problem/code").asText(), result::toString);
                left.add(rows.get(result.get("index").asInt()));
            }
        }
        return left;
    }

    /** JSON of this many bytes with an unused field. */
    private static Map<String, Object> padded(List<Map<String, String>> rows, int bytes) {
        int bare = Json.write(Map.of("users", rows, "padding", "")).length();
        return Map.of("users", rows, "padding", "x".repeat(bytes - bare));
    }
}
