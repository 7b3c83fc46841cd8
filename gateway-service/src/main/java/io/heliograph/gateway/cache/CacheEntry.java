package io.heliograph.gateway.cache;

import io.vertx.core.buffer.Buffer;

/** A stored response. Immutable: a revalidation creates another entry. */
final class CacheEntry {

    private static final int OBJECTS = 400;

    private final StoredHeaders headers;
    private final Buffer body;
    private final Freshness freshness;
    private final EntryIdentity identity;

    /**
     * What it is the answer to.
     *
     * @param key the address
     * @param vary the headers by which answers to this address differ
     * @param values the values of these headers in the request
     * @param tags by which it can be purged
     * @param generation the latest purge that was known before the fetch
     */
    record EntryIdentity(String key, VaryHeaders vary, String[] values, String[] tags, long generation) {}

    CacheEntry(StoredHeaders headers, Buffer body, Freshness freshness, EntryIdentity identity) {
        this.headers = headers;
        this.body = body;
        this.freshness = freshness;
        this.identity = identity;
    }

    StoredHeaders headers() {
        return headers;
    }

    Buffer body() {
        return body;
    }

    Freshness freshness() {
        return freshness;
    }

    EntryIdentity identity() {
        return identity;
    }

    /** About how many bytes it takes. */
    int weight() {
        int weight =
                OBJECTS + body.length() + headers.weight() + 2 * identity.key().length();
        for (String tag : identity.tags()) {
            weight += 40 + tag.length();
        }
        for (String value : identity.values()) {
            weight += value == null ? 0 : 40 + value.length();
        }
        return weight;
    }
}
