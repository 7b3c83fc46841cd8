package io.heliograph.message.message.change;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The emoji that Unicode recommends for interchange (RGI_Emoji). Java 17 has no emoji property, and ICU4J would add 15
 * MB for the 50 KB of this list, to which each yearly release of Unicode adds some lines.
 */
final class Emoji {

    private static final String RESOURCE = "/emoji.txt";
    private static final String COMMENT = "# ";
    /** Selects the picture instead of the text form. Users and keyboards may omit it. */
    private static final String VARIATION_SELECTOR = "\uFE0F";

    private static final Map<String, String> KNOWN = read();

    private Emoji() {}

    /** The form in which this emoji is stored and compared; empty if the text is not exactly one emoji. */
    static Optional<String> of(String text) {
        return Optional.ofNullable(KNOWN.get(key(text)));
    }

    private static String key(String text) {
        return text.replace(VARIATION_SELECTOR, "");
    }

    private static Map<String, String> read() {
        try (InputStream list = Objects.requireNonNull(Emoji.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            Map<String, String> known = new HashMap<>();
            new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith(COMMENT))
                    .forEach(emoji -> known.put(key(emoji), emoji));
            return Map.copyOf(known);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
