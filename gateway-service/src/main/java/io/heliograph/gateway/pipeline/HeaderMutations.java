package io.heliograph.gateway.pipeline;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;

/** Headers to set on or add to a response, whoever writes it. Mostly few, and applied once. */
final class HeaderMutations {

    /** Names and values in turn. */
    private final List<String> replacements = new ArrayList<>();
    /** Headers to add; the same form. */
    private List<String> additions = List.of();

    /** Replaces all headers of this name; null removes them. */
    void set(String name, String value) {
        replacements.add(name);
        replacements.add(value);
    }

    /** Adds a header beside others of this name. */
    void add(String name, String value) {
        if (additions.isEmpty()) {
            additions = new ArrayList<>(2);
        }
        additions.add(name);
        additions.add(value);
    }

    void applyTo(MultiMap headers) {
        for (int i = 0; i < replacements.size(); i += 2) {
            String value = replacements.get(i + 1);
            if (value == null) {
                headers.remove(replacements.get(i));
            } else {
                headers.set(replacements.get(i), value);
            }
        }
        for (int i = 0; i < additions.size(); i += 2) {
            headers.add(additions.get(i), additions.get(i + 1));
        }
    }
}
