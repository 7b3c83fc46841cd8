package io.heliograph.benchmarks.messages.member;

import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.harness.load.WebSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Connects members. A refused member connects again after its Retry-After. */
public final class MemberConnector {

    /** The number of concurrent connection attempts, each with upgrade, authentication and join. */
    public static final int MAX_CONNECTING = 100;

    /** Each local address has about 28,000 ports, some of which earlier runs may still hold. */
    private static final int ADDRESSES = 4;

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final Loop loop;
    private final WebSocket.Endpoint endpoint;
    private int opened;

    public MemberConnector(Loop loop, WebSocket.Endpoint endpoint) {
        this.loop = loop;
        this.endpoint = endpoint;
    }

    /** Connects these members and returns when all of them have joined. */
    public void connect(List<Member> members) {
        Queue<Member> waiting = new ArrayDeque<>(members);
        List<Member> connecting = new ArrayList<>();
        loop.runUntil(
                () -> {
                    connecting.removeIf(Member::hasJoined);
                    while (connecting.size() < MAX_CONNECTING && !waiting.isEmpty()) {
                        connecting.add(waiting.remove());
                    }
                    connectDue(connecting);
                    return connecting.isEmpty();
                },
                TIMEOUT);
    }

    /** Connects the members that are neither joined nor connecting and are due. */
    public void connectDue(List<Member> members) {
        long now = System.nanoTime();
        for (Member member : members) {
            if (member.isDue(now)) {
                InetSocketAddress source = new InetSocketAddress("127.0.0." + (2 + opened++ % ADDRESSES), 0);
                member.connect(loop, source, endpoint);
            }
        }
    }
}
