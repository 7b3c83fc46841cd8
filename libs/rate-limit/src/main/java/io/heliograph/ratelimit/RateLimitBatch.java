package io.heliograph.ratelimit;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Requests that one run of {@link RateLimitScript} decides, in their order: each is charged to all of its keys or to none.
 * Not thread-safe.
 */
public final class RateLimitBatch {

    /** The value of {@link #left} for a rate that has no room for the request. */
    public static final int OVER = -1;

    /** The most that one byte can number: 2 ms of Redis, in which it serves no other command. */
    private static final int MAX_KEYS = 255;

    /** The script answers two figures for each, and Lua passes no more than 8,000 at once. */
    private static final int MAX_CHARGES = 3_000;

    private static final int BYTES_PER_CHARGE = 8;

    /** In the order in which the keys are sent. */
    private final Map<String, Integer> indexes = new LinkedHashMap<>();

    private final Buffer policies = Buffer.buffer();
    private final Buffer requests = Buffer.buffer();
    private int charged;

    /** Whether a request that is charged to so many keys, 255 at most, can be added. */
    public boolean hasRoom(int charges) {
        return indexes.size() + charges <= MAX_KEYS && charged + charges <= MAX_CHARGES;
    }

    /** Adds a request; as many calls of {@link #charge} follow, for which {@link #hasRoom}. */
    public void begin(int charges) {
        charged += charges;
        requests.appendByte((byte) charges);
    }

    /**
     * Charges the request that was added last.
     *
     * @param key of the count; all keys of a batch are in one slot of a cluster
     * @param shadow whether the rate only counts and refuses nothing
     */
    public void charge(String key, Rate rate, boolean shadow) {
        requests.appendByte(index(key, rate, shadow).byteValue());
    }

    /** The answer has what is {@link #left} and {@link #waitMillis} for each charge, in the order of the calls. */
    public Future<Buffer> run(Function<Request, Future<Response>> redis) {
        return redis.apply(request(Command.EVALSHA, RateLimitScript.SHA))
                .recover(failure -> isUnknown(failure)
                        ? redis.apply(request(Command.EVAL, RateLimitScript.TEXT))
                        : Future.failedFuture(failure))
                .map(Response::toBuffer);
    }

    /** @param script the text of the script, or its name, as the command wants it */
    public Request request(Command command, String script) {
        Request request = Request.cmd(command).arg(script).arg(indexes.size());
        for (String key : indexes.keySet()) {
            request.arg(key);
        }
        return request.arg(policies).arg(requests);
    }

    /** What is left after the request, or {@link #OVER}. */
    public static int left(Buffer answer, int charge) {
        return answer.getInt(charge * BYTES_PER_CHARGE);
    }

    /** Until more is left. */
    public static int waitMillis(Buffer answer, int charge) {
        return answer.getInt(charge * BYTES_PER_CHARGE + Integer.BYTES);
    }

    private Integer index(String key, Rate rate, boolean shadow) {
        Integer known = indexes.get(key);
        if (known != null) {
            return known;
        }
        // A window is of a day at most.
        policies.appendInt(rate.requests()).appendInt((int) rate.windowMillis());
        policies.appendByte((byte) (shadow ? 1 : 0));
        indexes.put(key, indexes.size() + 1);
        return indexes.size();
    }

    /** Redis has restarted, or does not know the script yet; it remembers the script once it has the text. */
    private static boolean isUnknown(Throwable failure) {
        return failure instanceof ErrorType error && error.is("NOSCRIPT");
    }
}
