package io.heliograph.helm;

import java.util.LinkedHashMap;
import java.util.Map;

/** The environment variables of a container. */
final class Environment {

    private Environment() {}

    /** The values by name; {@code secret/key} for one of a secret. A name that occurs twice fails. */
    static Map<String, String> of(Manifest container) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Manifest variable : container.list("env")) {
            String before = values.put(variable.text("name"), value(variable));
            if (before != null) {
                throw new AssertionError(variable.text("name") + " is given twice");
            }
        }
        return values;
    }

    private static String value(Manifest variable) {
        if (variable.find("value").isPresent()) {
            return variable.text("value");
        }
        Manifest secret = variable.at("valueFrom.secretKeyRef");
        return secret.text("name") + "/" + secret.text("key");
    }
}
