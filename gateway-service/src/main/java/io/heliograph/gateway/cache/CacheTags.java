package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.StoredHeaders.StoredFields;
import io.vertx.core.MultiMap;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** The tags by which entries are purged together. */
final class CacheTags {

    /** Of one answer. What has more is not kept: it could not be purged by those left out. */
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
