package io.heliograph.testsupport;

import io.heliograph.localstack.store.RedisServer;

/** Revokes sessions and users in Redis as user-service does (docs/adr/0013). A member is {@code session:id} or {@code user:id}. */
public final class RevocationWriter {

    private static final String REVOCATIONS = "heliograph:revocations";

    private final RedisServer redis;

    public RevocationWriter(RedisServer redis) {
        this.redis = redis;
    }

    public void revoke(String member) {
        store(member);
        publish(member);
    }

    /** Only publishes the revocation, which reaches current subscribers. */
    public void publish(String member) {
        redis.execute("PUBLISH %s %s".formatted(REVOCATIONS, member));
    }

    /** Only stores the revocation. */
    public void store(String member) {
        store(System.currentTimeMillis(), member);
    }

    /** @param time in milliseconds since 1970 */
    public void store(long time, String member) {
        redis.execute("ZADD %s %d %s".formatted(REVOCATIONS, time, member));
    }

    /** Stores as many revocations of other sessions, and then this one as the oldest, in one step. */
    public void storeBehind(int others, String member) {
        redis.execute("""
                EVAL "for i = 1, %d do redis.call('ZADD', KEYS[1], ARGV[1], 'session:other-' .. i) end \
                return redis.call('ZADD', KEYS[1], ARGV[1] - 1000, ARGV[2])" 1 %s %d %s""".formatted(others, REVOCATIONS, System.currentTimeMillis(), member));
    }
}
