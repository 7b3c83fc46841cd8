package io.heliograph.gateway.routing;

import io.smallrye.config.ConfigValidationException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An invalid configuration: the key and the reason. */
public final class InvalidConfigurationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private static final String PREFIX = "heliograph.gateway.";

    /** SmallRye's message for an unknown key. */
    private static final Pattern UNKNOWN = Pattern.compile("SRCFG00050: (\\S+) in .*");

    /** @param key with or without the prefix of all keys of the gateway */
    InvalidConfigurationException(String key, String reason) {
        super((key.startsWith(PREFIX) ? key : PREFIX + key) + ": " + reason);
    }

    /** Unknown or missing keys, and values of the wrong type. */
    InvalidConfigurationException(ConfigValidationException mistakes) {
        super(messages(mistakes));
    }

    private static String messages(ConfigValidationException mistakes) {
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < mistakes.getProblemCount(); i++) {
            String message = mistakes.getProblem(i).getMessage();
            Matcher unknown = UNKNOWN.matcher(message);
            messages.add(unknown.matches() ? unknown.group(1) + ": unknown setting" : message);
        }
        return String.join("; ", messages);
    }

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
}
