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

/** Rooms whose members, except the senders, lose their connections at once and reconnect while messages are sent. */
final class StormRound {

    /** The maximum random delay of a reconnect, so that clients do not reconnect all at once. */
    static final Duration MAX_DELAY = Duration.ofSeconds(1);

    /** A client that has not reconnected after this time counts as this time. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Loop loop;
    private final MemberConnector connector;
    private final List<Room> rooms;
    private final List<ReconnectingClient> clients = new ArrayList<>();
    private final RoomSenders senders;
    private final Random random = new Random();
    private int reconnected;

    /**
     * @param reconnect times from the cut
     * @param before times from a send to its delivery to the sender, who is not cut off, before the cut
     * @param during the same from the cut until all have reconnected
     * @param missed deliveries that were skipped, of all members
     * @param repeated deliveries that were repeated
     * @param refused sends that were refused
     */
    record Result(Latencies reconnect, Latencies before, Latencies during, long missed, long repeated, long refused) {}

    StormRound(Loop loop, RoomServer server, int count, int size, double messagesPerSecond) {
        this.loop = loop;
        this.connector = new MemberConnector(loop, server.endpoint());
        this.senders = new RoomSenders(messagesPerSecond);
        rooms = server.rooms(count, size).stream()
                .map(room -> new Room(room, size))
                .toList();
        connector.connect(members());
    }

    /** @param flow the time of normal operation before and after */
    Result play(Duration flow) {
        Latencies before = new Latencies();
        Latencies during = new Latencies();
        senders.recordIn(before);
        senders.start();
        loop.runFor(flow, senders::sendDue);
        senders.recordIn(during);
        long start = System.nanoTime();
        clients.forEach(ReconnectingClient::cut);
        List<Member> members = members();
        runUntil(() -> {
            senders.sendDue();
            connector.connectDue(members);
            return reconnected == clients.size();
        });
        senders.recordIn(new Latencies());
        loop.runFor(flow, senders::sendDue);
        runUntil(() -> {
            senders.retryRejected();
            return outstanding() == 0;
        });
        Latencies latencies = new Latencies();
        clients.forEach(client ->
                latencies.record(client.reconnectedAt == 0 ? PATIENCE.toNanos() : client.reconnectedAt - start));
        return new Result(
                latencies,
                before,
                during,
                outstanding() + members.stream().mapToLong(Member::missed).sum(),
                members.stream().mapToLong(Member::repeated).sum(),
                senders.refused());
    }

    private List<Member> members() {
        return rooms.stream().flatMap(room -> room.members.stream()).toList();
    }

    /** The number of deliveries that have not arrived yet and were not skipped. */
    private long outstanding() {
        return rooms.stream()
                .flatMapToLong(
                        room -> room.members.stream().mapToLong(member -> room.sender.lastSent() - member.last()))
                .sum();
    }

    private void runUntil(BooleanSupplier done) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        loop.runUntil(() -> done.getAsBoolean() || System.nanoTime() > deadline, PATIENCE.multipliedBy(2));
    }

    private final class Room {
        private final List<Member> members = new ArrayList<>();
        private final RoomSenders.RoomSender sender = senders.add();

        Room(RoomServer.Room room, int size) {
            // The sender is not cut off.
            members.add(sender.attach(room.member(0, sender)));
            for (int i = 1; i < size; i++) {
                ReconnectingClient client = new ReconnectingClient(this);
                client.member = room.member(i, client);
                members.add(client.member);
                clients.add(client);
            }
        }
    }

    /** Has reconnected when it has received all messages that the room had when the server accepted it again. */
    private final class ReconnectingClient implements Member.Listener {
        private final Room room;
        private Member member;
        private boolean disconnected;
        private long target = Long.MAX_VALUE;
        private long reconnectedAt;

        ReconnectingClient(Room room) {
            this.room = room;
        }

        void cut() {
            disconnected = true;
            member.cut(System.nanoTime() + (long) (random.nextDouble() * MAX_DELAY.toNanos()));
        }

        @Override
        public void joined(Member joined) {
            if (disconnected) {
                target = room.sender.lastReceived();
                completeIfCaughtUp();
            }
        }

        @Override
        public void delivered(Member receiver, long number) {
            completeIfCaughtUp();
        }

        /** An overloaded server may close the connection: the client connects again. */
        @Override
        public void lost(Member lost, IOException reason) {
            target = Long.MAX_VALUE;
        }

        private void completeIfCaughtUp() {
            if (reconnectedAt == 0 && member.last() >= target) {
                reconnectedAt = System.nanoTime();
                reconnected++;
            }
        }
    }
}
