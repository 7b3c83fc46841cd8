package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.ClientShares.Turn;
import io.vertx.core.Context;

/**
 * The place of one request in the {@link ClientShares} of its client: first among those of the user, then among those
 * of the address. In this order a user that waits takes nothing from others behind the same address.
 */
public final class Place {

    private final ClientShares shares;
    private final ClientKey client;
    private final Context context;
    private Runnable taken;
    private Runnable refused;
    private boolean ofUser;
    private boolean ofNetwork;

    /** What it stands in line for; null if it does not. */
    private Object awaited;

    private long timer;
    private boolean over;

    Place(ClientShares shares, ClientKey client, Context context) {
        this.shares = shares;
        this.client = client;
        this.context = context;
    }

    /**
     * @param taken is called once it is taken, at once if there is one
     * @param refused is called if there is none, nor becomes free in time
     */
    public void take(Runnable taken, Runnable refused) {
        this.taken = taken;
        this.refused = refused;
        proceed(true);
    }

    /** Whether there was one, which is taken now. */
    public boolean takeNow() {
        this.taken = () -> {};
        this.refused = () -> {};
        proceed(false);
        return !over;
    }

    /** Gives it back, or waits no longer. */
    public void free() {
        if (over) {
            return;
        }
        over = true;
        if (awaited != null) {
            context.owner().cancelTimer(timer);
            // Else it has been handed over, which it will hear of in a moment.
            if (shares.leave(awaited, this)) {
                awaited = null;
            }
        }
        if (ofNetwork) {
            shares.free(client.network());
        }
        if (ofUser) {
            shares.free(client.user());
        }
    }

    /** What it stood in line for is its own now. Called from any thread. */
    void handed() {
        context.runOnContext(ignored -> received());
    }

    private void received() {
        Object received = awaited;
        awaited = null;
        if (over) {
            shares.free(received);
            return;
        }
        context.owner().cancelTimer(timer);
        has(received);
        proceed(true);
    }

    private void proceed(boolean mayWait) {
        boolean there = (ofUser || client.user() == null || take(client.user(), shares.ofUser(), mayWait))
                && (ofNetwork || take(client.network(), shares.ofNetwork(), mayWait));
        if (there) {
            taken.run();
        }
    }

    private boolean take(Object key, int max, boolean mayWait) {
        Turn turn = shares.take(key, max, this, mayWait);
        switch (turn) {
            case TAKEN -> has(key);
            case WAITS -> {
                awaited = key;
                timer = context.owner().setTimer(shares.config().maxWait().toMillis(), late -> refuse());
            }
            case NONE -> refuse();
        }
        return turn == Turn.TAKEN;
    }

    private void has(Object key) {
        if (key == client.user()) {
            ofUser = true;
        } else {
            ofNetwork = true;
        }
    }

    private void refuse() {
        free();
        refused.run();
    }
}
