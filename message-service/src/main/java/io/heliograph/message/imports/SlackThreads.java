package io.heliograph.message.imports;

import java.util.LinkedHashMap;
import java.util.Map;

/** The parent messages of the threads of a channel, which replies quote. The oldest are dropped past a bound. */
final class SlackThreads {

    /** The most threads, at some 400 bytes each. */
    private static final int MAX_THREADS = 20_000;

    /** The most characters of a quote: enough to recognize a message. */
    private static final int MAX_QUOTE = 80;

    private final Map<String, String> quotes = new LinkedHashMap<>();

    void begin(String ts, String author, String content) {
        quotes.put(ts, "> " + author + ": " + beginning(content));
        if (quotes.size() > MAX_THREADS) {
            quotes.remove(quotes.keySet().iterator().next());
        }
    }

    /** The quote in one line; null if the parent message was deleted, or follows later in the archive. */
    String quote(String ts) {
        return quotes.get(ts);
    }

    private static String beginning(String content) {
        String line = content.replaceAll("\\s+", " ").strip();
        return line.codePointCount(0, line.length()) <= MAX_QUOTE
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_QUOTE - 1)) + '…';
    }
}
