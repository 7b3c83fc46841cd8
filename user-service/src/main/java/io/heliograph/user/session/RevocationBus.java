package io.heliograph.user.session;

import io.heliograph.user.token.AccessTokens;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * Publishes ended sessions and accounts to all verifiers of tokens. If that fails, their tokens stay valid until they
 * expire; callers wait a bounded time, and nothing else fails with it.
 */
@Singleton
public class RevocationBus {

    /** The key of the set, and the channel (docs/adr/0013). */
    private static final String REVOCATIONS = "heliograph:revocations";

    /**
     * Stores and publishes the members {@code ARGV[2…]}, and removes those older than {@code ARGV[1]} milliseconds.
     * They are dated by the clock of Redis, because readers fetch by time and must not miss a member that was stored
     * late. The opposite member, if there is one, is removed.
     */
    private static final String REVOKE = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            for i = 2, #ARGV do
              local kind, id = string.match(ARGV[i], '^(%a+):(.*)$')
              if kind == 'user' then redis.call('ZREM', KEYS[1], 'restored:' .. id) end
              if kind == 'restored' then redis.call('ZREM', KEYS[1], 'user:' .. id) end
              redis.call('ZADD', KEYS[1], now, ARGV[i])
              redis.call('PUBLISH', KEYS[1], ARGV[i])
            end
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[1])
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            """;

    private final Redis redis;
    private final RevocationConfig config;
    private final SessionMetrics metrics;
    private final String retentionMillis;
    private final Semaphore pending;

    RevocationBus(Redis redis, RevocationConfig config, SessionMetrics metrics, AccessTokens tokens) {
        this.redis = redis;
        this.config = config;
        this.metrics = metrics;
        this.retentionMillis = Long.toString(tokens.longestUse().toMillis());
        this.pending = new Semaphore(config.maxPending());
    }

    /** Revokes sessions. Completes when they are published, or after the maximum wait of a caller; never fails. */
    public Uni<Void> revoke(List<UUID> sessions) {
        return sessions.isEmpty()
                ? Uni.createFrom().voidItem()
                : publishBounded(
                        sessions.stream().map(session -> "session:" + session).toList());
    }

    /** Revokes all tokens of a deleted or banned account: completes as {@link #revoke} does. */
    public Uni<Void> revokeUser(UUID user) {
        return publishBounded(List.of("user:" + user));
    }

    /** Accepts the tokens of these accounts again, but for those of ended sessions: completes as {@link #revoke} does. */
    public Uni<Void> restoreUsers(List<UUID> users) {
        return users.isEmpty()
                ? Uni.createFrom().voidItem()
                : publishBounded(users.stream().map(user -> "restored:" + user).toList());
    }

    private Uni<Void> publishBounded(List<String> members) {
        if (!pending.tryAcquire()) {
            metrics.revocationLost(members.size(), "too many are under way");
            return Uni.createFrom().voidItem();
        }
        // Memoized, so that it continues when the caller no longer waits.
        Uni<Void> published = publish(members).memoize().indefinitely();
        return published
                .ifNoItem()
                .after(config.maxWait())
                .recoverWithUni(Uni.createFrom().voidItem());
    }

    private Uni<Void> publish(List<String> members) {
        return attempt(members)
                .onFailure()
                .retry()
                .withBackOff(config.retryDelay())
                .atMost(config.retries())
                .onTermination()
                .invoke(pending::release)
                .invoke(() -> metrics.revoked(members.size()))
                .onFailure()
                .invoke(failure -> metrics.revocationLost(members.size(), failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** Idempotent: an attempt that timed out may have taken effect. */
    private Uni<Response> attempt(List<String> members) {
        return Uni.createFrom()
                .deferred(() -> redis.send(request(members)))
                .ifNoItem()
                .after(config.timeout())
                .fail();
    }

    private Request request(List<String> members) {
        Request request =
                Request.cmd(Command.EVAL).arg(REVOKE).arg(1).arg(REVOCATIONS).arg(retentionMillis);
        members.forEach(request::arg);
        return request;
    }
}
