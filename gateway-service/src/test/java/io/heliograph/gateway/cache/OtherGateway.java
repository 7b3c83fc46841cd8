package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.CacheDirectives.RequestCacheControl;
import io.heliograph.gateway.cache.MemoryCache.Variants;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Redis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The cache of a second gateway with the same Redis. */
public final class OtherGateway implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final TieredCache cache;
    private final MemoryCache local;
    private final SharedCacheStore store;
    private final PurgeBus bus;

    public OtherGateway(String redisUrl) {
        Redis redis = Redis.createClient(vertx, redisUrl);
        CacheConfig config = new TestConfig();
        local = new MemoryCache(config, new SimpleMeterRegistry());
        store = new SharedCacheStore(vertx, redis, config);
        PurgeLog log = new PurgeLog(local, new RequestCoalescer());
        bus = new PurgeBus(vertx, redis, config, log);
        cache = new TieredCache(local, store, log, bus, config);
        bus.start(new StartupEvent());
    }

    /** The body that is stored for a request with these headers, in memory or in Redis; null if there is none. */
    public String find(String key, String... headers) {
        MultiMap asked = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < headers.length; i += 2) {
            asked.add(headers[i], headers[i + 1]);
        }
        Variants stored = local.find(key);
        CacheEntry entry = stored == null ? null : stored.select(asked);
        if (entry == null) {
            CacheRequest cacheRequest = new CacheRequest(null, key, key, asked, RequestCacheControl.of(asked));
            entry = get(cache.findShared(cacheRequest, vertx.getOrCreateContext()));
        }
        return entry == null ? null : entry.body().toString();
    }

    /** Polls for an entry for up to a tenth of a second. */
    public boolean findSoon(String key) {
        try {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofMillis(100))
                    .until(() -> find(key) != null);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** Stores a response in Redis, and waits until it is stored. */
    public void put(String key, String body) {
        long now = System.currentTimeMillis();
        CacheEntry entry = new CacheEntry(
                StoredHeaders.of(200, List.of("Content-Length", Integer.toString(body.length()))),
                Buffer.buffer(body),
                new Freshness(now, 60_000, 0, 0, new Freshness.FreshnessRules(false, false, true)),
                new CacheEntry.EntryIdentity(key, VaryHeaders.NONE, new String[0], new String[0], Long.MAX_VALUE));
        store.put(entry, now);
        // Over the same connection, so the store has completed once this has.
        get(store.find(key, MultiMap.caseInsensitiveMultiMap()));
    }

    /** Whether there is one in memory. */
    public boolean has(String key) {
        return local.find(key) != null;
    }

    public void purgeTag(String tag) {
        get(bus.purge(new Purge.OfTag(tag)));
    }

    @Override
    public void close() {
        bus.stop(new ShutdownEvent());
        store.stop(new ShutdownEvent());
        get(vertx.close());
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
