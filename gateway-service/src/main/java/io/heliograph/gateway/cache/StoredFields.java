package io.heliograph.gateway.cache;

import io.heliograph.gateway.proxy.ProxyHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which headers of an answer are stored, and which a {@code 304} renews. */
final class StoredFields {

    static final String TAGS = "Cache-Tag";

    /** What speaks of one connection, of one exchange, or to us only; and what is counted anew. */
    private static final Set<String> NOT_STORED = Set.of(
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-authentication-info",
            "proxy-status",
            "content-length",
            "age",
            "cache-status",
            "cache-tag",
            "server-timing",
            "x-request-id");

    /** How the stored body is to be read, which a {@code 304} cannot change (RFC 9111, 3.2). */
    private static final Set<String> OF_THE_BODY = Set.of("content-length", "content-encoding", "content-range");

    private StoredFields() {}

    /** Names and values in turn, with what every stored answer has: a date, the length, all that it varies by. */
    static List<String> stored(MultiMap headers, VaryHeaders vary, String date) {
        Set<String> nominated = ProxyHeaders.connectionOptions(headers);
        List<String> fields = new ArrayList<>();
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!NOT_STORED.contains(name) && !nominated.contains(name)) {
                fields.add(header.getKey());
                fields.add(header.getValue());
            }
        }
        if (!headers.contains(HttpHeaders.DATE)) {
            fields.add("Date");
            fields.add(date);
        }
        for (String name : vary.names()) {
            if (!listsInVary(headers, name)) {
                fields.add("Vary");
                fields.add(name);
            }
        }
        return fields;
    }

    /** The headers of a stored answer with those of a {@code 304} in the place of the older ones. */
    static MultiMap updated(StoredHeaders stored, MultiMap notModified) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        stored.copyTo(headers);
        // Its age is counted from the newer answer, be that dated or not.
        headers.remove(HttpHeaders.DATE);
        Set<String> nominated = ProxyHeaders.connectionOptions(notModified);
        for (String name : notModified.names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean passing = NOT_STORED.contains(lower) && !lower.equals("age") && !lower.equals("cache-tag");
            if (!OF_THE_BODY.contains(lower) && !passing && !nominated.contains(lower)) {
                headers.set(name, notModified.getAll(name));
            }
        }
        return headers;
    }

    private static boolean listsInVary(MultiMap headers, String name) {
        for (String line : headers.getAll(HttpHeaders.VARY)) {
            for (String said : line.split(",", -1)) {
                if (said.trim().equalsIgnoreCase(name)) {
                    return true;
                }
            }
        }
        return false;
    }
}
