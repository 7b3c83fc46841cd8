package io.heliograph.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One WebSocket with JSON frames. It is read only while the event queue is not full. Frames of a dropped socket are
 * ignored, and the other side, which may not be reachable, is waited for only briefly.
 */
final class FrameSocket implements WebSocket.Listener {

    /** Called under the lock of the client. */
    interface FrameListener {

        void opened(FrameSocket socket);

        void received(FrameSocket socket, JsonNode frame);

        /** It has ended with this code, 0 for none, and the {@code Retry-After} of the server, if there is one. */
        void closed(FrameSocket socket, int code, Optional<Duration> retryAfter);
    }

    private static final String PROTOCOL = "heliograph.v1";

    /** A server that reads none of so many frames is assumed to be dead. */
    private static final int MAX_OUTGOING = 10_000;

    /** Several times the largest frame of a server. */
    private static final int MAX_CHARACTERS = 1 << 21;

    /** How long to wait for the response to a close frame. */
    private static final long CLOSE_MILLIS = 2_000;

    private final ClientContext context;
    private final FrameListener listener;
    /** The received part of a frame. Used by one thread at a time. */
    private final StringBuilder partial = new StringBuilder();

    private final Deque<String> outgoing = new ArrayDeque<>();
    private WebSocket socket;
    private boolean isSending;
    private volatile boolean isGivenUp;
    private volatile boolean isHeldBack;

    FrameSocket(ClientContext context, FrameListener listener) {
        this.context = context;
        this.listener = listener;
    }

    void open(HttpClient http, URI address, Duration timeout) {
        context.whenDone(
                http.newWebSocketBuilder()
                        .subprotocols(PROTOCOL)
                        .connectTimeout(timeout)
                        .buildAsync(address, this),
                (opened, failure) -> {
                    if (failure != null) {
                        end(0, retryAfter(failure));
                    }
                });
    }

    /** Whether received frames wait for listeners of the program. */
    boolean isHeldBack() {
        return isHeldBack;
    }

    void send(Object frame) {
        if (isGivenUp || socket == null) {
            return;
        }
        if (outgoing.size() >= MAX_OUTGOING) {
            end(0, Optional.empty());
            return;
        }
        outgoing.add(Json.write(frame));
        sendNext();
    }

    /** Drops the socket, with this close code. */
    void close(int code) {
        isGivenUp = true;
        outgoing.clear();
        if (socket != null) {
            WebSocket closing = socket;
            context.schedule(CLOSE_MILLIS, closing::abort);
            closing.sendClose(code, "").whenComplete((sent, failure) -> closing.request(Long.MAX_VALUE));
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        context.run(() -> {
            socket = opened;
            if (isGivenUp) {
                opened.abort();
            } else {
                listener.opened(this);
            }
        });
        opened.request(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
        if (isGivenUp) {
            return null;
        }
        partial.append(data);
        if (partial.length() > MAX_CHARACTERS) {
            context.run(() -> end(0, Optional.empty()));
        } else if (isLast) {
            String text = partial.toString();
            partial.setLength(0);
            receive(text);
            readOn(from);
        } else {
            from.request(1);
        }
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        context.run(() -> end(code, Optional.empty()));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        context.run(() -> end(0, Optional.empty()));
    }

    private void receive(String text) {
        try {
            JsonNode frame = Json.parse(text);
            context.run(() -> {
                if (!isGivenUp) {
                    listener.received(this, frame);
                }
            });
        } catch (JsonProcessingException noJson) {
            context.run(() -> end(0, Optional.empty()));
        }
    }

    private void readOn(WebSocket from) {
        isHeldBack = true;
        context.events().whenRoom(() -> {
            isHeldBack = false;
            from.request(1);
        });
    }

    private void sendNext() {
        if (!isSending && !outgoing.isEmpty()) {
            isSending = true;
            context.whenDone(socket.sendText(outgoing.remove(), true), (sent, failure) -> {
                isSending = false;
                if (failure != null) {
                    end(0, Optional.empty());
                } else {
                    sendNext();
                }
            });
        }
    }

    private void end(int code, Optional<Duration> retryAfter) {
        if (!isGivenUp) {
            listener.closed(this, code, retryAfter);
        }
    }

    private static Optional<Duration> retryAfter(Throwable failure) {
        return failure instanceof WebSocketHandshakeException refused && refused.getResponse() != null
                ? RetryAfter.of(refused.getResponse().headers())
                : Optional.empty();
    }
}
