package io.heliograph.gateway.cache;

import io.vertx.core.MultiMap;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The request headers by which the responses of a cache key vary. */
final class VaryHeaders {

    static final VaryHeaders NONE = new VaryHeaders(new String[0]);

    /** A response that varies by more headers is not stored. */
    private static final int MAX_NAMES = 8;

    /** Headers by which a response is personal. */
    private static final Set<String> PERSONAL = Set.of("authorization", "cookie", "proxy-authorization");

    /** Headers that are part of the cache key already. */
    private static final Set<String> OF_THE_ADDRESS = Set.of("host", "x-forwarded-host", "x-forwarded-proto");

    /** Headers that the gateway replaces, so that the service does not get the value of the client. */
    private static final Set<String> REPLACED = Set.of(
            "forwarded", "x-real-ip", "x-request-id", "traceparent", "tracestate", "connection", "content-length");

    private final String[] names;

    private VaryHeaders(String[] names) {
        this.names = names;
    }

    /** Null if responses with this {@code Vary} are not stored. */
    static VaryHeaders of(List<String> lines, Collection<String> further) {
        if (lines.isEmpty() && further.isEmpty()) {
            return NONE;
        }
        Set<String> names = new TreeSet<>(further);
        for (String line : lines) {
            for (String name : line.split(",", -1)) {
                names.add(name.trim().toLowerCase(Locale.ROOT));
            }
        }
        names.remove("");
        names.removeAll(OF_THE_ADDRESS);
        boolean keep = names.size() <= MAX_NAMES && names.stream().noneMatch(VaryHeaders::forbidsKeeping);
        return keep ? of(names.toArray(String[]::new)) : null;
    }

    static VaryHeaders of(String[] sorted) {
        return sorted.length == 0 ? NONE : new VaryHeaders(sorted);
    }

    boolean isEmpty() {
        return names.length == 0;
    }

    String[] names() {
        return names;
    }

    /** The values of these headers in a request; null for an absent header. */
    String[] values(MultiMap headers) {
        String[] values = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            values[i] = normalised(names[i], headers.getAll(names[i]));
        }
        return values;
    }

    /** Whether a request has the given {@link #values}. */
    boolean match(String[] values, MultiMap headers) {
        for (int i = 0; i < names.length; i++) {
            if (!Objects.equals(values[i], normalised(names[i], headers.getAll(names[i])))) {
                return false;
            }
        }
        return true;
    }

    boolean sameAs(VaryHeaders other) {
        return java.util.Arrays.equals(names, other.names);
    }

    private static boolean forbidsKeeping(String name) {
        return name.equals("*")
                || PERSONAL.contains(name)
                || REPLACED.contains(name)
                || name.startsWith("x-forwarded-")
                || name.startsWith("x-user-");
    }

    /** The values as one line without spaces around commas, in lower case if they are case-insensitive. */
    private static String normalised(String name, List<String> lines) {
        if (lines.isEmpty()) {
            return null;
        }
        if (lines.size() == 1 && lines.get(0).indexOf(',') < 0) {
            return cased(name, lines.get(0).trim());
        }
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            for (String item : line.split(",", -1)) {
                text.append(text.length() == 0 ? "" : ",").append(item.trim());
            }
        }
        return cased(name, text.toString());
    }

    private static String cased(String name, String value) {
        return name.startsWith("accept") ? value.toLowerCase(Locale.ROOT) : value;
    }
}
