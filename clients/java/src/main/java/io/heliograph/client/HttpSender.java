package io.heliograph.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/**
 * Sends a call once.
 *
 * @param address of the gateway
 */
record HttpSender(URI address, HttpClient client) {

    CompletableFuture<HttpResponse<String>> send(ApiCall call, String token) {
        String body = call.body() == null ? null : Json.write(call.body());
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(call.path()))
                .header("Accept", "application/json")
                .timeout(call.attemptTimeout())
                .method(call.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (address.getScheme().equals("http")) {
            // There is no HTTP/2 without TLS, and no need to ask for it each time.
            request.version(HttpClient.Version.HTTP_1_1);
        }
        return client.sendAsync(request.build(), BodyHandlers.ofString());
    }
}
