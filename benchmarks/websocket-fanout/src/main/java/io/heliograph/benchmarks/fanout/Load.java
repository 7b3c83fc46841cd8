package io.heliograph.benchmarks.fanout;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The client: {@code Load fan-out|idle <path> <connections> <window> <seconds> <server pid>} prints one line of
 * tab-separated figures. A window of n keeps n broadcasts in flight.
 */
public final class Load {

    private static final int PORT = 8099;
    private static final long LOST_AFTER = TimeUnit.SECONDS.toNanos(20);

    private final List<Subscriber> subscribers = new ArrayList<>();
    private final Selector selector = Selector.open();
    private final String path;
    private long requested;

    private Load(String path) throws IOException {
        this.path = path;
    }

    /** @throws IOException if a connection fails, or a frame was lost, repeated, out of order or malformed */
    public static void main(String[] args) throws IOException, InterruptedException {
        ServerProcess server = new ServerProcess(Long.parseLong(args[5]), PORT);
        int connections = Integer.parseInt(args[2]);
        Load load = new Load(args[1]);
        if (args[0].equals("idle")) {
            load.measureIdle(server, connections);
        } else {
            load.open(connections);
            load.measureFanOut(server, Integer.parseInt(args[3]), Integer.parseInt(args[4]));
        }
    }

    private void open(int connections) throws IOException {
        for (int i = 0; i < connections; i++) {
            Subscriber subscriber = Subscriber.connect(new InetSocketAddress("127.0.0.1", PORT), path);
            subscriber.channel().register(selector, SelectionKey.OP_READ, subscriber);
            subscribers.add(subscriber);
        }
    }

    private void measureFanOut(ServerProcess server, int window, int seconds) throws IOException, InterruptedException {
        broadcastFor(window, 1);
        long allocated = server.allocatedBytes();
        double cpu = server.cpuSeconds();
        long start = System.nanoTime();
        long deliveries = broadcastFor(window, seconds);
        double elapsed = (System.nanoTime() - start) / 1e9;
        cpu = server.cpuSeconds() - cpu;
        allocated = server.allocatedBytes() - allocated;
        System.out.printf(
                "%s\t%d\t%d\t%.0f\t%.3f\t%.0f%n",
                path,
                subscribers.size(),
                window,
                deliveries / elapsed,
                cpu / deliveries * 100_000,
                (double) allocated / deliveries);
    }

    private void measureIdle(ServerProcess server, int connections) throws IOException, InterruptedException {
        open(connections / 10);
        long live = server.liveBytes();
        long resident = server.residentKilobytes();
        open(connections);
        live = server.liveBytes() - live;
        resident = server.residentKilobytes() - resident;
        System.out.printf(
                "%s\t%d\t%.1f\t%.1f%n",
                path, connections, live / 1024.0 / connections, (double) resident / connections);
    }

    /** Keeps the window full for this time, then waits until every subscriber has every frame. */
    private long broadcastFor(int window, int seconds) throws IOException {
        long before = total();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < until) {
            fill(window);
            readReady();
        }
        long expected = requested * subscribers.size();
        while (total() < expected) {
            if (System.nanoTime() > until + LOST_AFTER) {
                throw new IOException("frames are missing: " + (expected - total()) + " of " + expected);
            }
            readReady();
        }
        checkAllAtTheSame(subscribers.get(0).last());
        return total() - before;
    }

    private void fill(int window) throws IOException {
        int free = window - (int) (requested - subscribers.get(0).received());
        if (free > 0) {
            subscribers.get(0).requestBroadcasts(free);
            requested += free;
        }
    }

    private long total() {
        return subscribers.stream().mapToLong(Subscriber::received).sum();
    }

    private void readReady() throws IOException {
        selector.select(100);
        for (SelectionKey key : selector.selectedKeys()) {
            ((Subscriber) key.attachment()).read();
        }
        selector.selectedKeys().clear();
    }

    private void checkAllAtTheSame(long last) throws IOException {
        if (subscribers.stream().anyMatch(subscriber -> subscriber.last() != last)) {
            throw new IOException("not every subscriber ended at " + last);
        }
    }
}
