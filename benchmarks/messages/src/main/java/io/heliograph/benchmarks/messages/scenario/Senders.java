package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.load.Frame;
import io.heliograph.benchmarks.harness.load.Http;
import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.harness.load.WebSocket;
import io.heliograph.benchmarks.harness.report.Latencies;
import io.heliograph.benchmarks.messages.stack.MessageStack;
import io.heliograph.benchmarks.messages.stack.Person;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Users who send their next message as soon as the previous one is acknowledged. */
final class Senders implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(30);
    private static final String CONTENT = "x".repeat(100);
    private static final byte[] WELCOME = "welcome".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "error".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ACK = "ack".getBytes(StandardCharsets.US_ASCII);

    private final Loop loop = new Loop();
    private final MessageStack stack;
    /** Separates the client ids of these senders from those of others in the same rooms. */
    private final String name = UUID.randomUUID().toString();

    private final List<Sender> ready = new ArrayList<>();
    /** Senders without a message in flight, used at a steady rate. */
    private final Queue<Sender> free = new ArrayDeque<>();

    private boolean running;
    private long limit = Long.MAX_VALUE;
    private Latencies latencies = new Latencies();
    private int underWay;
    private long sent;

    private Senders(MessageStack stack) {
        this.stack = stack;
    }

    /** User i is in room i modulo the number of rooms. */
    static Senders overSockets(MessageStack stack, List<Person> people, List<UUID> rooms) {
        Senders senders = new Senders(stack);
        IntStream.range(0, people.size())
                .forEach(i -> senders.new WebSocketSender(people.get(i), rooms.get(i % rooms.size())).open());
        return senders.awaitReady(people.size());
    }

    static Senders overHttp(MessageStack stack, List<Person> people, List<UUID> rooms) {
        Senders senders = new Senders(stack);
        IntStream.range(0, people.size())
                .forEach(i -> senders.new HttpSender(people.get(i), rooms.get(i % rooms.size())).open());
        return senders.awaitReady(people.size());
    }

    private Senders awaitReady(int count) {
        loop.runUntil(() -> ready.size() == count, PATIENCE);
        return this;
    }

    /** The first {@code count} senders send for this time. Waits for the last acknowledgements. */
    Sends run(int count, Duration time) {
        return measured(() -> {
            running = true;
            ready.subList(0, count).forEach(sender -> sender.next(System.nanoTime()));
            loop.runFor(time);
            running = false;
        });
    }

    /**
     * Sends at a steady rate with the first {@code count} senders. Latency is measured from the due time of each
     * message.
     */
    Sends paced(int count, double rate, Duration time) {
        free.clear();
        free.addAll(ready.subList(0, count));
        long first = sent;
        long messages = Math.round(rate * time.toNanos() / 1e9);
        return measured(() -> {
            long start = System.nanoTime();
            loop.runUntil(
                    () -> {
                        sendDue(start, first, 1e9 / rate);
                        return sent - first >= messages;
                    },
                    time.plus(PATIENCE));
        });
    }

    /** The same until {@code done} returns true, checked once per turn. */
    Sends pacedUntil(int count, double rate, BooleanSupplier done) {
        free.clear();
        free.addAll(ready.subList(0, count));
        long first = sent;
        return measured(() -> {
            long start = System.nanoTime();
            loop.runUntil(
                    () -> {
                        sendDue(start, first, 1e9 / rate);
                        return done.getAsBoolean();
                    },
                    LONG_PATIENCE);
        });
    }

    /** Answers pings until {@code done} returns true, so that the service does not close the connections. */
    void idleUntil(BooleanSupplier done) {
        loop.runUntil(done, LONG_PATIENCE);
    }

    private void sendDue(long start, long first, double interval) {
        long now = System.nanoTime();
        while (start + (sent - first) * interval <= now && !free.isEmpty()) {
            free.remove().next(start + Math.round((sent - first) * interval));
        }
    }

    private Sends measured(Runnable sending) {
        latencies = new Latencies();
        Cost before = Cost.soFar(stack);
        long start = System.nanoTime();
        sending.run();
        loop.runUntil(() -> underWay == 0, PATIENCE);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Sends(latencies.count() / seconds, latencies.count(), latencies, Cost.since(before, stack));
    }

    /** All senders send until there are this many messages. */
    void send(long messages) {
        limit = messages;
        running = true;
        ready.forEach(sender -> sender.next(System.nanoTime()));
        loop.runUntil(() -> underWay == 0, PATIENCE);
    }

    /** The number of acknowledged messages. */
    long acknowledged() {
        return sent;
    }

    @Override
    public void close() {
        loop.close();
    }

    private abstract class Sender {
        private long dueAt;

        abstract void send(String message);

        void next(long due) {
            underWay++;
            dueAt = due;
            send("\"clientId\":\"" + name + sent++ + "\",\"content\":\"" + CONTENT + "\"}");
        }

        void acknowledged() {
            underWay--;
            long now = System.nanoTime();
            latencies.record(now - dueAt);
            if (running && sent < limit) {
                next(now);
            } else {
                free.add(this);
            }
        }
    }

    private final class WebSocketSender extends Sender implements WebSocket.Listener {
        private final Person person;
        private final String head;
        private WebSocket socket;

        WebSocketSender(Person person, UUID room) {
            this.person = person;
            this.head = "{\"type\":\"send\",\"id\":1,\"room\":\"" + room + "\",";
        }

        void open() {
            WebSocket.open(loop, stack.replica().address(), this);
        }

        @Override
        void send(String message) {
            socket.send(head + message);
        }

        @Override
        public void open(WebSocket opened) {
            socket = opened;
            socket.send("{\"type\":\"connect\",\"token\":\"" + person.token() + "\"}");
        }

        @Override
        public void frame(WebSocket from, Frame frame) {
            if (frame.is(ACK)) {
                acknowledged();
            } else if (frame.is(WELCOME)) {
                ready.add(this);
            } else if (frame.is(ERROR)) {
                throw new IllegalStateException("not acknowledged: " + frame);
            }
            // Account events are not measured.
        }
    }

    private final class HttpSender extends Sender implements Http.Listener {
        private final Person person;
        private final String path;
        private Http connection;

        HttpSender(Person person, UUID room) {
            this.person = person;
            this.path = "/api/rooms/" + room + "/messages";
        }

        void open() {
            Http.open(loop, stack.replica().address(), this);
        }

        @Override
        void send(String message) {
            connection.request("POST", path, person.token(), "{" + message);
        }

        @Override
        public void open(Http opened) {
            connection = opened;
            ready.add(this);
        }

        @Override
        public void answered(Http from, int status, String body) {
            if (status != 201) {
                throw new IllegalStateException("not acknowledged: " + status + " " + body);
            }
            acknowledged();
        }
    }
}
