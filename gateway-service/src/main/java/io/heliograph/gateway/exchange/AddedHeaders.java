package io.heliograph.gateway.exchange;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;

/** Headers that the gateway adds to an answer, whoever gives it: nearly always few, and written once. */
final class AddedHeaders {

    /** Names and values in turn. */
    private final List<String> replacing = new ArrayList<>();
    /** The same, for what goes beside a service's own. */
    private List<String> appended = List.of();

    /** In the place of all others of this name; null leaves none. */
    void replace(String name, String value) {
        replacing.add(name);
        replacing.add(value);
    }

    /** Beside others of this name. */
    void append(String name, String value) {
        if (appended.isEmpty()) {
            appended = new ArrayList<>(2);
        }
        appended.add(name);
        appended.add(value);
    }

    void put(MultiMap headers) {
        for (int i = 0; i < replacing.size(); i += 2) {
            String value = replacing.get(i + 1);
            if (value == null) {
                headers.remove(replacing.get(i));
            } else {
                headers.set(replacing.get(i), value);
            }
        }
        for (int i = 0; i < appended.size(); i += 2) {
            headers.add(appended.get(i), appended.get(i + 1));
        }
    }
}
