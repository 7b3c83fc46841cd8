package io.heliograph.testsupport.openapi;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** The contract of the service that runs, by the description that it serves. */
final class ServiceContract {

    /** What a busy machine may take. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private ServiceContract() {}

    /** Empty if the service, {@code http://host:port}, does not describe itself. */
    static Optional<ApiContract> read(URI service) {
        HttpResponse<String> response = get(service.resolve("/q/openapi?format=json"));
        return switch (response.statusCode()) {
            case 200 -> Optional.of(new ApiContract(ApiDocument.of(response.body())));
            case 404 -> Optional.empty();
            default -> throw new IllegalStateException("no description: " + response.statusCode());
        };
    }

    private static HttpResponse<String> get(URI uri) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
