package io.heliograph.benchmarks.messages.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Contestants that run at the same time, so that they can take turns. */
public final class RunningServers implements AutoCloseable {

    private final Map<Contestant, RoomServer> servers = new LinkedHashMap<>();

    /** Leaves out contestants that do not start. */
    public RunningServers(List<Contestant> contestants, Placement placement) {
        try {
            for (Contestant contestant : contestants) {
                contestant.start().at(placement).ifPresent(server -> servers.put(contestant, server));
            }
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** The servers in the order of the contestants. */
    public Map<Contestant, RoomServer> servers() {
        return servers;
    }

    /** Returns empty if it did not start. */
    public Optional<RoomServer> server(Contestant contestant) {
        return Optional.ofNullable(servers.get(contestant));
    }

    @Override
    public void close() {
        servers.values().forEach(RoomServer::close);
    }
}
