package io.heliograph.gateway.routing;

import io.heliograph.gateway.routing.Route.Access;
import io.heliograph.gateway.routing.Route.LocalFeature;
import io.heliograph.gateway.routing.Route.RateLimitPolicy;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Upstreams, routes and limits. They can change at run time, so they are read by {@link ReloadableConfig} and not
 * injected.
 */
@Unremovable
@ConfigMapping(prefix = "heliograph.gateway")
public interface RouteConfig {

    Map<String, UpstreamConfig> upstreams();

    /** Routes by name. The name is the resource, the first segment after {@code /api/}, unless the route has a path. */
    Map<String, ResourceConfig> routes();

    /** Rate limit policies by name; routes refer to them. */
    Map<String, RateLimitPolicyConfig> limits();

    interface UpstreamConfig {

        /** The URL of each instance, such as {@code http://localhost:8082}. Either this or {@code dns}. */
        Optional<List<String>> urls();

        /**
         * One URL whose host resolves to all instances, such as {@code http://message-service:8082} of a headless
         * service. It is resolved at an interval ({@code heliograph.gateway.dns}).
         */
        Optional<String> dns();
    }

    interface ResourceConfig {

        /** Whether the route is active. A route of the default configuration can be disabled, but not removed. */
        @WithDefault("true")
        boolean enabled();

        /** The name of the upstream. Either this or {@code local}. */
        Optional<String> upstream();

        /** The feature of the gateway that handles the route. Either this or {@code upstream}. */
        Optional<LocalFeature> local();

        /**
         * Another resource, or a single path: one outside {@code /api}, or a call with another target than its
         * resource.
         */
        Optional<String> path();

        /**
         * The prefix that replaces {@code /api/} and the resource in the path sent to the upstream; unchanged if not
         * given.
         */
        Optional<String> rewrite();

        /** Allowed methods; by default all that the gateway supports. {@code GET} includes {@code HEAD}. */
        Optional<List<String>> methods();

        /**
         * {@code required}: with a valid token; {@code optional}: a token is verified if there is one; {@code public}:
         * tokens are ignored.
         */
        @WithDefault("required")
        Access access();

        /** The role that a caller must have; only with {@code access=required}. */
        Optional<String> role();

        /** Calls that need no token, each in the form {@code POST /api/auth/login}. */
        Optional<List<String>> publicCalls();

        /** The names of the rate limit policies of the route; a request is charged to each. */
        Optional<List<String>> limits();

        RouteCacheConfig cache();

        RouteTimeoutConfig timeouts();

        /**
         * Whether responses are compressed. Off where they contain tokens or other secrets: the length of a compressed
         * secret beside text that others choose gives it away (BREACH).
         */
        @WithDefault("true")
        boolean compression();

        /** The largest request body; {@code heliograph.gateway.request.max-body} if not given. */
        Optional<MemorySize> maxBody();
    }

    interface RouteCacheConfig {

        /**
         * Whether responses are cached. Off by default, since not every service states correctly what may be cached.
         */
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

        /** The largest body that is stored; larger ones are only forwarded. */
        @WithDefault("1M")
        MemorySize maxEntry();

        /** Request headers by which responses differ, in addition to {@code Vary}. */
        Optional<List<String>> varyBy();

        /** Tags of all responses, in addition to the name of the route. */
        Optional<List<String>> tags();

        /**
         * Leaves the scheme and the host of a request out of the cache key, so that one response serves all names of
         * the gateway. The service receives neither, so a client cannot poison the cache with an invented host.
         */
        @WithDefault("false")
        boolean excludeHost();
    }

    /** Where the timeouts of a route differ from {@code heliograph.gateway.request}. */
    interface RouteTimeoutConfig {

        /** From the end of a request to the first byte of its response. */
        Optional<Duration> firstByte();

        /** Between two chunks of a body, in either direction. */
        Optional<Duration> idle();

        /** From the first byte of a request to the last of its response. */
        Optional<Duration> total();
    }

    interface RateLimitPolicyConfig {

        /** Requests in each window; at least 1. */
        int requests();

        /** The length of the sliding window. */
        Duration window();

        /** The key by which requests are counted: {@code address} of the client, {@code user} or {@code route}. */
        RateLimitPolicy.KeyType by();

        /** The calls that are counted, each in the form {@code POST /api/auth/login}; all if not given. */
        Optional<List<String>> onlyCalls();

        /** Whether the limit only counts and rejects nothing, to measure its effect before it is enforced. */
        @WithDefault("false")
        boolean shadow();
    }
}
