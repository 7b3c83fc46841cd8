package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BatchTest extends GatewayTest {

    @Test
    void shouldExecutePartsConcurrently() throws IOException {
        // The service responds only after it has received all of them.
        List<JsonObject> answers = batch(IntStream.range(0, 10)
                .mapToObj(i -> part(i, "GET", "/api/rooms/meet?n=10"))
                .toArray(JsonObject[]::new));

        assertTrue(answers.stream().allMatch(answer -> answer.getInteger("status") == 200));
    }

    @Test
    void shouldRespondInTheOrderOfThePartsAndNotOfTheirCompletion() throws IOException {
        List<JsonObject> answers = batch(
                part("first", "GET", "/api/rooms/meet?n=2"),
                part(7, "GET", "/api/rooms/a?x=%20y"),
                part("post", "POST", "/api/rooms/b").put("body", new JsonObject().put("name", "hill")),
                part("list", "PUT", "/api/rooms/c").put("body", new JsonArray().add(1)),
                part("last", "GET", "/api/rooms/meet?n=2"));

        assertEquals(
                List.of("first", 7, "post", "list", "last"),
                answers.stream().map(answer -> answer.getValue("id")).toList());
        assertEquals("/api/rooms/a?x=%20y", answers.get(1).getJsonObject("body").getString("uri"));
        JsonObject posted = answers.get(2).getJsonObject("body");
        assertEquals("POST", posted.getString("method"));
        assertEquals("{\"name\":\"hill\"}", posted.getString("body"));
        assertTrue(posted.getJsonArray("headers").contains("Content-Type: application/json")
                || posted.getJsonArray("headers").contains("content-type: application/json"));
        assertEquals("[1]", answers.get(3).getJsonObject("body").getString("body"));
    }

    @Test
    void shouldBoundTheConcurrencyOfABatch() throws IOException {
        good.peak();

        batch(IntStream.range(0, 50)
                .mapToObj(i -> part(i, "GET", "/api/rooms/meet?n=10"))
                .toArray(JsonObject[]::new));

        assertEquals(10, good.peak());
    }

    @Test
    void shouldKeepAFailureOfOneRequestFromOthers() throws IOException {
        List<JsonObject> answers = batch(
                part(1, "GET", "/api/previews/x"),
                part(2, "GET", "/api/rooms/ok"),
                part(3, "GET", "/api/nowhere"),
                part(4, "DELETE", "/api/rooms/status?code=403"),
                part(5, "GET", "/api/rooms/a/../b"),
                part(6, "GET", "/api/timed/silent"),
                part(7, "GET", "/"));

        assertEquals(
                List.of(502, 200, 404, 403, 400, 504, 404),
                answers.stream().map(answer -> answer.getInteger("status")).toList());
        assertEquals(
                "upstream_unreachable", answers.get(0).getJsonObject("body").getString("code"));
        assertEquals("ambiguous_path", answers.get(4).getJsonObject("body").getString("code"));
        assertEquals("upstream_timeout", answers.get(5).getJsonObject("body").getString("code"));
    }

    @Test
    void shouldExecutePartsWithTheRightsOfTheCaller() throws IOException {
        String body = body(part(1, "GET", "/api/rooms/x"), part(2, "POST", "/api/auth/login"));

        Answer outsider = exchange("POST /api/batch HTTP/1.1\r\nHost: h\r\nContent-Length: " + body.length()
                + "\r\nX-User-Id: admin\r\nX-Forwarded-Key: 0\r\n\r\n" + body);
        JsonObject known = batch(part(1, "GET", "/api/rooms/x")).get(0).getJsonObject("body");

        assertEquals(401, answer(outsider, 0).getInteger("status"));
        assertEquals(200, answer(outsider, 1).getInteger("status"));
        String headers = known.getJsonArray("headers").encode();
        assertTrue(headers.contains("Bearer " + bearer().trim().substring(22, 60)), headers);
        assertTrue(headers.contains("X-Forwarded-For: 127.0.0.1"), headers);
        assertTrue(headers.contains("X-Forwarded-Host: heliograph.example"), headers);
        assertTrue(headers.contains("X-Request-Id: whole-1"), headers);
        assertTrue(headers.contains("traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), headers);
        assertFalse(headers.contains("X-Forwarded-Key"), headers);
        assertFalse(headers.contains("X-Secret"), headers);
    }

    @Test
    void shouldChargeEachPartSeparately() throws IOException {
        String someone = "Authorization: Bearer " + issuer.token(UUID.randomUUID(), "limited") + "\r\n";
        String body = body(IntStream.range(0, 5)
                .mapToObj(i -> part(i, "GET", "/api/limited/x"))
                .toArray(JsonObject[]::new));

        Answer batch = exchange("POST /api/batch HTTP/1.1\r\nHost: h\r\n" + someone + "Content-Length: " + body.length()
                + "\r\n\r\n" + body);

        List<Integer> statuses = IntStream.range(0, 5)
                .mapToObj(place -> answer(batch, place).getInteger("status"))
                .sorted()
                .toList();
        assertEquals(List.of(200, 200, 200, 429, 429), statuses);
    }

    @Test
    void shouldReturnOtherBodiesAsText() throws IOException {
        List<JsonObject> answers = batch(
                part(1, "GET", "/api/rooms/text"),
                part(2, "GET", "/api/rooms/torn"),
                part(3, "GET", "/api/rooms/status?code=204"),
                part(4, "HEAD", "/api/rooms/echo"),
                part(5, "GET", "/api/rooms/events"));

        assertEquals("no \"JSON\"", answers.get(0).getString("body"));
        assertEquals("{\"a\": 1}, {", answers.get(1).getString("body"));
        assertNull(answers.get(2).getValue("body"));
        assertNull(answers.get(3).getValue("body"));
        assertEquals("not_acceptable", answers.get(4).getJsonObject("body").getString("code"));
    }

    @Test
    void shouldBoundTheTotalResponseSizeOfABatch() throws IOException {
        List<JsonObject> answers = batch(
                part(1, "GET", "/api/rooms/bytes?n=100000"),
                part(2, "GET", "/api/rooms/bytes?n=50000000"),
                part(3, "GET", "/api/rooms/echo"));

        assertEquals(
                List.of(200, 502, 200),
                answers.stream().map(answer -> answer.getInteger("status")).toList());
        assertEquals("answer_too_large", answers.get(1).getJsonObject("body").getString("code"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "no",
                "{\"requests\": [",
                "{\"requests\": []} {}",
                "{\"requests\": [], \"requests\": []}",
                "{\"requests\": [{\"id\": 1, \"id\": 2}]}",
                // An overlong form, half of a pair, beyond Unicode, and cut in a character.
                "{\"requests\": \"\u00c0\u00af\"}",
                "{\"requests\": \"\u00ed\u00a0\u0080\"}",
                "{\"requests\": \"\u00f4\u0090\u0080\u0080\"}",
                "{\"requests\": \"\u00e2\u0082",
                "\0{\0}"
            })
    void shouldRejectABodyThatIsNotJson(String body) throws IOException {
        Answer answer = send(body);

        assertEquals(400, answer.status());
        assertEquals("invalid_json", code(answer));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | requests",
                "{} | requests",
                "{'requests': 5} | requests",
                "{'requests': []} | requests",
                "{'requests': [5]} | requests[0]",
                "{'requests': [{'method': 'GET', 'path': '/api/a'}]} | requests[0].id",
                "{'requests': [{'id': '', 'method': 'GET', 'path': '/api/a'}]} | requests[0].id",
                "{'requests': [{'id': 1, 'method': 'get', 'path': '/api/a'}]} | requests[0].method",
                "{'requests': [{'id': 1, 'method': 'CONNECT', 'path': '/api/a'}]} | requests[0].method",
                "{'requests': [{'id': 1, 'method': 'GET', 'path': 'http://elsewhere/'}]} | requests[0].path",
                "{'requests': [{'id': 1, 'method': 'GET', 'path': '//elsewhere/api'}]} | requests[0].path",
                "{'requests': [{'id': 1, 'method': 'GET', 'path': '/api/a b'}]} | requests[0].path",
                "{'requests': [{'id': 1, 'method': 'GET', 'path': '/api/a\\r\\nX: y'}]} | requests[0].path",
                "{'requests': [{'id': 1, 'method': 'POST', 'path': '/api/batch'}]} | requests[0].path",
                "{'requests': [{'id': 1, 'method': 'POST', 'path': '/api/batch?x'}]} | requests[0].path",
                "{'requests': [{'id': 1, 'method': 'GET', 'path': '/api/a', 'body': 1}]} | requests[0].body",
                "{'requests': [{'id': 1, 'method': 'GET', 'path': '/api/a'},"
                        + " {'id': 1, 'method': 'GET', 'path': '/api/a'}]} | requests[1].id",
            })
    void shouldReportTheInvalidField(String body, String field) throws IOException {
        Answer answer = send(body.replace('\'', '"'));

        assertEquals(400, answer.status());
        assertEquals("invalid_request", code(answer));
        assertEquals(
                field,
                new JsonObject(answer.body())
                        .getJsonArray("errors")
                        .getJsonObject(0)
                        .getString("field"));
    }

    @Test
    void shouldRejectABatchThatIsTooLong() throws IOException {
        JsonObject[] parts =
                IntStream.range(0, 51).mapToObj(i -> part(i, "GET", "/api/a")).toArray(JsonObject[]::new);

        assertEquals("invalid_request", code(send(body(parts))));
        assertEquals("body_too_large", code(exchange(request("POST", "/api/batch", "Content-Length: 2000000\r\n"))));
        assertEquals(
                "unsupported_media_type",
                code(exchange(request("POST", "/api/batch", "Content-Type: text/plain\r\nContent-Length: 0\r\n"))));
        assertEquals("method_not_allowed", code(get("/api/batch")));
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, 200",
        "application/json;charset=utf-8, 200",
        "Application/JSON ; a=b, 200",
        "application/jsonx, 415",
        "application/json-seq, 415",
        "application/json text/plain, 415"
    })
    void shouldParseABodyDeclaredAsJson(String type, int status) throws IOException {
        String body = body(part(1, "GET", "/api/rooms/x"));
        String head = "Content-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n";

        assertEquals(
                status, exchange(request("POST", "/api/batch", head) + body).status());
    }

    @Test
    void shouldTimeOutOnAMissingBody() throws IOException {
        TestBounds.bodyTimeout(Duration.ofMillis(300));

        assertEquals("request_timeout", code(exchange(request("POST", "/api/batch", "Content-Length: 100\r\n") + "{")));
    }

    @Test
    void shouldStartNoFurtherPartsAfterTheClientHasDisconnected() throws IOException {
        TestBounds.halfClosedTimeout(GONE);
        scripted.answer(request -> {});
        int before = scripted.requests().size();
        double aborted = abortedBatches();
        String body = body(IntStream.range(0, 50)
                .mapToObj(i -> part(i, "GET", "/api/scripted/held"))
                .toArray(JsonObject[]::new));
        try (RawClient client = connect()) {
            client.send(request("POST", "/api/batch", "Content-Length: " + body.length() + "\r\n") + body);
            scripted.await(before + 10);
        }
        await().until(() -> abortedBatches() > aborted);

        scripted.answer(request -> request.response().end());
        List.copyOf(scripted.requests()).subList(before, before + 10).forEach(held -> held.response()
                .end());

        await().during(Duration.ofMillis(500)).until(() -> scripted.requests().size() == before + 10);
    }

    private double abortedBatches() throws IOException {
        String meter = "heliograph_gateway_requests_total{outcome=\"aborted\",route=\"/api/batch\",} ";
        return metrics()
                .lines()
                .filter(line -> line.startsWith(meter))
                .mapToDouble(line -> Double.parseDouble(line.substring(meter.length())))
                .sum();
    }

    private static JsonObject part(Object id, String method, String path) {
        return new JsonObject().put("id", id).put("method", method).put("path", path);
    }

    private static String body(JsonObject... parts) {
        JsonArray requests = new JsonArray();
        for (JsonObject part : parts) {
            requests.add(part);
        }
        return new JsonObject().put("requests", requests).encode();
    }

    private Answer send(String body) throws IOException {
        return exchange(request(
                        "POST",
                        "/api/batch",
                        "Content-Type: application/json\r\nX-Request-Id: whole\r\nX-Secret: 1\r\n",
                        "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n",
                        "Content-Length: " + body.length() + "\r\n")
                + body);
    }

    private List<JsonObject> batch(JsonObject... parts) throws IOException {
        Answer answer = send(body(parts));
        assertEquals(200, answer.status(), answer.body());
        assertEquals("application/json", answer.header("Content-Type"));
        return new JsonObject(answer.body())
                .getJsonArray("responses").stream().map(JsonObject.class::cast).toList();
    }

    private static JsonObject answer(Answer batch, int place) {
        assertEquals(200, batch.status(), batch.body());
        return new JsonObject(batch.body()).getJsonArray("responses").getJsonObject(place);
    }
}
