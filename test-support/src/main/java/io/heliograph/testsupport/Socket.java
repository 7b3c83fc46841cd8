package io.heliograph.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A raw connection of the {@code heliograph.v1} protocol that keeps every frame in the order of arrival. Requests carry
 * an id of their own, and their futures complete with the frame that echoes it, be it an error.
 *
 * <p>It is for tests of a service, and in end-to-end tests for what the client for Java would never send or keeps to
 * itself: a second join of the same room and a repeated send that was answered ({@code Line}, {@code Listener},
 * {@code RepeatedSendTest}), requests of a non-member, a socket without a token, an {@code after} of before a restore,
 * the codes of errors and closes, the contents and the time of {@code drain} ({@code Follower}), and the fields of
 * frames. Where a user only follows rooms and writes, a test uses the client ({@code Subscriber}, {@code Participant}).
 */
public final class Socket implements WebSocket.Listener, AutoCloseable {

    /** What a busy machine may take. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private final Map<String, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private final CompletableFuture<JsonNode> welcome = new CompletableFuture<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final AtomicLong requests = new AtomicLong();
    private final StringBuilder text = new StringBuilder();
    private CompletableFuture<WebSocket> sending;

    private Socket() {
        failOnClose(welcome);
    }

    /** A socket at this address ({@code http://host:port}) that has been welcomed with this token. */
    public static Socket of(URI address, String token) {
        Socket socket = open(address);
        socket.sendFrame(Map.of("type", "connect", "token", token));
        socket.welcome();
        return socket;
    }

    /** A socket that has not sent a token. */
    public static Socket open(URI address) {
        Socket socket = new Socket();
        socket.sending = HTTP.newWebSocketBuilder()
                .connectTimeout(TIMEOUT)
                .subprotocols("heliograph.v1")
                .buildAsync(URI.create(address.toString().replaceFirst("http", "ws") + "/api/ws"), socket);
        await(socket.sending);
        return socket;
    }

    public JsonNode welcome() {
        return await(welcome);
    }

    /** Joins at the room's present end. */
    public JsonNode join(UUID room) {
        return await(request(Map.of("type", "join", "room", room)));
    }

    /** Joins after the revision {@code after}. */
    public JsonNode join(UUID room, long after) {
        return await(request(Map.of("type", "join", "room", room, "after", after)));
    }

    public JsonNode send(UUID room, String clientId, String content) {
        return await(sendAsync(room, clientId, content));
    }

    public CompletableFuture<JsonNode> sendAsync(UUID room, String clientId, String content) {
        return request(Map.of("type", "send", "room", room, "clientId", clientId, "content", content));
    }

    public CompletableFuture<JsonNode> request(Map<String, ?> fields) {
        String id = Long.toString(requests.incrementAndGet());
        Map<String, Object> frame = new HashMap<>(fields);
        frame.put("id", id);
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        pending.put(id, answer);
        failOnClose(answer);
        sendFrame(frame);
        return answer;
    }

    /** Sends a frame that no answer is expected to. */
    public void sendFrame(Map<String, ?> frame) {
        sendFrame(Json.write(frame));
    }

    public synchronized void sendFrame(String frame) {
        sending = sending.thenCompose(socket -> socket.sendText(frame, true));
    }

    /** Everything that came, in the order in which it came. */
    public List<JsonNode> frames() {
        return List.copyOf(frames);
    }

    /** The messages of one room, in the order in which they came. */
    public List<JsonNode> messages(UUID room) {
        return frames.stream()
                .filter(frame -> frame.get("type").asText().equals("message"))
                .filter(frame -> frame.get("room").asText().equals(room.toString()))
                .toList();
    }

    /** The code it was closed with, if it was; 1006 without one. */
    public OptionalInt closeCode() {
        return closed.isDone() ? OptionalInt.of(closed.join()) : OptionalInt.empty();
    }

    /** Completes with that code. */
    public CompletableFuture<Integer> closed() {
        return closed.copy();
    }

    public int awaitClose() {
        return await(closed);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            JsonNode frame = Json.parse(text.toString());
            text.setLength(0);
            receive(frame);
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        closed.complete(1006);
    }

    @Override
    public void close() {
        sending.thenAccept(WebSocket::abort);
    }

    private void receive(JsonNode frame) {
        frames.add(frame);
        if (frame.path("type").asText().equals("welcome")) {
            welcome.complete(frame);
        }
        CompletableFuture<JsonNode> answer = pending.remove(frame.path("id").asText());
        if (answer != null) {
            answer.complete(frame);
        }
    }

    private void failOnClose(CompletableFuture<JsonNode> answer) {
        closed.thenAccept(code -> answer.completeExceptionally(new IllegalStateException("closed with " + code)));
    }

    private static <T> T await(CompletableFuture<T> future) {
        return future.copy().orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
    }
}
