package io.heliograph.benchmarks.messages.server;

import io.heliograph.benchmarks.harness.process.Peer;
import io.heliograph.benchmarks.messages.member.AiohttpMember;
import io.heliograph.benchmarks.messages.member.CentrifugoMember;
import io.heliograph.benchmarks.messages.member.Member;
import io.heliograph.benchmarks.messages.member.SocketIoMember;
import java.util.Map;
import java.util.Optional;

/** An alternative room server, its protocol, and whether it recovers missed messages. */
public enum RoomPeer {
    AIOHTTP("aiohttp-rooms", "aiohttp", "/ws", Map.of(), AiohttpMember::new),
    SOCKET_IO(
            "socket-io",
            "Socket.IO",
            RoomPeer.ENGINE_IO,
            Map.of(),
            (room, listener) -> new SocketIoMember(room, false, listener)),
    SOCKET_IO_RECOVERING_FROM_MEMORY(
            "socket-io",
            "Socket.IO, recovery from memory",
            RoomPeer.ENGINE_IO,
            Map.of("RECOVERY", "memory", "WORKERS", "1"),
            (room, listener) -> new SocketIoMember(room, true, listener)),
    SOCKET_IO_RECOVERING_FROM_REDIS(
            "socket-io",
            "Socket.IO, recovery from Redis",
            RoomPeer.ENGINE_IO,
            Map.of("RECOVERY", "streams"),
            (room, listener) -> new SocketIoMember(room, true, listener)),
    CENTRIFUGO(
            "centrifugo",
            "Centrifugo",
            RoomPeer.CENTRIFUGE,
            Map.of(),
            (room, listener) -> new CentrifugoMember(room, false, listener)),
    CENTRIFUGO_RECOVERING(
            "centrifugo",
            "Centrifugo, recovery from Redis",
            RoomPeer.CENTRIFUGE,
            Map.of(),
            (room, listener) -> new CentrifugoMember(room, true, listener));

    private static final String ENGINE_IO = "/socket.io/?EIO=4&transport=websocket";
    private static final String CENTRIFUGE = "/connection/websocket";

    private final String peer;
    private final String title;
    private final String path;
    private final Map<String, String> settings;
    private final MemberFactory memberFactory;

    private interface MemberFactory {
        Member member(String room, Member.Listener listener);
    }

    RoomPeer(String peer, String title, String path, Map<String, String> settings, MemberFactory memberFactory) {
        this.peer = peer;
        this.title = title;
        this.path = path;
        this.settings = settings;
        this.memberFactory = memberFactory;
    }

    Optional<Peer> install() {
        return Peer.install(peer);
    }

    String title() {
        return title;
    }

    String path() {
        return path;
    }

    Map<String, String> settings() {
        return settings;
    }

    Member member(String room, Member.Listener listener) {
        return memberFactory.member(room, listener);
    }
}
