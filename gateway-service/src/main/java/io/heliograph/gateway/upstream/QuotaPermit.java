package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.ClientQuotas.AcquireResult;
import io.vertx.core.Context;

/**
 * The place of one request in the {@link ClientQuotas} of its client: first among those of the user, then among those
 * of the address. In this order a user that waits takes nothing from others behind the same address.
 */
public final class QuotaPermit {

    private final ClientQuotas quotas;
    private final ClientKey client;
    private final Context context;
    private Runnable granted;
    private Runnable rejected;
    private boolean hasUserSlot;
    private boolean hasNetworkSlot;

    /** What it stands in line for; null if it does not. */
    private Object awaited;

    private long timer;
    private boolean released;

    QuotaPermit(ClientQuotas quotas, ClientKey client, Context context) {
        this.quotas = quotas;
        this.client = client;
        this.context = context;
    }

    /**
     * @param taken is called once it is taken, at once if there is one
     * @param refused is called if there is none, nor becomes free in time
     */
    public void acquire(Runnable taken, Runnable refused) {
        this.granted = taken;
        this.rejected = refused;
        proceed(true);
    }

    /** Whether there was one, which is taken now. */
    public boolean tryAcquire() {
        this.granted = () -> {};
        this.rejected = () -> {};
        proceed(false);
        return !released;
    }

    /** Gives it back, or waits no longer. */
    public void release() {
        if (released) {
            return;
        }
        released = true;
        if (awaited != null) {
            context.owner().cancelTimer(timer);
            // Else it has been handed over, which it will hear of in a moment.
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

    /** What it stood in line for is its own now. Called from any thread. */
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
        boolean there = (hasUserSlot || client.user() == null || acquire(client.user(), quotas.maxPerUser(), mayWait))
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
