package io.heliograph.gateway.routing;

import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * The file with routes, upstreams and limits. A change is detected by the content, since Kubernetes replaces a parent
 * link and modification times are coarse.
 */
final class ConfigFile {

    private static final String KEY = "config-file";

    /** Enough for some thousands of routes. */
    private static final long MAX_BYTES = 1024 * 1024;

    private final Path path;
    private Content last;

    /** The text of the file, or the reason why it cannot be read; the other is null. */
    private record Content(String text, String failure) {}

    ConfigFile(Path path) {
        this.path = path;
    }

    Map<String, String> read() {
        last = content();
        return parse(last);
    }

    /** The settings if the content has changed since the last read, else null. */
    Map<String, String> readIfChanged() {
        Content now = content();
        if (now.equals(last)) {
            return null;
        }
        last = now;
        return parse(now);
    }

    private Content content() {
        try {
            if (Files.size(path) > MAX_BYTES) {
                return new Content(null, path + " is larger than " + MAX_BYTES + " bytes");
            }
            return new Content(Files.readString(path), null);
        } catch (IOException e) {
            return new Content(null, path + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private Map<String, String> parse(Content content) {
        if (content.failure() != null) {
            throw new InvalidConfigurationException(KEY, content.failure());
        }
        try {
            return isYaml()
                    ? new YamlConfigSource(path.toString(), content.text()).getProperties()
                    : properties(content.text());
        } catch (IOException | RuntimeException e) {
            throw new InvalidConfigurationException(KEY, path + " cannot be understood: " + e.getMessage());
        }
    }

    private boolean isYaml() {
        return path.toString().endsWith(".yaml") || path.toString().endsWith(".yml");
    }

    private static Map<String, String> properties(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }
}
