package io.heliograph.gateway.compression;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Decides which responses are compressed, and bounds how many at a time. Used from any thread. */
@Singleton
public final class CompressionPolicy {

    /** A body whose length is not known in advance. */
    public static final long UNKNOWN = -1;

    private static final int NO_CONTENT = 204;
    private static final int RESET_CONTENT = 205;
    private static final int PARTIAL_CONTENT = 206;
    private static final int NOT_MODIFIED = 304;

    private static final Set<String> TEXTUAL = Set.of(
            "application/json",
            "application/javascript",
            "application/jsonl",
            "application/x-ndjson",
            "application/xml",
            "application/yaml");

    /** Digests are of the body as it is. */
    private static final CharSequence[] DIGESTS = {
        HttpHeaders.createOptimized("content-digest"),
        HttpHeaders.createOptimized("repr-digest"),
        HttpHeaders.createOptimized("content-md5")
    };

    private final boolean enabled;
    private final long minLength;
    private final long maxLength;
    private final int level;
    private final int maxConcurrent;
    private final AtomicInteger open = new AtomicInteger();
    private final Counter skipped;

    CompressionPolicy(CompressionConfig config, MeterRegistry registry) {
        if (config.level() < 1 || config.level() > 9) {
            throw new IllegalArgumentException("heliograph.gateway.compression.level must be from 1 to 9");
        }
        this.enabled = config.enabled();
        this.minLength = config.minLength().asLongValue();
        this.maxLength = config.maxLength().asLongValue();
        this.level = config.level();
        this.maxConcurrent = config.maxConcurrent();
        Gauge.builder("heliograph.gateway.compressions", open, AtomicInteger::get)
                .description("Responses that are being compressed")
                .register(registry);
        this.skipped = Counter.builder("heliograph.gateway.compressions.skipped")
                .description("Responses sent uncompressed, because the limit of concurrent compressions was reached")
                .register(registry);
    }

    /**
     * Whether a response is compressed for a client that accepts it. Content codings, ranges, {@code no-transform} and
     * digests of others are respected; an event stream stays as it is.
     *
     * @param length in bytes; {@link #UNKNOWN} if it is not known in advance
     */
    boolean isCompressible(int status, MultiMap headers, long length) {
        if (!enabled || (length != UNKNOWN && length < minLength) || !hasWholeBody(status)) {
            return false;
        }
        return isTextual(headers.get(HttpHeaders.CONTENT_TYPE))
                && !headers.contains(HttpHeaders.CONTENT_ENCODING)
                && !headers.contains(HttpHeaders.CONTENT_RANGE)
                && !forbidsTransformation(headers)
                && !hasDigest(headers);
    }

    /** As above, for a body that is compressed for one response. */
    boolean isCompressibleEachTime(int status, MultiMap headers, long length) {
        return length <= maxLength && isCompressible(status, headers, length);
    }

    /** An encoder, which the caller closes; null if the limit is reached. */
    GzipEncoder tryOpen() {
        if (open.incrementAndGet() > maxConcurrent) {
            open.decrementAndGet();
            skipped.increment();
            return null;
        }
        return new GzipEncoder(level, maxLength, open::decrementAndGet);
    }

    int level() {
        return level;
    }

    private static boolean hasWholeBody(int status) {
        return status >= 200
                && status != NO_CONTENT
                && status != RESET_CONTENT
                && status != PARTIAL_CONTENT
                && status != NOT_MODIFIED;
    }

    static boolean isTextual(String contentType) {
        if (contentType == null) {
            return false;
        }
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).trim().toLowerCase(Locale.ROOT);
        return TEXTUAL.contains(type)
                || (type.startsWith("text/") && !type.equals("text/event-stream"))
                || type.endsWith("+json")
                || type.endsWith("+xml");
    }

    private static boolean forbidsTransformation(MultiMap headers) {
        for (String line : headers.getAll(HttpHeaders.CACHE_CONTROL)) {
            if (line.toLowerCase(Locale.ROOT).contains("no-transform")) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasDigest(MultiMap headers) {
        for (CharSequence digest : DIGESTS) {
            if (headers.contains(digest)) {
                return true;
            }
        }
        return false;
    }
}
