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
public final class ClientQuotas {

    private final PoolConfig config;
    private final Map<Object, Quota> quotas = new HashMap<>();
    private volatile int connections = 1;

    /** What becomes of one that asks for a place. */
    enum AcquireResult {
        GRANTED,
        QUEUED,
        REJECTED
    }

    private static final class Quota {
        private int used;
        private Queue<QuotaPermit> waiting;
    }

    ClientQuotas(PoolConfig config) {
        this.config = config;
    }

    /** A place for one request, which has not been taken yet; it is used on the event loop of this context. */
    public QuotaPermit permit(ClientKey client, Context context) {
        return new QuotaPermit(this, client, context);
    }

    /** From now on there are so many in all. */
    void totalConnections(int connections) {
        this.connections = Math.max(1, connections);
    }

    int maxPerUser() {
        return limit(config.maxSharePerUser());
    }

    int maxPerNetwork() {
        return limit(config.maxSharePerAddress());
    }

    PoolConfig config() {
        return config;
    }

    /** @param mayWait whether this place is to stand in line if there is none */
    synchronized AcquireResult acquire(Object client, int max, QuotaPermit permit, boolean mayWait) {
        Quota quota = quotas.computeIfAbsent(client, first -> new Quota());
        if (quota.used < max) {
            quota.used++;
            return AcquireResult.GRANTED;
        }
        if (!mayWait || (quota.waiting != null && quota.waiting.size() >= config.maxWaiting())) {
            return AcquireResult.REJECTED;
        }
        if (quota.waiting == null) {
            quota.waiting = new ArrayDeque<>();
        }
        quota.waiting.add(permit);
        return AcquireResult.QUEUED;
    }

    /** Whether it was still standing in line. */
    synchronized boolean cancel(Object client, QuotaPermit permit) {
        Quota quota = quotas.get(client);
        return quota != null && quota.waiting != null && quota.waiting.remove(permit);
    }

    void release(Object client) {
        QuotaPermit next = null;
        synchronized (this) {
            Quota quota = quotas.get(client);
            if (quota.waiting != null) {
                next = quota.waiting.poll();
            }
            if (next == null) {
                quota.used--;
                if (quota.used == 0) {
                    quotas.remove(client);
                }
            }
        }
        if (next != null) {
            next.onGranted();
        }
    }

    /** Clients that have a connection. */
    synchronized int clients() {
        return quotas.size();
    }

    /** At least one, or a client could never ask at all. */
    private int limit(double share) {
        return Math.max(1, (int) Math.ceil(connections * share));
    }
}
