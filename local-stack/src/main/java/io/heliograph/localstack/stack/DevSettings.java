package io.heliograph.localstack.stack;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The settings that {@code quarkus:dev} of a service reads from a file, in place of the environment that a stack gives to
 * the processes it starts itself.
 */
final class DevSettings {

    private final Properties properties = new Properties();

    /**
     * @param stores variables of the environment, each of a setting without hyphens
     * @param others by the names of the settings
     */
    DevSettings(Map<String, String> stores, Map<String, String> others) {
        stores.forEach((variable, value) ->
                properties.setProperty(variable.toLowerCase(Locale.ROOT).replace('_', '.'), value));
        properties.putAll(others);
    }

    /** The file appears whole, and is readable by its owner alone. */
    void write(Path file) throws IOException {
        // Temporary files are the owner's alone (0600), and stay so when moved.
        Path draft = Files.createTempFile(file.getParent(), "dev", ".tmp");
        try (Writer writer = Files.newBufferedWriter(draft)) {
            properties.store(writer, "For quarkus:dev, while the stack runs");
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
