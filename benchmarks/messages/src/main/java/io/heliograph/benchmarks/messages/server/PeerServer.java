package io.heliograph.benchmarks.messages.server;

import io.heliograph.benchmarks.harness.load.WebSocket;
import io.heliograph.benchmarks.harness.machine.Machine;
import io.heliograph.benchmarks.harness.machine.Usage;
import io.heliograph.benchmarks.harness.process.Peer;
import io.heliograph.benchmarks.harness.process.PeerProcess;
import io.heliograph.localstack.store.FreePorts;
import io.heliograph.localstack.store.RedisServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/** A peer with its own Redis. Any client may join any room by name. */
final class PeerServer implements RoomServer {

    private final RoomPeer kind;
    private final Path folder;
    private final RedisServer redis;
    private final PeerProcess process;

    private PeerServer(RoomPeer kind, Path folder, RedisServer redis, PeerProcess process) {
        this.kind = kind;
        this.folder = folder;
        this.redis = redis;
        this.process = process;
    }

    /** Returns empty if it does not start, which is noted for the page. */
    static Optional<RoomServer> start(RoomPeer kind, Peer peer, Placement placement) {
        Path folder = Machine.newFolder();
        RedisServer redis = RedisServer.start(folder.resolve("redis"), FreePorts.next());
        Machine.pin(redis.process(), placement.rest());
        Map<String, String> settings = new HashMap<>();
        settings.put("REDIS_URL", "redis://127.0.0.1:" + redis.port());
        settings.put("WORKERS", Integer.toString(placement.workers()));
        settings.putAll(kind.settings());
        Optional<PeerProcess> process = peer.start(placement.server(), settings);
        if (process.isEmpty()) {
            end(redis, folder);
        }
        return process.map(started -> new PeerServer(kind, folder, redis, started));
    }

    @Override
    public WebSocket.Endpoint endpoint() {
        return WebSocket.Endpoint.of(process.address(), kind.path());
    }

    @Override
    public List<Room> rooms(int count, int size) {
        return Stream.generate(this::room).limit(count).toList();
    }

    @Override
    public CpuTime cpuTime() {
        return new CpuTime(process.usage().cpuSeconds(), new Usage(redis.process()).cpuSeconds());
    }

    @Override
    public long residentBytes() {
        return process.usage().residentBytes();
    }

    @Override
    public void close() {
        process.close();
        end(redis, folder);
    }

    private Room room() {
        String name = UUID.randomUUID().toString();
        return (index, listener) -> kind.member(name, listener);
    }

    private static void end(RedisServer redis, Path folder) {
        redis.close();
        FileUtils.deleteQuietly(folder.toFile());
    }
}
