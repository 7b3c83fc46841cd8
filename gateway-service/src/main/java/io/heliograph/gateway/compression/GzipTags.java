package io.heliograph.gateway.compression;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/**
 * Entity tags of compressed responses. Two forms of a response need two strong tags (RFC 9110, 8.8.3.3), so the tag of
 * the compressed one has a suffix. It is removed from the conditions of a request, so that a tag that a client got with
 * a compressed response is valid for {@code If-Match} at the service.
 */
final class GzipTags {

    private static final String SUFFIX = "--gzip\"";

    private static final CharSequence[] CONDITIONS = {HttpHeaders.IF_NONE_MATCH, HttpHeaders.createOptimized("if-match")
    };

    private GzipTags() {}

    /** Adds the suffix to a strong tag. A weak one may name both forms. */
    static void addSuffix(MultiMap headers) {
        String tag = headers.get(HttpHeaders.ETAG);
        if (tag != null && tag.startsWith("\"") && tag.endsWith("\"") && tag.length() > 1 && !tag.endsWith(SUFFIX)) {
            headers.set(HttpHeaders.ETAG, tag.substring(0, tag.length() - 1) + SUFFIX);
        }
    }

    /** Removes the suffix from the conditions of a request; returns whether there was one. */
    static boolean removeSuffixes(MultiMap headers) {
        boolean found = false;
        for (CharSequence name : CONDITIONS) {
            if (headers.contains(name)) {
                found |= removeSuffixes(headers, name);
            }
        }
        return found;
    }

    private static boolean removeSuffixes(MultiMap headers, CharSequence name) {
        List<String> lines = headers.getAll(name);
        if (lines.stream().noneMatch(line -> line.contains(SUFFIX))) {
            return false;
        }
        List<String> plain = new ArrayList<>(lines.size());
        lines.forEach(line -> plain.add(line.replace(SUFFIX, "\"")));
        headers.set(name.toString(), plain);
        return true;
    }
}
