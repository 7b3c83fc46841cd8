package io.heliograph.benchmarks.messages.member;

import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.harness.load.WebSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Where members come in. One that is refused comes again when it was told to. */
public final class Entrance {

    /** Upgrades, tokens and joins under way at once: clients of a real world do not wait for each other either. */
    public static final int COMING = 100;

    /** Each local address has some 28,000 ports, which earlier runs may still hold. */
    private static final int ADDRESSES = 4;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Loop loop;
    private final WebSocket.Endpoint endpoint;
    private int opened;

    public Entrance(Loop loop, WebSocket.Endpoint endpoint) {
        this.loop = loop;
        this.endpoint = endpoint;
    }

    /** Until all of them are in. */
    public void admit(List<Member> members) {
        Queue<Member> waiting = new ArrayDeque<>(members);
        List<Member> coming = new ArrayList<>();
        loop.runUntil(
                () -> {
                    coming.removeIf(Member::hasJoined);
                    while (coming.size() < COMING && !waiting.isEmpty()) {
                        coming.add(waiting.remove());
                    }
                    admitDue(coming);
                    return coming.isEmpty();
                },
                PATIENCE);
    }

    /** Those of them who are away and may come. */
    public void admitDue(List<Member> members) {
        long now = System.nanoTime();
        for (Member member : members) {
            if (member.isDue(now)) {
                InetSocketAddress source = new InetSocketAddress("127.0.0." + (2 + opened++ % ADDRESSES), 0);
                member.come(loop, source, endpoint);
            }
        }
    }
}
