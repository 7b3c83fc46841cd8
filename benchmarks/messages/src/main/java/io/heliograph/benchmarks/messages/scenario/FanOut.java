package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.harness.report.Latencies;
import io.heliograph.benchmarks.messages.member.Member;
import io.heliograph.benchmarks.messages.member.MemberConnector;
import io.heliograph.benchmarks.messages.server.RoomServer;
import io.heliograph.benchmarks.messages.server.RoomServer.CpuTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Rooms with one sender, in which each message is delivered to all members including the sender. A message is complete
 * when its last member has received it.
 */
final class FanOut {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TEXT = "x".repeat(100);

    private final Loop loop;
    private final RoomServer server;
    private final int size;
    private final List<Room> rooms;
    private int window;
    private long deliveries;
    private Latencies latencies = new Latencies();
    private String failure;

    /** Latency is measured from the due time of a message to its last delivery. */
    record Result(double deliveriesPerSecond, Latencies latencies, CpuTime cpu, long deliveries) {
        double per100k(double seconds) {
            return seconds / deliveries * 100_000;
        }
    }

    /** @param loop a loop that may serve other connections as well */
    FanOut(Loop loop, RoomServer server, int count, int size) {
        this.loop = loop;
        this.server = server;
        this.size = size;
        rooms = server.rooms(count, size).stream().map(Room::new).toList();
        new MemberConnector(loop, server.endpoint())
                .connect(rooms.stream().flatMap(room -> room.members.stream()).toList());
    }

    /** Keeps {@code window} messages of each room in flight for this time: the maximum rate. */
    Result saturated(int window, Duration time) {
        this.window = window;
        return measured(() -> {
            rooms.forEach(Room::fill);
            loop.runFor(time);
            this.window = 0;
        });
    }

    /**
     * Sends at this rate, independent of earlier deliveries, until the deliveries are one second behind. The rate of
     * the result is the requested one.
     */
    Result atRate(double deliveriesPerSecond, Duration time) {
        double messagesPerSecond = deliveriesPerSecond / size;
        long gap = (long) (1e9 / messagesPerSecond);
        long start = System.nanoTime();
        long[] due = {start, 0};
        Result result = measured(() -> loop.runUntil(
                () -> {
                    for (long now = System.nanoTime(); due[0] <= now; due[0] += gap) {
                        rooms.get((int) (due[1]++ % rooms.size())).send(due[0]);
                    }
                    return due[0] - start > time.toNanos() || underWay() > messagesPerSecond;
                },
                PATIENCE));
        // The latency of the last messages does not depend on messages after them.
        return new Result(deliveriesPerSecond, result.latencies, result.cpu, result.deliveries);
    }

    private Result measured(Runnable load) {
        latencies = new Latencies();
        long deliveriesBefore = deliveries;
        CpuTime before = server.cpuTime();
        long start = System.nanoTime();
        load.run();
        loop.runUntil(() -> underWay() == 0 || failure != null, PATIENCE);
        double seconds = (System.nanoTime() - start) / 1e9;
        requireAll();
        long made = deliveries - deliveriesBefore;
        return new Result(made / seconds, latencies, server.cpuTime().since(before), made);
    }

    private int underWay() {
        return rooms.stream().mapToInt(room -> room.underWay).sum();
    }

    private void requireAll() {
        long irregular = rooms.stream()
                .flatMap(room -> room.members.stream())
                .mapToLong(member -> member.missed() + member.repeated())
                .sum();
        if (failure != null || irregular > 0) {
            throw new IllegalStateException(
                    failure != null ? failure : irregular + " deliveries were missing, repeated or out of order");
        }
    }

    private static final class Message {
        private final long due;
        private int received;

        private Message(long due) {
            this.due = due;
        }
    }

    /** A room with one sender, so messages are numbered from 1 in the order in which they are sent. */
    private final class Room implements Member.Listener {
        private final List<Message> messages = new ArrayList<>();
        private final List<Member> members = new ArrayList<>();
        private int underWay;

        Room(RoomServer.Room room) {
            for (int i = 0; i < size; i++) {
                members.add(room.member(i, this));
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
            members.get(0).send(messages.size(), TEXT);
        }

        @Override
        public void delivered(Member member, long number) {
            deliveries++;
            Message message = messages.get((int) number - 1);
            if (++message.received == size) {
                latencies.record(System.nanoTime() - message.due);
                underWay--;
                fill();
            }
        }

        @Override
        public void lost(Member member, IOException reason) {
            failure = reason.getMessage();
        }
    }
}
