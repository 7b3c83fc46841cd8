package io.heliograph.gateway.security;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A set of origins, or all of them. */
record AllowedOrigins(Set<String> allowed, boolean all) {

    private static final String ALL = "*";

    /** Throws {@link IllegalArgumentException} that names {@code key}, if one of them is none. */
    static AllowedOrigins parse(String key, List<String> texts) {
        if (texts.equals(List.of(ALL))) {
            return new AllowedOrigins(Set.of(), true);
        }
        return new AllowedOrigins(
                texts.stream().map(text -> origin(key, text.trim())).collect(Collectors.toUnmodifiableSet()), false);
    }

    boolean contains(String origin) {
        return all || allowed.contains(origin);
    }

    /** As a browser writes it: in lower case, and without the port that goes without saying. */
    private static String origin(String key, String text) {
        try {
            URI uri = new URI(text);
            boolean bare = uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawPath().isEmpty();
            if (bare && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                String implied = "https".equalsIgnoreCase(uri.getScheme()) ? ":443" : ":80";
                String origin = text.toLowerCase(Locale.ROOT);
                return origin.endsWith(implied) ? origin.substring(0, origin.length() - implied.length()) : origin;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new IllegalArgumentException(key + ": \"" + text + "\" is no origin such as https://chat.example");
    }
}
