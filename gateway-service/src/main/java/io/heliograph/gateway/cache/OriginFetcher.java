package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.OriginFetch.FetchContext;
import io.heliograph.gateway.cache.OriginFetch.FetchOwner;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.proxy.FetchListener;
import io.heliograph.gateway.proxy.UpstreamFailure;
import io.heliograph.gateway.proxy.UpstreamFetcher;
import io.heliograph.gateway.proxy.UpstreamFetcher.FetchRequest;
import io.heliograph.gateway.proxy.UpstreamFetcher.FetchResponse;
import io.heliograph.gateway.task.Task;
import io.heliograph.gateway.task.TaskKind;
import io.heliograph.gateway.task.Tasks;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Starts fetches from upstreams. */
@Singleton
final class OriginFetcher {

    private static final Logger LOG = Logger.getLogger(OriginFetcher.class);

    private final UpstreamFetcher upstream;
    private final TieredCache cache;
    private final RequestCoalescer coalescer;
    private final HitForMissKeys hitForMiss;
    private final Tasks tasks;

    OriginFetcher(
            UpstreamFetcher fetcher,
            TieredCache cache,
            RequestCoalescer coalescer,
            HitForMissKeys hitForMiss,
            Tasks tasks) {
        this.upstream = fetcher;
        this.cache = cache;
        this.coalescer = coalescer;
        this.hitForMiss = hitForMiss;
        this.tasks = tasks;
    }

    /**
     * On the event loop of the leader, whose end it outlives.
     *
     * @param headers those that go to the service
     * @param owner null if no request waits for the response
     */
    void fetch(FetchContext context, MultiMap headers, FetchOwner owner) {
        CacheRequest cacheRequest = context.request();
        if (context.stale() != null || !cacheRequest.hasCredentials()) {
            condition(headers, context.stale());
        }
        FetchRequest request =
                new FetchRequest(cacheRequest.route(), HttpMethod.GET, cacheRequest.uri(), headers, null);
        Task task = tasks.begin(TaskKind.CACHE_FETCH, cacheRequest.route().path());
        FetchListener listener =
                new TaskFetchListener(new OriginFetch(context, owner, cache, coalescer, hitForMiss), task);
        try {
            upstream.fetch(request, listener);
        } catch (RuntimeException e) {
            // Somebody waits for an end of this, come what may.
            LOG.errorf(e, "%s cannot be fetched", cacheRequest.uri());
            listener.onFailure(UpstreamFailure.HTTP_PROTOCOL_ERROR);
        }
    }

    /**
     * Not as the client did, which has other answers than are stored here. Only where nothing is stored and the answer
     * is likely to be for this client alone, its own conditions save it what it has.
     */
    private static void condition(MultiMap headers, CacheEntry stale) {
        headers.remove(HttpHeaders.IF_NONE_MATCH);
        headers.remove(HttpHeaders.IF_MODIFIED_SINCE);
        if (stale == null
                || !ResponseCacheControl.isCacheableByDefault(stale.headers().status())) {
            return;
        }
        if (stale.headers().tag() != null) {
            headers.set(HttpHeaders.IF_NONE_MATCH, stale.headers().tag());
        }
        String modified = stale.headers().find("last-modified");
        if (modified != null) {
            headers.set(HttpHeaders.IF_MODIFIED_SINCE, modified);
        }
    }

    /** Records the end of a fetch as a task. */
    record TaskFetchListener(FetchListener listener, Task task) implements FetchListener {

        @Override
        public void onInterimResponse(int status, MultiMap headers) {
            listener.onInterimResponse(status, headers);
        }

        @Override
        public void onLatency(long nanos) {
            listener.onLatency(nanos);
        }

        @Override
        public int onHeaders(int status, MultiMap headers) {
            return listener.onHeaders(status, headers);
        }

        @Override
        public void onComplete(FetchResponse response) {
            task.succeeded();
            listener.onComplete(response);
        }

        @Override
        public Exchange handOver() {
            task.succeeded();
            return listener.handOver();
        }

        @Override
        public void onFailure(UpstreamFailure failure) {
            task.failed(failure.reason());
            listener.onFailure(failure);
        }
    }
}
