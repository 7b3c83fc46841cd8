package io.heliograph.message.preview;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Previews of links. The allowed destinations are those of {@code heliograph.egress}. */
@ConfigMapping(prefix = "heliograph.previews")
interface PreviewConfig {

    /** Pages that a replica fetches concurrently: a slow one occupies its place until the timeout. */
    @WithDefault("20")
    @Min(1)
    int maxConcurrent();

    /** Callers that wait for such a place; past it they get {@code 503 overloaded}. */
    @WithDefault("200")
    @Min(0)
    int maxWaiting();

    /** The time from the request to its response: waiting, name resolution, redirects and reading. */
    @WithDefault("10S")
    Duration timeout();

    /** The timeout of one connection attempt, short enough to try another address of the same name. */
    @WithDefault("3S")
    Duration connectTimeout();

    /** Redirects that are followed for one preview. */
    @WithDefault("3")
    @Min(0)
    @Max(20)
    int maxRedirects();

    /** Bytes of a page that are read, before and again after decompression. The head of a page is at its beginning. */
    @WithDefault("1M")
    MemorySize maxBody();

    /** How long a preview may be kept by browsers and by the cache of the gateway. */
    @WithDefault("1H")
    Duration maxAge();

    /**
     * How long a replica remembers that an address has no preview, so that a dead link is fetched once for all readers.
     */
    @WithDefault("60S")
    Duration negativeMaxAge();

    /** Requests to one host in a window, by all replicas together, so that its operator is not burdened. */
    @WithDefault("60")
    @Min(1)
    int requestsPerHost();

    /** Previews that one user may request in a window. Those in the cache of the gateway do not count. */
    @WithDefault("120")
    @Min(1)
    int requestsPerUser();

    /** The window in which both are counted. */
    @WithDefault("60S")
    Duration window();
}
