package io.heliograph.benchmarks.messages.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A webhook endpoint that responds at once and checks that the events of one room arrive once and in order. */
public final class EventCounter implements AutoCloseable {

    private static final String REV = ",\"rev\":";
    private static final String DATA = ",\"data\":";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final CountDownLatch complete = new CountDownLatch(1);
    private final long last;
    private long rev;
    private volatile long requests;
    private volatile long firstAt;
    private volatile long lastAt;
    private volatile String fault;

    /** @param last the revision of the last event */
    public EventCounter(long first, long last) {
        this.rev = first;
        this.last = last;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    public long requests() {
        return requests;
    }

    /** The seconds from the first request to the last. */
    public double awaitSeconds() {
        try {
            if (!complete.await(10, TimeUnit.MINUTES)) {
                throw new IllegalStateException("complete up to " + rev + " of " + last + " only");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (fault != null) {
            throw new IllegalStateException(fault);
        }
        return (lastAt - firstAt) / 1e9;
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        if (firstAt == 0) {
            firstAt = System.nanoTime();
        }
        count(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        requests++;
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
        if (rev >= last && complete.getCount() != 0) {
            lastAt = System.nanoTime();
            complete.countDown();
        }
    }

    /** The revision of an event is the number before its data. */
    private void count(String body) {
        for (int data = body.indexOf(DATA); data >= 0; data = body.indexOf(DATA, data + 1)) {
            int start = body.lastIndexOf(REV, data) + REV.length();
            long next = Long.parseLong(body.substring(start, data));
            if (next != rev + 1 && fault == null) {
                fault = next + " came after " + rev;
            }
            rev = next;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
