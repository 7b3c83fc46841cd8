package io.heliograph.benchmarks.messages.server;

import io.heliograph.benchmarks.harness.load.WebSocket;
import io.heliograph.benchmarks.messages.member.Member;
import java.util.List;

/** A running server of rooms, ours or another's, with the stores it needs. Everything is gone after {@link #close}. */
public interface RoomServer extends AutoCloseable {

    WebSocket.Endpoint endpoint();

    /** New rooms, each for so many members. */
    List<Room> rooms(int count, int size);

    CpuTime cpuTime();

    /** Of the server alone, in bytes. */
    long residentBytes();

    @Override
    void close();

    /** One room; {@code index} says who of those that it is for. */
    interface Room {
        Member member(int index, Member.Listener listener);
    }

    /** Seconds that the server and its stores have used. */
    record CpuTime(double server, double stores) {

        public CpuTime since(CpuTime before) {
            return new CpuTime(server - before.server, stores - before.stores);
        }
    }
}
