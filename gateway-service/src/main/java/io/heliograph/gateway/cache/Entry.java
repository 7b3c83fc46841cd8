package io.heliograph.gateway.cache;

import io.vertx.core.buffer.Buffer;

/** A stored answer. It never changes: what is learned of it later makes another one. */
final class Entry {

    private static final int OBJECTS = 400;

    private final Head head;
    private final Buffer body;
    private final Life life;
    private final Origin origin;

    /**
     * What it is the answer to.
     *
     * @param key the address
     * @param vary the headers by which answers to this address differ
     * @param values what the request said there
     * @param tags by which it can be purged
     * @param generation the latest purge that was known when the service was asked
     */
    record Origin(String key, VaryNames vary, String[] values, String[] tags, long generation) {}

    Entry(Head head, Buffer body, Life life, Origin origin) {
        this.head = head;
        this.body = body;
        this.life = life;
        this.origin = origin;
    }

    Head head() {
        return head;
    }

    Buffer body() {
        return body;
    }

    Life life() {
        return life;
    }

    Origin origin() {
        return origin;
    }

    /** About how many bytes it takes. */
    int weight() {
        int weight = OBJECTS + body.length() + head.weight() + 2 * origin.key().length();
        for (String tag : origin.tags()) {
            weight += 40 + tag.length();
        }
        for (String value : origin.values()) {
            weight += value == null ? 0 : 40 + value.length();
        }
        return weight;
    }
}
