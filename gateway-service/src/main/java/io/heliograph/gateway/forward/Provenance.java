package io.heliograph.gateway.forward;

import io.heliograph.gateway.exchange.Exchange;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * The headers that say where a request comes from and whom it speaks for. The gateway vouches for them towards the
 * services, so it writes each anew and passes on none that it was sent; not even one that differs by an underscore,
 * which some frameworks take for the same.
 */
final class Provenance {

    private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");
    private static final CharSequence FORWARDED_PROTO = HttpHeaders.createOptimized("X-Forwarded-Proto");
    private static final CharSequence FORWARDED_HOST = HttpHeaders.createOptimized("X-Forwarded-Host");
    private static final CharSequence FORWARDED = HttpHeaders.createOptimized("Forwarded");

    private Provenance() {}

    /** To headers that have none of these. */
    static void put(Exchange exchange, MultiMap to) {
        String client = exchange.client();
        String scheme = exchange.scheme();
        String host = exchange.host();
        to.add(FORWARDED_FOR, client);
        to.add(FORWARDED_PROTO, scheme);
        if (host != null) {
            to.add(FORWARDED_HOST, host);
        }
        to.add(FORWARDED, forwarded(client, scheme, host));
    }

    private static String forwarded(String client, String scheme, String host) {
        boolean v6 = client.indexOf(':') >= 0;
        StringBuilder text =
                new StringBuilder(80).append(v6 ? "for=\"[" : "for=").append(client);
        text.append(v6 ? "]\";proto=" : ";proto=").append(scheme);
        if (host != null) {
            text.append(";host=\"").append(host).append('"');
        }
        return text.toString();
    }

    /** Whether a stranger could claim something by a header of this name. */
    static boolean isClaim(String name) {
        return switch (name.charAt(0)) {
            case 'X', 'x' -> isClaimOfX(name);
            case 'F', 'f' -> name.equalsIgnoreCase("Forwarded") || is(name, "Fastly-Client-IP");
            case 'T', 't' -> is(name, "True-Client-IP");
            case 'C', 'c' -> is(name, "CF-Connecting-IP") || is(name, "Client-IP");
            case 'R', 'r' -> is(name, "Remote-User") || is(name, "Remote-Addr");
            default -> false;
        };
    }

    private static boolean isClaimOfX(String name) {
        return begins(name, "X-Forwarded")
                || begins(name, "X-User-")
                || begins(name, "X-Auth-Request-")
                || begins(name, "X-Authenticated-")
                || begins(name, "X-Original-")
                || begins(name, "X-Remote-")
                || is(name, "X-Real-IP")
                || is(name, "X-Client-IP")
                || is(name, "X-Cluster-Client-IP")
                || is(name, "X-Rewrite-URL");
    }

    private static boolean is(String name, String claim) {
        return name.length() == claim.length() && begins(name, claim);
    }

    private static boolean begins(String name, String prefix) {
        if (name.length() < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            char c = name.charAt(i);
            char folded = c == '_' ? '-' : Character.toLowerCase(c);
            if (folded != Character.toLowerCase(prefix.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
