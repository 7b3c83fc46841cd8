package io.heliograph.gateway.upstream;

import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;

/**
 * Limits the connections of each client to one upstream, all instances together. A client that has reached its quota
 * waits for one of its own connections, so that slow clients leave the rest to others. Used from any thread.
 */
public final class ClientQuotas {

    private final PoolConfig config;
    private final Map<Object, Quota> quotas = new HashMap<>();
    private volatile int connections = 1;

    /** The result of acquiring a permit. */
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

    /** A permit for one request, not acquired yet. It is used on the event loop of this context. */
    public QuotaPermit permit(ClientKey client, Context context) {
        return new QuotaPermit(this, client, context);
    }

    /** Sets the total number of connections. */
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

    /** @param mayWait whether the permit is queued if the quota is used up */
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

    /** Removes a queued permit; returns whether it was still queued. */
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

    /** The number of clients with a connection. */
    synchronized int clients() {
        return quotas.size();
    }

    /** The quota for a share of the connections; at least one. */
    private int limit(double share) {
        return Math.max(1, (int) Math.ceil(connections * share));
    }

    /**
     * The client of a request.
     *
     * @param network the address; of IPv6 the network of 64 bits, whose addresses are all available to one client
     * @param user null without a valid token
     */
    public record ClientKey(String network, UUID user) {}

    /**
     * The permit of one request: first of the quota of its user, then of its address. In this order a user that waits
     * does not block others behind the same address.
     */
    public static final class QuotaPermit {

        private final ClientQuotas quotas;
        private final ClientKey client;
        private final Context context;
        private Runnable granted;
        private Runnable rejected;
        private boolean hasUserSlot;
        private boolean hasNetworkSlot;

        /** The key whose quota this permit is queued for; null if it is not queued. */
        private Object awaited;

        private long timer;
        private boolean released;

        QuotaPermit(ClientQuotas quotas, ClientKey client, Context context) {
            this.quotas = quotas;
            this.client = client;
            this.context = context;
        }

        /**
         * @param taken is called once the permit is granted, possibly at once
         * @param refused is called if the permit is not granted in time
         */
        public void acquire(Runnable taken, Runnable refused) {
            this.granted = taken;
            this.rejected = refused;
            proceed(true);
        }

        /** Acquires the permit without waiting; returns whether it was granted. */
        public boolean tryAcquire() {
            this.granted = () -> {};
            this.rejected = () -> {};
            proceed(false);
            return !released;
        }

        /** Releases the permit, or cancels the wait. */
        public void release() {
            if (released) {
                return;
            }
            released = true;
            if (awaited != null) {
                context.owner().cancelTimer(timer);
                // Otherwise it has just been granted, and received() will release it.
                if (quotas.cancel(awaited, this)) {
                    awaited = null;
                }
            }
            if (hasNetworkSlot) {
                quotas.release(client.network());
            }
            if (hasUserSlot) {
                quotas.release(client.user());
            }
        }

        /** The queued permit has been granted. Called from any thread. */
        void onGranted() {
            context.runOnContext(ignored -> received());
        }

        private void received() {
            Object received = awaited;
            awaited = null;
            if (released) {
                quotas.release(received);
                return;
            }
            context.owner().cancelTimer(timer);
            addGranted(received);
            proceed(true);
        }

        private void proceed(boolean mayWait) {
            boolean there =
                    (hasUserSlot || client.user() == null || acquire(client.user(), quotas.maxPerUser(), mayWait))
                            && (hasNetworkSlot || acquire(client.network(), quotas.maxPerNetwork(), mayWait));
            if (there) {
                granted.run();
            }
        }

        private boolean acquire(Object key, int max, boolean mayWait) {
            AcquireResult result = quotas.acquire(key, max, this, mayWait);
            switch (result) {
                case GRANTED -> addGranted(key);
                case QUEUED -> {
                    awaited = key;
                    timer = context.owner().setTimer(quotas.config().maxWait().toMillis(), late -> reject());
                }
                case REJECTED -> reject();
            }
            return result == AcquireResult.GRANTED;
        }

        private void addGranted(Object key) {
            if (key == client.user()) {
                hasUserSlot = true;
            } else {
                hasNetworkSlot = true;
            }
        }

        private void reject() {
            release();
            rejected.run();
        }
    }
}
