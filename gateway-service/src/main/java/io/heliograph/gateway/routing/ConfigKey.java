package io.heliograph.gateway.routing;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The key of a setting below {@code heliograph.gateway}. */
record ConfigKey(String name) {

    static ConfigKey of(String map, String entry) {
        return new ConfigKey(map + "." + entry);
    }

    ConfigKey at(String setting) {
        return new ConfigKey(name + "." + setting);
    }

    InvalidConfigurationException invalid(String reason) {
        return new InvalidConfigurationException(name, reason);
    }

    /** Parses each text; empty if absent. An invalid text is reported with this key. */
    <T> Set<T> parse(Optional<List<String>> texts, Function<String, T> parser) {
        Set<T> values = new LinkedHashSet<>();
        try {
            texts.ifPresent(given -> given.forEach(text -> values.add(parser.apply(text))));
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage());
        }
        return values;
    }
}
