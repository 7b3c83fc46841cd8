package io.heliograph.gateway.cache;

import io.heliograph.gateway.proxy.ProxyHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Status and headers of a stored response, encoded for fast writing. */
final class StoredHeaders {

    /** The headers of a {@code 304} (RFC 9110, 15.4.5). */
    private static final Set<String> OF_NOT_MODIFIED =
            Set.of("cache-control", "content-location", "date", "etag", "expires", "vary", "last-modified");

    private final int status;
    /** Names and values alternately, encoded as bytes. */
    private final CharSequence[] namesAndValues;

    private final CharSequence[] notModified;
    private final String tag;
    private final String date;
    private final long modifiedMillis;

    private StoredHeaders(int status, CharSequence[] fields) {
        this.status = status;
        this.namesAndValues = fields;
        this.tag = find("etag");
        String modified = find("last-modified");
        // Without Last-Modified the date of the response is used: a copy that is not older than it is current.
        this.date = modified == null ? find("date") : modified;
        this.modifiedMillis = HttpDate.parse(date);
        this.notModified = notModified(fields);
    }

    /** @param fields names and values alternately */
    static StoredHeaders of(int status, List<String> fields) {
        CharSequence[] encoded = new CharSequence[fields.size()];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = HttpHeaders.createOptimized(fields.get(i));
        }
        return new StoredHeaders(status, encoded);
    }

    int status() {
        return status;
    }

    /** Names and values alternately. */
    CharSequence[] namesAndValues() {
        return namesAndValues;
    }

    /** The value of a header; null if there is none. The name must be in lower case. */
    String find(String name) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].length() == name.length() && name.contentEquals(lower(namesAndValues[i]))) {
                return namesAndValues[i + 1].toString();
            }
        }
        return null;
    }

    /** The entity tag; null if there is none. */
    String tag() {
        return tag;
    }

    /** The {@code Last-Modified} or else the {@code Date} header; null if there is neither. */
    String modified() {
        return date;
    }

    /** {@link #modified} in milliseconds, or {@link HttpDate#NONE}. */
    long modifiedMillis() {
        return modifiedMillis;
    }

    void copyTo(MultiMap headers) {
        copy(namesAndValues, headers);
    }

    /** Copies the headers of a {@code 304}. */
    void copyNotModifiedTo(MultiMap headers) {
        copy(notModified, headers);
    }

    int weight() {
        int weight = 0;
        for (CharSequence field : namesAndValues) {
            weight += 48 + field.length();
        }
        return weight;
    }

    private static void copy(CharSequence[] fields, MultiMap headers) {
        for (int i = 0; i < fields.length; i += 2) {
            headers.add(fields[i], fields[i + 1]);
        }
    }

    private static CharSequence[] notModified(CharSequence[] fields) {
        CharSequence[] some = new CharSequence[fields.length];
        int size = 0;
        for (int i = 0; i < fields.length; i += 2) {
            if (OF_NOT_MODIFIED.contains(lower(fields[i]))) {
                some[size++] = fields[i];
                some[size++] = fields[i + 1];
            }
        }
        return java.util.Arrays.copyOf(some, size);
    }

    private static String lower(CharSequence name) {
        return name.toString().toLowerCase(Locale.ROOT);
    }

    /** Which headers of a response are stored, and which a {@code 304} updates. */
    static final class StoredFields {

        static final String TAGS = "Cache-Tag";

        /** Headers of one connection or one exchange, those meant for the gateway, and those that are computed anew. */
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

        /** Headers that describe the stored body, which a {@code 304} must not update (RFC 9111, 3.2). */
        private static final Set<String> OF_THE_BODY = Set.of("content-length", "content-encoding", "content-range");

        private StoredFields() {}

        /** The headers to store, names and values alternately, with {@code Date} and complete {@code Vary} headers. */
        static List<String> stored(MultiMap headers, VaryHeaders vary, String date) {
            Set<String> connectionOptions = ProxyHeaders.connectionOptions(headers);
            List<String> fields = new ArrayList<>();
            for (Map.Entry<String, String> header : headers) {
                String name = header.getKey().toLowerCase(Locale.ROOT);
                if (!NOT_STORED.contains(name) && !connectionOptions.contains(name)) {
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

        /** The headers of a stored response, updated by those of a {@code 304}. */
        static MultiMap updated(StoredHeaders stored, MultiMap notModified) {
            MultiMap headers = MultiMap.caseInsensitiveMultiMap();
            stored.copyTo(headers);
            // The age is calculated from the newer response, even if it has no date.
            headers.remove(HttpHeaders.DATE);
            Set<String> connectionOptions = ProxyHeaders.connectionOptions(notModified);
            for (String name : notModified.names()) {
                String lower = name.toLowerCase(Locale.ROOT);
                boolean passing = NOT_STORED.contains(lower) && !lower.equals("age") && !lower.equals("cache-tag");
                if (!OF_THE_BODY.contains(lower) && !passing && !connectionOptions.contains(lower)) {
                    headers.set(name, notModified.getAll(name));
                }
            }
            return headers;
        }

        private static boolean listsInVary(MultiMap headers, String name) {
            for (String line : headers.getAll(HttpHeaders.VARY)) {
                for (String listed : line.split(",", -1)) {
                    if (listed.trim().equalsIgnoreCase(name)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
