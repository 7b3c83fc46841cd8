package io.heliograph.gateway.admin;

import io.heliograph.gateway.batch.InternalClient;
import io.heliograph.gateway.pipeline.Exchange;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** What message-service says of its jobs, which it is asked on behalf of the caller. */
@Singleton
final class JobSummaries {

    private static final String PATH = "/api/jobs/summary";

    /** It takes milliseconds; without it the rest of the answer is worth as much. */
    private static final long TIMEOUT_MILLIS = 2_000;

    private final InternalClient client;

    JobSummaries(InternalClient client) {
        this.client = client;
    }

    /** Null if the service does not say; never fails. */
    Future<JsonArray> ask(Exchange exchange) {
        return client.request(exchange, HttpMethod.GET, PATH)
                .compose(request -> request.send()
                        .compose(JobSummaries::read)
                        .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                        .onFailure(late -> request.reset()))
                .otherwiseEmpty();
    }

    private static Future<JsonArray> read(HttpClientResponse response) {
        return response.statusCode() == 200
                ? response.body().map(JobSummaries::items)
                : response.end().mapEmpty();
    }

    private static JsonArray items(Buffer body) {
        try {
            return body.toJsonObject().getValue("items") instanceof JsonArray items ? items : null;
        } catch (DecodeException e) {
            return null;
        }
    }
}
