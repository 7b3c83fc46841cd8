package io.heliograph.message.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A line of {@code texts.tsv}: a text, a query, and whether the query finds the text. */
record SearchExample(String text, String query, boolean found) {

    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-F]{4})");

    static List<SearchExample> all() {
        try (InputStream table = SearchExample.class.getResourceAsStream("texts.tsv")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("# "))
                    .map(SearchExample::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<SearchExample> stream() {
        return all().stream();
    }

    private static SearchExample of(String line) {
        String[] columns = line.split("\t", -1);
        return new SearchExample(unescaped(columns[0]), unescaped(columns[1]), columns[2].equals("yes"));
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll(escape -> Character.toString(Integer.parseInt(escape.group(1), 16)));
    }
}
