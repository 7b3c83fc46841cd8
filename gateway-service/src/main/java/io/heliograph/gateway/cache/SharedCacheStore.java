package io.heliograph.gateway.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heliograph.redis.RedisCommands;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The entries that gateways share in Redis. The variants of an address have a fixed number of keys, chosen by hash, so
 * that clients cannot create more; the key of the address itself then holds the {@code Vary} headers.
 */
@Singleton
final class SharedCacheStore {

    /** How long a stale entry is kept for revalidation. */
    private static final long REVALIDATION_MILLIS = 10 * 60 * 1_000L;

    /** The memory of a key in Redis beside its value. */
    private static final int KEY_BYTES = 200;

    private final RedisCommands commands;
    private final CacheConfig config;
    /** Bytes that this gateway has written, by key. The bound keeps clients that invent URIs from filling Redis. */
    private final Cache<String, Integer> written;

    SharedCacheStore(Vertx vertx, Redis redis, CacheConfig config) {
        this.commands = new RedisCommands(
                ((VertxInternal) vertx).createEventLoopContext(),
                redis,
                config.timeout().toMillis(),
                "cached responses are kept in memory only");
        this.config = config;
        this.written = Caffeine.newBuilder()
                .maximumWeight(config.maxShared().asLongValue())
                .weigher((String place, Integer bytes) -> bytes)
                .evictionListener((place, bytes, cause) -> forget(place))
                .executor(Runnable::run)
                .build();
    }

    void stop(@Observes ShutdownEvent event) {
        commands.close();
    }

    /** The stored entry for a request with these headers; null if there is none or Redis fails. */
    Future<CacheEntry> find(String key, MultiMap headers) {
        if (!config.shared() || commands.isCircuitOpen()) {
            return Future.succeededFuture();
        }
        String place = place(key);
        return get(place)
                .compose(record -> record != null && CacheEntryCodec.isVary(record)
                        ? findVariant(place, record, headers)
                        : Future.succeededFuture(decode(record)))
                .map(entry -> fits(entry, key, headers) ? entry : null)
                .otherwise(failure -> null);
    }

    /** Stores an entry. The result is not awaited, and failures are ignored. */
    void put(CacheEntry entry, long now) {
        long millis = Math.min(
                config.maxSharedAge().toMillis(), entry.freshness().retentionMillis(now, revalidationMillis(entry)));
        if (!config.shared() || commands.isCircuitOpen() || millis <= 0) {
            return;
        }
        String place = place(entry.identity().key());
        VaryHeaders vary = entry.identity().vary();
        if (!vary.isEmpty()) {
            set(place, CacheEntryCodec.encode(vary), millis);
            place += slot(entry.identity().values());
        }
        set(place, CacheEntryCodec.encode(entry), millis);
    }

    private Future<CacheEntry> findVariant(String place, Buffer record, MultiMap headers) {
        String[] values = CacheEntryCodec.decodeVary(record).values(headers);
        return get(place + slot(values)).map(SharedCacheStore::decode);
    }

    private Future<Buffer> get(String place) {
        return commands.send(Request.cmd(Command.GET).arg(place))
                .map(response -> response == null ? null : response.toBuffer());
    }

    private void forget(String place) {
        commands.send(Request.cmd(Command.DEL).arg(place));
    }

    private void set(String place, Buffer record, long millis) {
        commands.send(Request.cmd(Command.SET).arg(place).arg(record).arg("PX").arg(millis));
        // After the command, since the eviction may delete this very key.
        written.put(place, KEY_BYTES + record.length());
    }

    private static CacheEntry decode(Buffer record) {
        return record == null ? null : CacheEntryCodec.decode(record);
    }

    private static boolean fits(CacheEntry entry, String key, MultiMap headers) {
        return entry != null
                && entry.identity().key().equals(key)
                && entry.identity().vary().match(entry.identity().values(), headers);
    }

    private static long revalidationMillis(CacheEntry entry) {
        boolean canAsk = entry.headers().tag() != null || entry.headers().find("last-modified") != null;
        return canAsk ? REVALIDATION_MILLIS : 0;
    }

    private String slot(String[] values) {
        return ":" + Math.floorMod(Arrays.hashCode(values), config.maxVariants());
    }

    /** The hash tag puts all keys of one cache key on one node of a cluster. */
    private static String place(String key) {
        byte[] hash = sha256().digest(key.getBytes(StandardCharsets.UTF_8));
        return "heliograph:cache:{" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + "}";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
