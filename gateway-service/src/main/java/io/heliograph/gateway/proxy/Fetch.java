package io.heliograph.gateway.proxy;

import io.vertx.core.Future;
import jakarta.inject.Singleton;

/**
 * Gets answers that belong to no exchange: the caller may be gone before they are here. In all else they are got as
 * {@link Forwarding} gets them. Call it on an event loop; the future completes there.
 */
@Singleton
public final class Fetch {

    private final Calls calls;

    Fetch(Calls calls) {
        this.calls = calls;
    }

    /**
     * Fails with a {@link FetchFailed} and nothing else.
     *
     * @param maxBody in bytes; a larger answer is broken off, and fails as {@link Failure#HTTP_RESPONSE_BODY_SIZE}
     */
    public Future<Fetched> fetch(Inquiry inquiry, int maxBody) {
        Collecting collecting = new Collecting(maxBody);
        fetch(inquiry, collecting);
        return collecting.outcome();
    }

    /** The answer is heard by this audience as it comes. */
    public void fetch(Inquiry inquiry, Audience audience) {
        new Gathering(calls, inquiry, audience).start();
    }
}
