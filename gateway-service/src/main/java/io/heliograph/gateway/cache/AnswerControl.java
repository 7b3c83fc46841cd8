package io.heliograph.gateway.cache;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Set;

/** What an answer says about caches that many share. */
final class AnswerControl {

    /** Those of which this cache knows all there is to know, and so may keep without being told how long. */
    private static final Set<Integer> KEPT_BY_DEFAULT = Set.of(200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501);

    /** Those that are kept only if they say so. */
    private static final Set<Integer> KEPT_IF_TOLD = Set.of(302, 307);

    private final int status;
    private final Directives directives;

    private AnswerControl(int status, Directives directives) {
        this.status = status;
        this.directives = directives;
    }

    static AnswerControl of(int status, MultiMap headers) {
        return new AnswerControl(status, Directives.of(headers.getAll(HttpHeaders.CACHE_CONTROL)));
    }

    /**
     * Whether it may be kept at all. A {@code private} that names headers counts for the whole answer, as RFC 9111
     * allows; {@code must-understand} takes back a {@code no-store} for who understands the status, which we do.
     */
    boolean mayStore() {
        boolean forbidden = directives.has("no-store") && !directives.has("must-understand");
        return isUnderstood() && !forbidden && !directives.has("private");
    }

    /** Whether what was asked with the credentials of one may be given to others. */
    boolean isForAll() {
        return directives.has("public") || directives.has("s-maxage") || directives.has("must-revalidate");
    }

    /** Whether it may be used only once the service has been asked. */
    boolean mustAsk() {
        return directives.has("no-cache");
    }

    /** Whether it may never be given once it is stale, whatever the configuration or a client says. */
    boolean forbidsStale() {
        return directives.has("must-revalidate")
                || directives.has("proxy-revalidate")
                || directives.has("s-maxage")
                || directives.has("no-cache");
    }

    boolean isKeptByDefault() {
        return KEPT_BY_DEFAULT.contains(status) || directives.has("public");
    }

    /** {@link Directives#ABSENT} if it does not say. */
    long maxAgeSeconds() {
        return directives.has("s-maxage") ? directives.seconds("s-maxage") : directives.seconds("max-age");
    }

    /** {@link Directives#ABSENT} if it does not say. */
    long whileRevalidateSeconds() {
        return directives.seconds("stale-while-revalidate");
    }

    /** {@link Directives#ABSENT} if it does not say. */
    long ifErrorSeconds() {
        return directives.seconds("stale-if-error");
    }

    private boolean isUnderstood() {
        return KEPT_BY_DEFAULT.contains(status) || KEPT_IF_TOLD.contains(status);
    }
}
