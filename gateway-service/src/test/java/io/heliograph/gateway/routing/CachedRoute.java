package io.heliograph.gateway.routing;

import io.heliograph.gateway.routing.Route.Access;
import io.heliograph.gateway.routing.Route.AccessPolicy;
import io.heliograph.gateway.routing.Route.CachePolicy;
import io.heliograph.gateway.routing.Route.LocalFeature;
import io.heliograph.gateway.routing.Route.RequestPolicy;
import io.heliograph.gateway.routing.Route.RouteTarget;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A route with a cache, for tests of the cache. */
public final class CachedRoute {

    /** A policy without defaults of its own. */
    public static final CachePolicy PLAIN = policy(0, false, 0, 0);

    private CachedRoute() {}

    public static CachePolicy policy(
            long freshMillis, boolean guessed, long whileRevalidateMillis, long ifErrorMillis) {
        return new CachePolicy(
                new CachePolicy.FreshnessTimes(
                        freshMillis, Duration.ofDays(1).toMillis(), guessed, whileRevalidateMillis, ifErrorMillis),
                1_000,
                List.of(),
                List.of(),
                false);
    }

    public static Route with(CachePolicy policy) {
        AccessPolicy terms = new AccessPolicy(AllowedMethods.ALL, Access.OPTIONAL, Set.of(), null, List.of());
        return new Route(
                "things",
                "/api/things",
                new RouteTarget.LocalTarget(LocalFeature.OPS),
                terms,
                new RequestPolicy(policy, null, 0, true));
    }
}
