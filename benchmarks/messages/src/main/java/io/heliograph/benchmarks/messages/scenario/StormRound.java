package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.harness.report.Latencies;
import io.heliograph.benchmarks.messages.member.Entrance;
import io.heliograph.benchmarks.messages.member.Member;
import io.heliograph.benchmarks.messages.server.RoomServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Rooms whose members are cut off at once, all but the speakers, and come back while messages flow. */
final class StormRound {

    /** What clients wait at random, so that they do not all come at the same moment. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    /** Who is not back by then does not come back. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String TEXT = "x".repeat(100);

    private final Loop loop;
    private final Entrance entrance;
    private final List<Room> rooms;
    private final List<Visitor> visitors = new ArrayList<>();
    private final Random random = new Random();
    private final long gap;
    private long due;
    private int turn;
    private int back;

    /** Times from the cut, and deliveries that were left out, or made again, of all members together. */
    record Result(Latencies back, long missed, long repeated) {}

    StormRound(Loop loop, RoomServer server, int count, int size, double messagesPerSecond) {
        this.loop = loop;
        this.entrance = new Entrance(loop, server.endpoint());
        this.gap = (long) (1e9 / messagesPerSecond);
        rooms = server.rooms(count, size).stream()
                .map(room -> new Room(room, size))
                .toList();
        entrance.admit(members());
    }

    /** @param flow how long all is well before and after */
    Result play(Duration flow) {
        due = System.nanoTime();
        loop.runFor(flow, this::speak);
        long start = System.nanoTime();
        visitors.forEach(Visitor::cut);
        List<Member> members = members();
        runUntil(() -> {
            speak();
            entrance.admitDue(members);
            return back == visitors.size();
        });
        loop.runFor(flow, this::speak);
        runUntil(() -> outstanding() == 0);
        Latencies latencies = new Latencies();
        visitors.forEach(
                visitor -> latencies.record(visitor.backAt == 0 ? PATIENCE.toNanos() : visitor.backAt - start));
        return new Result(
                latencies,
                outstanding() + members.stream().mapToLong(Member::missed).sum(),
                members.stream().mapToLong(Member::repeated).sum());
    }

    private List<Member> members() {
        return rooms.stream().flatMap(room -> room.members.stream()).toList();
    }

    /** What was said and has not come to a member, nor anything later. */
    private long outstanding() {
        return rooms.stream()
                .flatMapToLong(room -> room.members.stream().mapToLong(member -> room.said - member.last()))
                .sum();
    }

    private void speak() {
        for (long now = System.nanoTime(); due <= now; due += gap) {
            rooms.get(turn++ % rooms.size()).say();
        }
    }

    private void runUntil(BooleanSupplier done) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        loop.runUntil(() -> done.getAsBoolean() || System.nanoTime() > deadline, PATIENCE.multipliedBy(2));
    }

    private final class Room {
        private final List<Member> members = new ArrayList<>();
        private long said;

        Room(RoomServer.Room room, int size) {
            members.add(room.member(0, new Member.Listener() {}));
            for (int i = 1; i < size; i++) {
                Visitor visitor = new Visitor(this);
                visitor.member = room.member(i, visitor);
                members.add(visitor.member);
                visitors.add(visitor);
            }
        }

        /** The first member speaks, who is never cut off. */
        void say() {
            members.get(0).send(++said, TEXT);
        }

        /** The latest message that is known to have arrived. */
        long heard() {
            return members.get(0).last();
        }
    }

    /** Is back when told all that the room had come to when the server took it in again. */
    private final class Visitor implements Member.Listener {
        private final Room room;
        private Member member;
        private boolean away;
        private long goal = Long.MAX_VALUE;
        private long backAt;

        Visitor(Room room) {
            this.room = room;
        }

        void cut() {
            away = true;
            member.cut(System.nanoTime() + (long) (random.nextDouble() * PAUSE.toNanos()));
        }

        @Override
        public void joined(Member joined) {
            if (away) {
                goal = room.heard();
                endIfBack();
            }
        }

        @Override
        public void told(Member told, long number) {
            endIfBack();
        }

        /** A server may have too much to do for all at once: then it is tried again. */
        @Override
        public void lost(Member lost, IOException reason) {
            goal = Long.MAX_VALUE;
        }

        private void endIfBack() {
            if (backAt == 0 && member.last() >= goal) {
                backAt = System.nanoTime();
                back++;
            }
        }
    }
}
