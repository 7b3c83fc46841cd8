package io.heliograph.gateway.proxy;

import io.vertx.core.Future;
import jakarta.inject.Singleton;

/**
 * Gets answers that belong to no exchange: the caller may be gone before they are here. In all else they are got as
 * {@link ProxyFilter} gets them. Call it on an event loop; the future completes there.
 */
@Singleton
public final class UpstreamFetcher {

    private final Calls calls;

    UpstreamFetcher(Calls calls) {
        this.calls = calls;
    }

    /**
     * Fails with a {@link FetchException} and nothing else.
     *
     * @param maxBody in bytes; a larger answer is broken off, and fails as {@link UpstreamFailure#HTTP_RESPONSE_BODY_SIZE}
     */
    public Future<FetchResponse> fetch(FetchRequest request, int maxBody) {
        BufferListener collecting = new BufferListener(maxBody);
        fetch(request, collecting);
        return collecting.outcome();
    }

    /** The answer is heard by this audience as it comes. */
    public void fetch(FetchRequest request, FetchListener listener) {
        new BufferedFetch(calls, request, listener).start();
    }
}
