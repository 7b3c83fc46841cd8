package io.heliograph.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Watches the operations stream at a gateway ({@code http://host:port}), and keeps each frame. */
public final class LiveWatcher implements WebSocket.Listener, AutoCloseable {

    private static final int OPEN = 0;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private final AtomicInteger closeCode = new AtomicInteger(OPEN);
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    private LiveWatcher(URI address, String query, String token) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        socket = builder.buildAsync(
                        URI.create(address.toString().replaceFirst("http", "ws") + "/api/live" + query), this)
                .join();
    }

    /** With the token on the upgrade, as programs send it. */
    public static LiveWatcher of(URI address, String token) {
        return of(address, token, "");
    }

    public static LiveWatcher of(URI address, String token, String query) {
        return new LiveWatcher(address, query, token);
    }

    /** Without a token, as browsers have to. */
    public static LiveWatcher withoutToken(URI address) {
        return new LiveWatcher(address, "", null);
    }

    public LiveWatcher send(Map<String, ?> frame) {
        return send(Json.write(frame));
    }

    public LiveWatcher send(String frame) {
        socket.sendText(frame, true).join();
        return this;
    }

    public List<JsonNode> frames() {
        return frames;
    }

    public Stream<JsonNode> frames(String type) {
        return frames.stream().filter(frame -> type.equals(frame.path("type").asText()));
    }

    /** The first frame of this kind that came, or will come. */
    public JsonNode await(String type, Predicate<JsonNode> which) {
        return Awaitility.await()
                .until(() -> frames(type).filter(which).findFirst().orElse(null), Objects::nonNull);
    }

    public JsonNode await(String type) {
        return await(type, any -> true);
    }

    /** A sample that comes from now on. */
    public JsonNode awaitSample(Predicate<JsonNode> which) {
        int before = frames.size();
        return Awaitility.await()
                .until(
                        () -> frames.stream()
                                .skip(before)
                                .filter(frame ->
                                        "sample".equals(frame.path("type").asText()))
                                .filter(which)
                                .findFirst()
                                .orElse(null),
                        Objects::nonNull);
    }

    public int awaitClose() {
        return Awaitility.await().until(closeCode::get, code -> code != OPEN);
    }

    public boolean isOpen() {
        return closeCode.get() == OPEN;
    }

    /** Whether a sample has this service among those that it shows ({@code services}) or misses ({@code missing}). */
    public static boolean has(JsonNode sample, String list, String service) {
        for (JsonNode each : sample.path(list)) {
            if (service.equals(each.path("name").asText())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            frames.add(Json.parse(text.toString()));
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closeCode.set(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closeCode.compareAndSet(OPEN, 1006);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
