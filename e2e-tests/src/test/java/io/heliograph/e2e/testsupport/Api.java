package io.heliograph.e2e.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.testsupport.Json;
import io.heliograph.testsupport.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The REST calls at one address, as one user or without a token. */
public final class Api {

    /** Longer than the gateway lets anything take: a call that takes all of it hangs. */
    private static final Duration TIMEOUT = Duration.ofSeconds(65);

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    private final URI address;
    private final String token;

    public Api(URI address, String token) {
        this.address = address;
        this.token = token;
    }

    public Api as(Person person) {
        return withToken(person.token());
    }

    public Api withToken(String other) {
        return new Api(address, other);
    }

    public URI address() {
        return address;
    }

    public Reply get(String path) {
        return call("GET", path, null).join();
    }

    public Reply post(String path, Map<String, ?> body) {
        return call("POST", path, body).join();
    }

    public CompletableFuture<Reply> call(String method, String path, Map<String, ?> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(TIMEOUT)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.write(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Reply::of);
    }

    /** A socket that has been welcomed as {@code person}. */
    public Socket socket(Person person) {
        return as(person).socket();
    }

    /** A socket that has been welcomed as the caller. */
    public Socket socket() {
        return Socket.of(address, token);
    }

    /** A socket that has not sent a token. */
    public Socket openSocket() {
        return Socket.open(address);
    }

    /** A new room of the caller, with {@code members} in it. */
    public UUID room(String visibility, Person... members) {
        String id = post("/api/rooms", Map.of("name", "a room of the tests", "visibility", visibility))
                .expect(201)
                .body()
                .get("id")
                .textValue();
        for (Person member : members) {
            Reply added = call("PUT", "/api/rooms/" + id + "/members/" + member.id(), Map.of())
                    .join();
            if (added.status() / 100 != 2) {
                throw new AssertionError("could not add " + member.username() + ": " + added);
            }
        }
        return UUID.fromString(id);
    }

    public Reply send(UUID room, String clientId, String content) {
        return sendAsync(room, clientId, content).join();
    }

    public CompletableFuture<Reply> sendAsync(UUID room, String clientId, String content) {
        return call("POST", "/api/rooms/" + room + "/messages", Map.of("clientId", clientId, "content", content));
    }

    /** All messages of the room, oldest first. */
    public List<JsonNode> history(UUID room) {
        List<JsonNode> messages = new ArrayList<>();
        JsonNode after = null;
        do {
            String cursor = after == null ? "0" : after.asText();
            JsonNode page = get("/api/rooms/" + room + "/messages?limit=200&after=" + cursor)
                    .expect(200)
                    .body();
            page.get("items").forEach(messages::add);
            after = page.get("next");
        } while (after != null && !after.isNull());
        return messages;
    }
}
