import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A room on the terminal: {@code java Listen.java <room> [after] [messages]} joins the room, prints what comes, and ends
 * after that many messages (without a number: at Ctrl-C). {@code after} is the last {@code rev} you have seen; all
 * later changes are replayed first.
 *
 * <p>The environment gives HELIOGRAPH_TOKEN, an access token, and HELIOGRAPH_URL, by default http://localhost:8080.
 */
public class Listen implements WebSocket.Listener {

    private final String room;
    private final String after;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final StringBuilder frame = new StringBuilder();
    private long messagesToCome;

    Listen(String room, String after, long messages) {
        this.room = room;
        this.after = after;
        this.messagesToCome = messages;
    }

    public static void main(String[] args) {
        if (args.length == 0 || System.getenv("HELIOGRAPH_TOKEN") == null) {
            System.err.println("usage: HELIOGRAPH_TOKEN=<access token> java Listen.java <room> [after] [messages]");
            System.exit(2);
        }
        boolean endless = args.length < 3;
        Listen listener =
                new Listen(args[0], args.length < 2 ? "0" : args[1], endless ? Long.MAX_VALUE : Long.parseLong(args[2]));
        String url = System.getenv().getOrDefault("HELIOGRAPH_URL", "http://localhost:8080");
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .subprotocols("heliograph.v1")
                .buildAsync(URI.create(url.replaceFirst("^http", "ws") + "/api/ws"), listener)
                .join();
        if (!endless) {
            listener.over.orTimeout(30, TimeUnit.SECONDS);
        }
        try {
            listener.over.join();
        } catch (CompletionException e) {
            System.err.println(e.getCause());
            System.exit(1);
        }
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    @Override
    public void onOpen(WebSocket socket) {
        socket.sendText("{\"type\":\"connect\",\"token\":\"" + System.getenv("HELIOGRAPH_TOKEN") + "\"}", true);
        socket.request(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        frame.append(part);
        if (last) {
            take(socket, frame.toString());
            frame.setLength(0);
        }
        socket.request(1);
        return null;
    }

    private void take(WebSocket socket, String text) {
        System.out.println(text);
        if (text.startsWith("{\"type\":\"welcome\"")) {
            socket.sendText("{\"type\":\"join\",\"room\":\"" + room + "\",\"after\":" + after + "}", true);
        } else if (text.startsWith("{\"type\":\"message\"") && --messagesToCome == 0) {
            over.complete(null);
        } else if (text.startsWith("{\"type\":\"error\"")) {
            over.completeExceptionally(new IllegalStateException(text));
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        over.completeExceptionally(new IllegalStateException("closed with " + code + " " + reason));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        over.completeExceptionally(error);
    }
}
