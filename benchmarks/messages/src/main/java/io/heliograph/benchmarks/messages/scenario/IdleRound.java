package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.messages.member.Member;
import io.heliograph.benchmarks.messages.member.MemberConnector;
import io.heliograph.benchmarks.messages.server.RoomServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A new server with a number of connections that grows level by level.
 *
 * @param levels increasing numbers of connections
 * @param idleLevel the index of the level at which connections idle for a heartbeat period, so that each is pinged
 */
record IdleRound(List<Integer> levels, int idleLevel, Effort effort) {

    static final int ROOM = 10;

    /** The longest heartbeat period of all contestants. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(25);

    /** The time after connecting until memory and processor time are stable. */
    private static final Duration SETTLING = Duration.ofSeconds(1);

    /** {@code busyPercent} is a percentage of one core, present only for the idle level. */
    record Level(int connections, double residentBytes, double grownBytes, OptionalDouble busyPercent) {

        double kibibytesEach() {
            return grownBytes / 1024 / connections;
        }
    }

    record Result(List<Level> levels, double openedPerSecond) {}

    Result play(RoomServer server) {
        try (server;
                Loop loop = new Loop()) {
            List<Member> members = members(server);
            List<Level> reached = new ArrayList<>();
            MemberConnector connector = new MemberConnector(loop, server.endpoint());
            double empty = server.residentBytes();
            double opening = 0;
            for (int level = 0; level < levels.size(); level++) {
                int before = level == 0 ? 0 : levels.get(level - 1);
                long start = System.nanoTime();
                connector.connect(members.subList(before, levels.get(level)));
                opening += (System.nanoTime() - start) / 1e9;
                loop.runFor(SETTLING);
                OptionalDouble busy =
                        level == idleLevel ? OptionalDouble.of(busyPercent(server, loop)) : OptionalDouble.empty();
                double resident = server.residentBytes();
                reached.add(new Level(levels.get(level), resident, resident - empty, busy));
            }
            return new Result(reached, members.size() / opening);
        }
    }

    private List<Member> members(RoomServer server) {
        int all = levels.get(levels.size() - 1);
        List<Member> members = new ArrayList<>();
        for (RoomServer.Room room : server.rooms(all / ROOM, ROOM)) {
            for (int i = 0; i < ROOM; i++) {
                members.add(room.member(i, new Member.Listener() {}));
            }
        }
        return members;
    }

    private double busyPercent(RoomServer server, Loop loop) {
        Duration idle = effort.quick() ? SETTLING : HEARTBEAT;
        double before = server.cpuTime().server();
        loop.runFor(idle);
        return (server.cpuTime().server() - before) / idle.toSeconds() * 100;
    }
}
