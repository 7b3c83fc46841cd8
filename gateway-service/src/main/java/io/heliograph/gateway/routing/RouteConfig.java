package io.heliograph.gateway.routing;

import io.heliograph.gateway.routing.Route.Access;
import io.heliograph.gateway.routing.Route.LocalFeature;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Upstreams, routes and limits. All of it can change at run time, so that it is read by {@link ReloadableConfig} and
 * not injected.
 */
@Unremovable
@ConfigMapping(prefix = "heliograph.gateway")
public interface RouteConfig {

    Map<String, UpstreamConfig> upstreams();

    /** By name, which is the resource, the first segment after {@code /api/}, unless the route has a path. */
    Map<String, ResourceConfig> routes();

    /** Policies by name, for routes to name. */
    Map<String, RateLimitPolicyConfig> limits();

    interface UpstreamConfig {

        /** One address per instance, such as {@code http://localhost:8082}. Either these or {@code dns}. */
        Optional<List<String>> urls();

        /**
         * One address whose host stands for all instances, such as {@code http://message-service:8082} of a headless
         * service. It is resolved again and again ({@code heliograph.gateway.dns}).
         */
        Optional<String> dns();
    }

    interface ResourceConfig {

        /** A route that comes with the gateway can be turned off, but not be taken out. */
        @WithDefault("true")
        boolean enabled();

        /** The name of one of the upstreams. Either this or {@code local}. */
        Optional<String> upstream();

        /** What of the gateway itself answers. */
        Optional<LocalFeature> local();

        /**
         * Another resource, or the one path of a route: outside {@code /api}, or a call that goes elsewhere than its
         * resource.
         */
        Optional<String> path();

        /** What a service knows the beginning of the path as, {@code /api/} and the resource; the same if not given. */
        Optional<String> rewrite();

        /** Those served; all that the gateway knows if not given. {@code HEAD} goes with {@code GET}. */
        Optional<List<String>> methods();

        /** {@code required}: with a valid token; {@code optional}: a token is verified if there is one; {@code public}: tokens are ignored. */
        @WithDefault("required")
        Access access();

        /** What a caller must be, with {@code access} required. */
        Optional<String> role();

        /** Calls that need no token, each as {@code POST /api/auth/login}. */
        Optional<List<String>> publicCalls();

        /** The names of limit policies; each is charged. */
        Optional<List<String>> limits();

        RouteCacheConfig cache();

        RouteTimeoutConfig timeouts();

        /** Of a request; {@code heliograph.gateway.request.max-body} if not given. */
        Optional<MemorySize> maxBody();
    }

    interface RouteCacheConfig {

        /** Off by default: not every service states correctly what may be cached. */
        @WithDefault("false")
        boolean enabled();

        /** The freshness lifetime of responses that state none. Zero by default. */
        @WithDefault("0S")
        Duration defaultFreshness();

        /** The longest freshness lifetime, whatever a response states. */
        @WithDefault("1D")
        Duration maxFreshness();

        /**
         * Whether a response that has only {@code Last-Modified} is fresh for a tenth of the time since then (RFC 9111,
         * 4.2.2).
         */
        @WithDefault("false")
        boolean heuristicFreshness();

        /** The default of {@code stale-while-revalidate}. */
        @WithDefault("0S")
        Duration staleWhileRevalidate();

        /** The default of {@code stale-if-error}. */
        @WithDefault("0S")
        Duration staleIfError();

        /** Of one body; larger ones pass through. */
        @WithDefault("1M")
        MemorySize maxEntry();

        /** Headers of the request by which answers differ without saying so. */
        Optional<List<String>> varyBy();

        /** What all answers are tagged with, beside the name of the route. */
        Optional<List<String>> tags();

        /**
         * Leaves the scheme and the host of a request out of the key, so that one answer serves all names of the gateway. The
         * service receives neither, so a client cannot poison the cache with an invented host.
         */
        @WithDefault("false")
        boolean excludeHost();
    }

    /** Where the timeouts of a route differ from {@code heliograph.gateway.request}. */
    interface RouteTimeoutConfig {

        /** From the end of a request to the first byte of its answer. */
        Optional<Duration> firstByte();

        /** Between two pieces of a body, in either direction. */
        Optional<Duration> idle();

        /** From the first byte of a request to the last of its answer. */
        Optional<Duration> total();
    }

    interface RateLimitPolicyConfig {

        /** Requests in each window; at least 1. */
        int requests();

        /** The length of the sliding window. */
        Duration window();

        /** What has a count of its own: {@code address} of the client, {@code user} or {@code route}. */
        RateLimitPolicy.KeyType by();

        /** The calls that are counted, each as {@code POST /api/auth/login}; all if not given. */
        Optional<List<String>> onlyCalls();

        /** Whether it only counts: to learn what a limit would do before it does it. */
        @WithDefault("false")
        boolean shadow();
    }
}
