package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.harness.load.WebSocket;
import io.heliograph.benchmarks.harness.report.Latencies;
import io.heliograph.benchmarks.messages.stack.MessageStack;
import io.heliograph.benchmarks.messages.stack.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Rooms in which one sends and everyone, the sender too, has to be told; measured to the last one told. */
final class FanOut implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CONTENT = "x".repeat(100);

    private final Loop loop = new Loop();
    private final MessageStack stack;
    private final List<Room> rooms = new ArrayList<>();
    private final int size;
    private int joined;
    private int window;
    private long deliveries;
    private Latencies fromAck = new Latencies();
    private Latencies fromSend = new Latencies();

    /** {@code fromSend} is from when the message was due to be sent, {@code fromAck} from when it was known durable. */
    record Result(double deliveriesPerSecond, Latencies fromSend, Latencies fromAck, Cost cost, long deliveries) {}

    FanOut(MessageStack stack, int count, int size) {
        this.stack = stack;
        this.size = size;
        for (int i = 0; i < count; i++) {
            List<Person> people = stack.people(size);
            Room room = new Room();
            room.open(stack.room(people), people);
            rooms.add(room);
            int expected = (i + 1) * size;
            loop.runUntil(() -> joined == expected, PATIENCE);
        }
    }

    /** Keeps {@code window} messages of each room under way for this long: as fast as it goes. */
    Result saturated(int window, Duration time) {
        this.window = window;
        return measured(() -> {
            rooms.forEach(Room::fill);
            loop.runFor(time);
            this.window = 0;
        });
    }

    /** Sends as many a second over all rooms, whether or not earlier ones have arrived. */
    Result atRate(double messagesPerSecond, Duration time) {
        window = 0;
        long gap = (long) (1e9 / messagesPerSecond);
        long[] due = {System.nanoTime(), 0};
        return measured(() -> loop.runFor(time, () -> {
            for (long now = System.nanoTime(); due[0] <= now; due[0] += gap) {
                rooms.get((int) (due[1]++ % rooms.size())).send(due[0]);
            }
        }));
    }

    private Result measured(Runnable load) {
        fromAck = new Latencies();
        fromSend = new Latencies();
        long deliveriesBefore = deliveries;
        Cost before = Cost.soFar(stack);
        long start = System.nanoTime();
        load.run();
        loop.runUntil(() -> rooms.stream().allMatch(room -> room.underWay == 0), PATIENCE);
        double seconds = (System.nanoTime() - start) / 1e9;
        long made = deliveries - deliveriesBefore;
        return new Result(made / seconds, fromSend, fromAck, Cost.since(before, stack), made);
    }

    @Override
    public void close() {
        loop.close();
    }

    private static final class Message {
        private final long sentAt;
        private long ackedAt;
        private long lastToldAt;
        private int told;

        private Message(long sentAt) {
            this.sentAt = sentAt;
        }
    }

    /** One sender, so that the message sent as number n has to become revision n. */
    private final class Room implements Subscriber.Listener {
        private final List<Message> messages = new ArrayList<>();
        private Subscriber sender;
        private int underWay;

        void open(UUID id, List<Person> people) {
            for (Person person : people) {
                Subscriber subscriber = new Subscriber(new Subscriber.Place(person, id, null), this);
                sender = subscriber;
                WebSocket.open(loop, null, stack.replica().address(), subscriber);
            }
        }

        void fill() {
            while (underWay < window) {
                send(System.nanoTime());
            }
        }

        void send(long due) {
            messages.add(new Message(due));
            underWay++;
            sender.send(messages.size(), CONTENT);
        }

        @Override
        public void joined() {
            joined++;
        }

        @Override
        public void acknowledged(long id, long rev) {
            if (id != rev) {
                throw new IllegalStateException("message " + id + " has become revision " + rev);
            }
            Message message = messages.get((int) rev - 1);
            message.ackedAt = System.nanoTime();
            endIfKnown(message);
        }

        @Override
        public void told(long rev) {
            deliveries++;
            Message message = messages.get((int) rev - 1);
            if (++message.told == size) {
                message.lastToldAt = System.nanoTime();
                endIfKnown(message);
            }
        }

        private void endIfKnown(Message message) {
            if (message.ackedAt != 0 && message.lastToldAt != 0) {
                fromAck.record(message.lastToldAt - message.ackedAt);
                fromSend.record(message.lastToldAt - message.sentAt);
                underWay--;
                fill();
            }
        }
    }
}
