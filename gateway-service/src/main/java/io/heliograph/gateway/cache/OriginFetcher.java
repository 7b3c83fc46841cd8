package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.CacheDirectives.ResponseCacheControl;
import io.heliograph.gateway.cache.OriginFetch.FetchContext;
import io.heliograph.gateway.cache.OriginFetch.FetchOwner;
import io.heliograph.gateway.cache.RequestCoalescer.HitForMissKeys;
import io.heliograph.gateway.proxy.UpstreamFailure;
import io.heliograph.gateway.proxy.UpstreamFetcher;
import io.heliograph.gateway.proxy.UpstreamFetcher.FetchRequest;
import io.heliograph.gateway.task.Task;
import io.heliograph.gateway.task.Task.TaskKind;
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
     * Starts a fetch on the event loop of the caller. It may outlive the exchange of the caller.
     *
     * @param headers the headers of the request to the service
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
        OriginFetch fetch = new OriginFetch(context, owner, task, cache, coalescer, hitForMiss);
        try {
            upstream.fetch(request, fetch);
        } catch (RuntimeException e) {
            // Requests wait for this fetch, so it must end whatever happens.
            LOG.errorf(e, "%s cannot be fetched", cacheRequest.uri());
            fetch.onFailure(UpstreamFailure.HTTP_PROTOCOL_ERROR);
        }
    }

    /**
     * Replaces the conditions of the client, which refer to its own copy, by those of the stored entry. The conditions
     * of the client remain only if nothing is stored and the response is probably not shareable.
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
}
