package io.heliograph.benchmarks.messages.server;

import io.heliograph.benchmarks.harness.load.WebSocket;
import io.heliograph.benchmarks.messages.member.Member;
import java.util.List;

/** A running room server of Heliograph or a peer, with its stores. {@link #close} removes everything. */
public interface RoomServer extends AutoCloseable {

    WebSocket.Endpoint endpoint();

    /** Creates rooms for this number of members each. */
    List<Room> rooms(int count, int size);

    CpuTime cpuTime();

    /** The memory of the server without its stores, in bytes. */
    long residentBytes();

    @Override
    void close();

    /** One room. {@code index} is the index of the member. */
    interface Room {
        Member member(int index, Member.Listener listener);
    }

    /** CPU seconds used by the server and its stores. */
    record CpuTime(double server, double stores) {

        public CpuTime since(CpuTime before) {
            return new CpuTime(server - before.server, stores - before.stores);
        }
    }
}
