package io.heliograph.gateway.ratelimit;

import io.heliograph.gateway.ratelimit.RateLimitCheck.RateLimitCharge;
import io.heliograph.gateway.routing.RateLimitPolicy;
import io.heliograph.ratelimit.Rate;
import java.util.List;

/** The headers of draft-ietf-httpapi-ratelimit-headers. */
final class RateLimitHeaders {

    static final String POLICY = "RateLimit-Policy";
    static final String LIMIT = "RateLimit";

    private RateLimitHeaders() {}

    /** All policies of the request but those that only count: {@code "user";q=100;w=1}. */
    static String policies(List<RateLimitCharge> charges) {
        StringBuilder text = new StringBuilder(64);
        for (RateLimitCharge charge : charges) {
            RateLimitPolicy policy = charge.policy();
            if (!policy.shadow()) {
                Rate rate = policy.rate();
                name(text, policy).append(";q=").append(rate.requests()).append(";w=");
                text.append(secondsUp(rate.windowMillis()));
            }
        }
        return text.toString();
    }

    /** What is left of each, and the seconds until more is: {@code "user";r=99;t=1}. */
    static String remaining(RateLimitCheck check) {
        StringBuilder text = new StringBuilder(64);
        for (int i = 0; i < check.charges().size(); i++) {
            RateLimitPolicy policy = check.charges().get(i).policy();
            if (!policy.shadow() && check.remaining(i) != RateLimitCheck.UNKNOWN) {
                name(text, policy).append(";r=").append(Math.max(0, check.remaining(i)));
                text.append(";t=").append(secondsUp(check.waitMillis(i)));
            }
        }
        return text.toString();
    }

    static long secondsUp(long millis) {
        return Math.max(1, (millis + 999) / 1_000);
    }

    private static StringBuilder name(StringBuilder text, RateLimitPolicy policy) {
        if (!text.isEmpty()) {
            text.append(", ");
        }
        return text.append('"').append(policy.name()).append('"');
    }
}
