package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heliograph.gateway.proxy.UpstreamFailure;
import io.heliograph.gateway.proxy.UpstreamFetcher;
import io.heliograph.gateway.proxy.UpstreamFetcher.FetchException;
import io.heliograph.gateway.proxy.UpstreamFetcher.FetchRequest;
import io.heliograph.gateway.proxy.UpstreamFetcher.FetchResponse;
import io.heliograph.gateway.routing.Routes;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FetchTest extends GatewayTest {

    private static final int BOUND = 100_000;

    @Inject
    UpstreamFetcher fetcher;

    @Inject
    Routes routes;

    @Inject
    Vertx vertx;

    @Test
    void shouldFetchACompleteResponse() {
        FetchResponse response = fetch(HttpMethod.GET, "/api/rooms/bytes?n=70000", null);

        assertEquals(200, response.status());
        assertEquals(70_000, response.body().length());
        assertNull(response.headers().get("Transfer-Encoding"));
    }

    @Test
    void shouldFetchResponsesOfAnyStatus() {
        assertEquals(
                404, fetch(HttpMethod.GET, "/api/rooms/status?code=404", null).status());
        assertEquals(
                304, fetch(HttpMethod.GET, "/api/rooms/status?code=304", null).status());
        assertEquals(
                200,
                fetch(HttpMethod.HEAD, "/api/rooms/bytes?n=200000&length=1", null)
                        .status());
    }

    @Test
    void shouldSendABody() {
        FetchResponse response = fetch(HttpMethod.POST, "/api/rooms/echo", Buffer.buffer("hello"));

        JsonObject seen = response.body().toJsonObject();
        assertEquals("POST", seen.getString("method"));
        assertEquals("hello", seen.getString("body"));
    }

    @Test
    void shouldAbortAResponseThatIsTooLarge() {
        assertEquals(UpstreamFailure.HTTP_RESPONSE_BODY_SIZE, failure("/api/rooms/bytes?n=200000"));
        assertEquals(UpstreamFailure.HTTP_RESPONSE_BODY_SIZE, failure("/api/rooms/bytes?n=200000&length=1"));
    }

    @Test
    void shouldTryAnotherInstance() {
        for (int i = 0; i < 4; i++) {
            assertEquals(200, fetch(HttpMethod.GET, "/api/messages/echo", null).status());
            assertEquals(200, fetch(HttpMethod.GET, "/api/pair/hang-up", null).status());
        }
    }

    @Test
    void shouldReportTheReasonOfAFailure() {
        assertEquals(UpstreamFailure.CONNECTION_REFUSED, failure("/api/previews/x"));
        assertEquals(UpstreamFailure.CONNECTION_TERMINATED, failure("/api/jobs/hang-up"));
        assertEquals(UpstreamFailure.HTTP_RESPONSE_INCOMPLETE, failure("/api/jobs/half"));
        assertEquals(UpstreamFailure.HTTP_PROTOCOL_ERROR, failure("/api/jobs/garbage"));
        assertEquals(UpstreamFailure.HTTP_PROTOCOL_ERROR, failure("/api/jobs/switch"));
        assertEquals(UpstreamFailure.HTTP_RESPONSE_TIMEOUT, failure("/api/timed/silent"));
        assertEquals(UpstreamFailure.CONNECTION_READ_TIMEOUT, failure("/api/timed-jobs/head-only"));
    }

    private UpstreamFailure failure(String uri) {
        CompletionException failed = assertThrows(CompletionException.class, () -> fetch(HttpMethod.GET, uri, null));
        return ((FetchException) failed.getCause()).failure();
    }

    private FetchResponse fetch(HttpMethod method, String uri, Buffer body) {
        FetchRequest request = new FetchRequest(routes.table().find(uri), method, uri, HttpHeaders.headers(), body);
        Promise<FetchResponse> fetched = Promise.promise();
        vertx.runOnContext(ignored -> fetcher.fetch(request, BOUND).onComplete(fetched));
        return fetched.future()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
