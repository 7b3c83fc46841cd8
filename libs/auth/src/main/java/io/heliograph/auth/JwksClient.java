package io.heliograph.auth;

import io.heliograph.auth.JwkSet.VerificationKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Fetches the keys of one issuer. */
final class JwksClient {

    /**
     * A key with its certificates takes a few thousand bytes; a response of more than a hundred such keys is not a key
     * set.
     */
    private static final int MAX_RESPONSE_BYTES = 256 * 1024;

    private final HttpClient client;
    private final Issuer issuer;
    private final long timeoutMillis;

    JwksClient(HttpClient client, Issuer issuer, Duration timeout) {
        this.client = client;
        this.issuer = issuer;
        this.timeoutMillis = timeout.toMillis();
    }

    Future<Map<String, VerificationKey>> fetch() {
        Future<String> location = Future.succeededFuture(issuer.location().toString());
        if (issuer.discovery()) {
            // Each time, because an issuer may change the URL of its keys.
            location = location.compose(this::get).map(this::discovered);
        }
        return location.compose(this::get)
                .timeout(timeoutMillis, TimeUnit.MILLISECONDS)
                .map(JwkSet::parse);
    }

    private String discovered(Buffer document) {
        JsonObject description = document.toJsonObject();
        if (!issuer.id().equals(description.getString("issuer"))) {
            throw new IllegalStateException("it describes another issuer, " + description.getString("issuer"));
        }
        String location = description.getString("jwks_uri", "");
        // The connection to the keys must be as secure as the one to the document that names their location.
        boolean asSafe =
                location.startsWith("https:") || "http".equals(issuer.location().getScheme());
        if (!asSafe) {
            throw new IllegalStateException("its keys are not offered over https: " + location);
        }
        return location;
    }

    private Future<Buffer> get(String url) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url)
                .setTimeout(timeoutMillis);
        return client.request(request).compose(HttpClientRequest::send).compose(JwksClient::body);
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            return Future.failedFuture("status " + response.statusCode());
        }
        Promise<Buffer> body = Promise.promise();
        Buffer read = Buffer.buffer();
        response.exceptionHandler(body::tryFail);
        response.endHandler(end -> body.tryComplete(read));
        response.handler(chunk -> {
            read.appendBuffer(chunk);
            if (read.length() > MAX_RESPONSE_BYTES && body.tryFail("more than " + MAX_RESPONSE_BYTES + " bytes")) {
                response.request().reset();
            }
        });
        return body.future();
    }

    @Override
    public String toString() {
        return issuer.location().toString();
    }
}
