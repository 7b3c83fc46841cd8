package io.heliograph.rest.request;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds the labels that a client could choose: its method may be any word and, where no template matched, its path may
 * be any text. Each unknown one has the same value.
 */
final class RequestLabels implements MeterFilter {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** The values that Quarkus uses in place of a path. */
    private static final Set<String> PLACES = Set.of("NOT_FOUND", "REDIRECTION", "root", "UNKNOWN");

    /** Paths without a parameter are known once they have served something; there are some dozens. */
    private static final int MOST_PATHS = 200;

    private final Set<String> paths = ConcurrentHashMap.newKeySet();

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().equals("http.server.requests")) {
            return id;
        }
        String method = id.getTag("method");
        Meter.Id bounded = method == null || METHODS.contains(method) ? id : id.withTag(Tag.of("method", "OTHER"));
        String uri = id.getTag("uri");
        return uri == null || isKnown(uri, id.getTag("status")) ? bounded : bounded.withTag(Tag.of("uri", "UNKNOWN"));
    }

    private boolean isKnown(String uri, String status) {
        if (uri.indexOf('{') >= 0 || PLACES.contains(uri) || paths.contains(uri)) {
            return true;
        }
        boolean served = status != null && (status.startsWith("2") || status.equals("101"));
        return served && paths.size() < MOST_PATHS && paths.add(uri);
    }
}
