package io.heliograph.gateway.upstream;

import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * What each client has of the connections to one upstream, all instances together. One that has its share waits for
 * one of its own to become free, so that however slowly it sends or reads, the rest of the connections is left to
 * others. Used from any thread.
 */
public final class ClientShares {

    private final PoolConfig config;
    private final Map<Object, Share> shares = new HashMap<>();
    private volatile int connections = 1;

    /** What becomes of one that asks for a place. */
    enum Turn {
        TAKEN,
        WAITS,
        NONE
    }

    private static final class Share {
        private int taken;
        private Queue<Place> waiting;
    }

    ClientShares(PoolConfig config) {
        this.config = config;
    }

    /** A place for one request, which has not been taken yet; it is used on the event loop of this context. */
    public Place place(ClientKey client, Context context) {
        return new Place(this, client, context);
    }

    /** From now on there are so many in all. */
    void of(int connections) {
        this.connections = Math.max(1, connections);
    }

    int ofUser() {
        return part(config.maxSharePerUser());
    }

    int ofNetwork() {
        return part(config.maxSharePerAddress());
    }

    PoolConfig config() {
        return config;
    }

    /** @param mayWait whether this place is to stand in line if there is none */
    synchronized Turn take(Object client, int max, Place place, boolean mayWait) {
        Share share = shares.computeIfAbsent(client, first -> new Share());
        if (share.taken < max) {
            share.taken++;
            return Turn.TAKEN;
        }
        if (!mayWait || (share.waiting != null && share.waiting.size() >= config.maxWaiting())) {
            return Turn.NONE;
        }
        if (share.waiting == null) {
            share.waiting = new ArrayDeque<>();
        }
        share.waiting.add(place);
        return Turn.WAITS;
    }

    /** Whether it was still standing in line. */
    synchronized boolean leave(Object client, Place place) {
        Share share = shares.get(client);
        return share != null && share.waiting != null && share.waiting.remove(place);
    }

    void free(Object client) {
        Place next = null;
        synchronized (this) {
            Share share = shares.get(client);
            if (share.waiting != null) {
                next = share.waiting.poll();
            }
            if (next == null) {
                share.taken--;
                if (share.taken == 0) {
                    shares.remove(client);
                }
            }
        }
        if (next != null) {
            next.handed();
        }
    }

    /** Clients that have a connection. */
    synchronized int clients() {
        return shares.size();
    }

    /** At least one, or a client could never ask at all. */
    private int part(double share) {
        return Math.max(1, (int) Math.ceil(connections * share));
    }
}
