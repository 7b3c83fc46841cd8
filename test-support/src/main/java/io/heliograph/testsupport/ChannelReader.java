package io.heliograph.testsupport;

import io.heliograph.localstack.store.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Reads what is published on one channel of a Redis, each message a line of text. */
public final class ChannelReader implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final Socket socket;
    private final BufferedReader replies;

    private ChannelReader(Socket socket) throws IOException {
        this.socket = socket;
        this.replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Returns once Redis has confirmed the subscription. */
    public static ChannelReader of(RedisServer redis, String channel) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port());
            socket.setSoTimeout(Math.toIntExact(TIMEOUT.toMillis()));
            socket.getOutputStream().write(("SUBSCRIBE " + channel + "\r\n").getBytes(StandardCharsets.UTF_8));
            ChannelReader subscriber = new ChannelReader(socket);
            subscriber.reply();
            return subscriber;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next message; waits for it. */
    public String next() {
        try {
            return reply();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The third part of a reply: {@code subscribe} or {@code message}, the channel, and a number or the message. */
    private String reply() throws IOException {
        String last = null;
        for (int parts = Integer.parseInt(line().substring(1)); parts > 0; parts--) {
            String head = line();
            last = head.startsWith("$") ? line() : head.substring(1);
        }
        return last;
    }

    private String line() throws IOException {
        String line = replies.readLine();
        if (line == null) {
            throw new IOException("Redis has closed the connection");
        }
        return line;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
