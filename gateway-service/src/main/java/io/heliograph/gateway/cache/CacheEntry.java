package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.StoredHeaders.StoredFields;
import io.heliograph.gateway.compression.ReusableBody;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** A stored response. Immutable: a revalidation creates another entry. */
final class CacheEntry {

    private static final int OBJECTS = 400;

    private final StoredHeaders headers;
    private final ReusableBody body;
    private final Freshness freshness;
    private final EntryIdentity identity;

    /**
     * The request that the response answers, and what is needed to purge it.
     *
     * @param key the cache key
     * @param vary the request headers by which responses of this key vary
     * @param values the values of these headers in the request
     * @param tags the tags by which it can be purged
     * @param generation the latest purge that was known when the fetch began
     */
    record EntryIdentity(String key, VaryHeaders vary, String[] values, String[] tags, long generation) {}

    CacheEntry(StoredHeaders headers, Buffer body, Freshness freshness, EntryIdentity identity) {
        this(headers, new ReusableBody(body), freshness, identity);
    }

    /** With the body of another entry, which may be compressed already. */
    CacheEntry(StoredHeaders headers, ReusableBody body, Freshness freshness, EntryIdentity identity) {
        this.headers = headers;
        this.body = body;
        this.freshness = freshness;
        this.identity = identity;
    }

    StoredHeaders headers() {
        return headers;
    }

    Buffer body() {
        return body.plain();
    }

    /** The body, and its compressed form once there is one. */
    ReusableBody reusableBody() {
        return body;
    }

    Freshness freshness() {
        return freshness;
    }

    EntryIdentity identity() {
        return identity;
    }

    /** The approximate memory in bytes. */
    int weight() {
        int weight =
                OBJECTS + body.weight() + headers.weight() + 2 * identity.key().length();
        for (String tag : identity.tags()) {
            weight += 40 + tag.length();
        }
        for (String value : identity.values()) {
            weight += value == null ? 0 : 40 + value.length();
        }
        return weight;
    }

    /** The tags by which entries are purged together. */
    static final class CacheTags {

        /** Tags of one response. A response with more is not stored, since it could not be purged by the others. */
        private static final int MAX_TAGS = 32;

        private static final int MAX_LENGTH = 128;

        private CacheTags() {}

        /** The tags of the headers and the further ones; null if there are too many or one is invalid. */
        static String[] of(MultiMap headers, Collection<String> further) {
            Set<String> tags = new TreeSet<>(further);
            for (String line : headers.getAll(StoredFields.TAGS)) {
                for (String tag : line.split(",", -1)) {
                    String trimmed = tag.trim();
                    if (!trimmed.isEmpty() && !isTag(trimmed)) {
                        return null;
                    }
                    tags.add(trimmed);
                }
            }
            tags.remove("");
            return tags.size() > MAX_TAGS ? null : tags.toArray(String[]::new);
        }

        static boolean isTag(String text) {
            return !text.isEmpty()
                    && text.length() <= MAX_LENGTH
                    && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ',');
        }
    }
}
