package io.heliograph.gateway.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Cross-origin resource sharing. Off by default, since the gateway serves its own pages. */
@ConfigMapping(prefix = "heliograph.gateway.cors")
public interface CorsConfig {

    /** As browsers send them, such as {@code https://chat.example}; or {@code *} alone. Turns all of this on. */
    Optional<List<String>> origins();

    /** Methods that a page may use. */
    @WithDefault("GET,HEAD,POST,PUT,PATCH,DELETE")
    List<String> methods();

    /** What a page may send: what the API reads, and the trace of the page. */
    @WithDefault(ApiHeaders.REQUEST)
    List<String> headers();

    /** What a page may read besides what it always may: all that the API tells in headers. */
    @WithDefault(ApiHeaders.RESPONSE)
    List<String> exposedHeaders();

    /**
     * How long a browser may go on without asking again: a page loses one round trip in so long, and a change is seen
     * everywhere after it. Browsers themselves stop at 2 hours or at 24.
     */
    @WithDefault("10M")
    Duration maxAge();

    /** Whether cookies go along. Nothing here needs any; never together with {@code *}. */
    @WithDefault("false")
    boolean credentials();

    /**
     * Which pages may open a WebSocket, which browsers ask nobody about; pages of the gateway's own host always may, and
     * clients that are no browsers. All by default: a socket lives by the token in its first frame, which a page of
     * someone else does not have.
     */
    Optional<List<String>> socketOrigins();
}
