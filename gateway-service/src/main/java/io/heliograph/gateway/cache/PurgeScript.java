package io.heliograph.gateway.cache;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/**
 * What Redis keeps of purges: a set of the latest, by generation. A generation is the time of Redis in microseconds, or
 * one more than the last, so that it grows even if Redis has lost everything in between.
 */
final class PurgeScript {

    private static final String PURGES = "heliograph:{cache}:purges";
    private static final String FLOOR = "heliograph:{cache}:purged-until";
    private static final String CHANNEL = "heliograph:cache:purges";

    /** Of a thousand bytes each at most. Past it the oldest goes, and with it all that was stored before it. */
    private static final int MOST = 5_000;

    /** Longer than anything stored is kept. */
    private static final long KEPT_MICROS = 2 * 24 * 60 * 60 * 1_000_000L;

    private static final String ADD = """
            local time = redis.call('TIME')
            local generation = time[1] * 1000000 + time[2]
            local last = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
            if last[2] and tonumber(last[2]) >= generation then
                generation = tonumber(last[2]) + 1
            end
            local text = string.format('%.0f', generation)
            redis.call('ZADD', KEYS[1], text, ARGV[1])
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', generation - ARGV[4]))
            local surplus = redis.call('ZCARD', KEYS[1]) - ARGV[3]
            if surplus > 0 then
                local dropped = redis.call('ZRANGE', KEYS[1], surplus - 1, surplus - 1, 'WITHSCORES')
                redis.call('SET', KEYS[2], string.format('%.0f', tonumber(dropped[2])))
                redis.call('ZREMRANGEBYRANK', KEYS[1], 0, surplus - 1)
            end
            redis.call('PUBLISH', ARGV[2], text .. ' ' .. ARGV[1])
            return text
            """;

    private static final String READ = """
            local floor = redis.call('GET', KEYS[2]) or '0'
            local later = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[1], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[2])
            for i = 2, #later, 2 do
                later[i] = string.format('%.0f', tonumber(later[i]))
            end
            return {floor, later}
            """;

    private PurgeScript() {}

    /** Answers the generation. */
    static Request add(Purge purge) {
        return script(ADD).arg(purge.toString()).arg(CHANNEL).arg(MOST).arg(KEPT_MICROS);
    }

    /** Answers the generation up to which purges are forgotten, and texts and generations of those after {@code since}. */
    static Request read(long since, int most) {
        return script(READ).arg(since).arg(most);
    }

    static Request subscribe() {
        return Request.cmd(Command.SUBSCRIBE).arg(CHANNEL);
    }

    private static Request script(String text) {
        return Request.cmd(Command.EVAL).arg(text).arg(2).arg(PURGES).arg(FLOOR);
    }
}
