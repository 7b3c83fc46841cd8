package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.harness.report.Latencies;
import io.heliograph.benchmarks.messages.member.Member;
import io.heliograph.benchmarks.messages.member.MemberConnector;
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
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Loop loop;
    private final MemberConnector connector;
    private final List<Room> rooms;
    private final List<Visitor> visitors = new ArrayList<>();
    private final Speakers speakers;
    private final Random random = new Random();
    private int back;

    /**
     * @param back times from the cut
     * @param before times from saying something to being told it, of those who are never cut off, while all is well
     * @param during the same from the cut until everyone is back
     * @param missed deliveries that were left out, of all members together
     * @param repeated deliveries that were made again
     * @param refused sends that were refused
     */
    record Result(Latencies back, Latencies before, Latencies during, long missed, long repeated, long refused) {}

    StormRound(Loop loop, RoomServer server, int count, int size, double messagesPerSecond) {
        this.loop = loop;
        this.connector = new MemberConnector(loop, server.endpoint());
        this.speakers = new Speakers(messagesPerSecond);
        rooms = server.rooms(count, size).stream()
                .map(room -> new Room(room, size))
                .toList();
        connector.connect(members());
    }

    /** @param flow how long all is well before and after */
    Result play(Duration flow) {
        Latencies before = new Latencies();
        Latencies during = new Latencies();
        speakers.recordIn(before);
        speakers.begin();
        loop.runFor(flow, speakers::speak);
        speakers.recordIn(during);
        long start = System.nanoTime();
        visitors.forEach(Visitor::cut);
        List<Member> members = members();
        runUntil(() -> {
            speakers.speak();
            connector.connectDue(members);
            return back == visitors.size();
        });
        speakers.recordIn(new Latencies());
        loop.runFor(flow, speakers::speak);
        runUntil(() -> {
            speakers.sayAgain();
            return outstanding() == 0;
        });
        Latencies latencies = new Latencies();
        visitors.forEach(
                visitor -> latencies.record(visitor.backAt == 0 ? PATIENCE.toNanos() : visitor.backAt - start));
        return new Result(
                latencies,
                before,
                during,
                outstanding() + members.stream().mapToLong(Member::missed).sum(),
                members.stream().mapToLong(Member::repeated).sum(),
                speakers.refused());
    }

    private List<Member> members() {
        return rooms.stream().flatMap(room -> room.members.stream()).toList();
    }

    /** What was said and has not come to a member, nor anything later. */
    private long outstanding() {
        return rooms.stream()
                .flatMapToLong(room -> room.members.stream().mapToLong(member -> room.speaker.said() - member.last()))
                .sum();
    }

    private void runUntil(BooleanSupplier done) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        loop.runUntil(() -> done.getAsBoolean() || System.nanoTime() > deadline, PATIENCE.multipliedBy(2));
    }

    private final class Room {
        private final List<Member> members = new ArrayList<>();
        private final Speakers.Speaker speaker = speakers.add();

        Room(RoomServer.Room room, int size) {
            // Is never cut off.
            members.add(speaker.become(room.member(0, speaker)));
            for (int i = 1; i < size; i++) {
                Visitor visitor = new Visitor(this);
                visitor.member = room.member(i, visitor);
                members.add(visitor.member);
                visitors.add(visitor);
            }
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
                goal = room.speaker.heard();
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
