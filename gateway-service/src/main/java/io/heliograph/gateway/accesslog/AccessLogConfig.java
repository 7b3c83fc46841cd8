package io.heliograph.gateway.accesslog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The access log. Its destination is configured for the logging category {@code heliograph.access}. */
@ConfigMapping(prefix = "heliograph.gateway.log")
public interface AccessLogConfig {

    /** Whether requests are logged at all. */
    @WithDefault("true")
    boolean enabled();

    /**
     * The share of requests that is logged, 0 to 1. Failed requests (a status of 500 and above, an incomplete response)
     * are always logged.
     */
    @WithDefault("1")
    double sample();

    /** Lines that may wait to be written, at about 1 KB each; further ones are dropped and counted. */
    @WithDefault("8192")
    int maxWaiting();
}
