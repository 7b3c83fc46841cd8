package io.heliograph.gateway.pipeline;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A service at {@code /api/raw} that records requests byte by byte and sends the responses that a test sets, behind a
 * gateway
 * with few connections to a service and short times, so that its bounds are met.
 */
public final class RawUpstream implements QuarkusTestResourceLifecycleManager {

    /** Of each service, of which half are for one user and three quarters for one address. */
    static final int CONNECTIONS = 4;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile String answer = "";
    private ServerSocket listener;

    /** After the services of all tests, whose settings these replace. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
        Map<String, String> config = new HashMap<>();
        config.put("heliograph.gateway.upstreams.raw.urls", "http://localhost:" + listener.getLocalPort());
        config.put("heliograph.gateway.routes.raw.upstream", "raw");
        config.put("heliograph.gateway.routes.raw-cached.upstream", "raw");
        config.put("heliograph.gateway.routes.raw-cached.access", "public");
        config.put("heliograph.gateway.routes.raw-cached.cache.enabled", "true");
        config.put("heliograph.gateway.pool.max-connections-per-instance", Integer.toString(CONNECTIONS));
        config.put("heliograph.gateway.pool.max-wait", "0.5S");
        // A test that holds a connection must not lose it on a slow machine.
        config.put("heliograph.gateway.request.read-timeout", "120S");
        config.put("heliograph.gateway.request.body-timeout", "60S");
        config.put("heliograph.gateway.routes.steady.upstream", "users");
        config.put("heliograph.gateway.routes.steady.timeouts.total", "3S");
        config.put("heliograph.gateway.request.min-rate", "1");
        config.put("heliograph.gateway.request.min-rate-interval", "5S");
        config.put("heliograph.gateway.connection.half-closed-timeout", "3S");
        config.put("heliograph.gateway.connection.max-unsent", "256K");
        config.put("heliograph.gateway.connection.header-timeout", "60S");
        return config;
    }

    @Override
    public void stop() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(RawUpstream.class));
    }

    /** Sets the response to each request, one byte per character. */
    void say(String text) {
        answer = text;
        received.clear();
    }

    /** The requests since then, whole. */
    List<String> received() {
        return received;
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listener.accept();
                daemon(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String request = read(in); request != null; request = read(in)) {
                received.add(request);
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException gone) {
            // The gateway has let go of it.
        }
    }

    /** Null at the end. */
    private static String read(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        int length = 0;
        boolean chunked = false;
        for (String line = line(in, request); !line.isEmpty(); line = line(in, request)) {
            String field = line.toLowerCase(Locale.ROOT);
            chunked |= field.equals("transfer-encoding: chunked");
            length = field.startsWith("content-length: ") ? Integer.parseInt(field.substring(16)) : length;
        }
        if (request.length() == 0) {
            return null;
        }
        bytes(in, length, request);
        if (chunked) {
            for (int size = size(in, request); size > 0; size = size(in, request)) {
                bytes(in, size, request);
                line(in, request);
            }
            while (!line(in, request).isEmpty()) {
                // Trailers, which have been noted.
            }
        }
        return request.toString();
    }

    private static int size(InputStream in, StringBuilder request) throws IOException {
        return Integer.parseInt(line(in, request), 16);
    }

    /** Without its end, which is noted too. */
    private static String line(InputStream in, StringBuilder request) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            line.append((char) b);
            if (b == '\n') {
                break;
            }
        }
        request.append(line);
        return line.toString().stripTrailing();
    }

    private static void bytes(InputStream in, int count, StringBuilder request) throws IOException {
        request.append(new String(in.readNBytes(count), StandardCharsets.ISO_8859_1));
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "raw-upstream");
        thread.setDaemon(true);
        thread.start();
    }
}
