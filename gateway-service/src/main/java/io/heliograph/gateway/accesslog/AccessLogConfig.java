package io.heliograph.gateway.accesslog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The access log. Where its lines go is configured for the logging category {@code heliograph.access}. */
@ConfigMapping(prefix = "heliograph.gateway.log")
public interface AccessLogConfig {

    /** Whether requests are logged at all. */
    @WithDefault("true")
    boolean enabled();

    /** The share of requests that is logged, 0 to 1. What failed (a status of 500 and above, an answer cut off) always is. */
    @WithDefault("1")
    double sample();

    /** Lines that may wait to be written, at about 1 KB each; those past it are dropped and counted. */
    @WithDefault("8192")
    int maxWaiting();
}
