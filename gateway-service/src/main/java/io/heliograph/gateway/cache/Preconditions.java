package io.heliograph.gateway.cache;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/** Evaluates conditional requests against a stored response (RFC 9110, 13.1). */
final class Preconditions {

    private Preconditions() {}

    static boolean isNotModified(MultiMap request, StoredHeaders stored) {
        if (stored.status() != 200) {
            return false;
        }
        if (request.contains(HttpHeaders.IF_NONE_MATCH)) {
            return names(request.getAll(HttpHeaders.IF_NONE_MATCH), stored.tag());
        }
        String since = request.get(HttpHeaders.IF_MODIFIED_SINCE);
        return since != null && stored.modified() != null && isUnchangedSince(since, stored);
    }

    /** Whether two entity tags name the same, weak or not. */
    static boolean isSame(String tag, String other) {
        return opaque(tag).equals(opaque(other));
    }

    private static boolean isUnchangedSince(String since, StoredHeaders stored) {
        if (since.equals(stored.modified())) {
            return stored.modifiedMillis() != HttpDate.NONE;
        }
        long sinceMillis = HttpDate.parse(since);
        return sinceMillis != HttpDate.NONE
                && stored.modifiedMillis() != HttpDate.NONE
                && stored.modifiedMillis() <= sinceMillis;
    }

    private static boolean names(List<String> lines, String tag) {
        for (String line : lines) {
            if (line.trim().equals("*") || (tag != null && contains(line, opaque(tag)))) {
                return true;
            }
        }
        return false;
    }

    /** Tag by tag: a tag may hold commas, and one must not be found inside another. */
    private static boolean contains(String line, String opaque) {
        int open = line.indexOf('"');
        while (open >= 0) {
            int close = line.indexOf('"', open + 1);
            if (close < 0) {
                return false;
            }
            if (close + 1 - open == opaque.length() && line.startsWith(opaque, open)) {
                return true;
            }
            open = line.indexOf('"', close + 1);
        }
        return false;
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
