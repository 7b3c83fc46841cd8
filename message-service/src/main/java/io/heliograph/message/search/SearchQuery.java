package io.heliograph.message.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A query in the syntax of web searches: words that must all occur, {@code "phrases"}, {@code -not}, and {@code or}
 * between alternatives. A word matches the beginning of a word, a phrase matches exactly, and an exclusion matches a
 * whole word. A text without blanks that has several words, such as {@code db.json}, is a phrase of these words.
 */
record SearchQuery(List<Alternative> alternatives) {

    /**
     * Texts that must, and that must not, occur in the spaced text of a message; and the lexemes of each message that
     * has the required texts.
     */
    record Alternative(List<String> required, List<String> excluded, Set<String> lexemes) {

        private boolean matches(String spaced) {
            return required.stream().allMatch(spaced::contains)
                    && excluded.stream().noneMatch(spaced::contains);
        }
    }

    /** Quotes of several languages, since keyboards insert their own. */
    private static final Pattern PART =
            Pattern.compile("(?<not>-?)(?:[\"“”„«»](?<phrase>[^\"“”„«»]*)[\"“”„«»]?|(?<text>[^\\s\"“”„«»]+))");

    private static final String OR = "or";

    /** Empty if an alternative requires no word: it would match almost every message, or none. */
    static Optional<SearchQuery> of(String typed) {
        List<Alternative> alternatives = new ArrayList<>();
        Builder alternative = new Builder();
        Matcher part = PART.matcher(typed);
        while (part.find()) {
            if (OR.equalsIgnoreCase(part.group())) {
                alternative.addTo(alternatives);
                alternative = new Builder();
            } else {
                String phrase = part.group("phrase");
                boolean not = !part.group("not").isEmpty();
                alternative.add(SearchText.of(phrase == null ? part.group("text") : phrase), phrase != null, not);
            }
        }
        alternative.addTo(alternatives);
        boolean answerable = !alternatives.isEmpty()
                && alternatives.stream().noneMatch(each -> each.required().isEmpty());
        return answerable ? Optional.of(new SearchQuery(alternatives)) : Optional.empty();
    }

    /** The text form of a {@code tsquery} for the index. Words contain no quotes and no backslashes. */
    String tsquery() {
        return alternatives.stream()
                .map(each -> each.lexemes().stream().collect(Collectors.joining("' & '", "('", "')")))
                .collect(Collectors.joining(" | "));
    }

    /** The {@code LIKE} patterns of each alternative, one per line. Words contain no wildcards and no line breaks. */
    String[] required() {
        return alternatives.stream().map(each -> patterns(each.required())).toArray(String[]::new);
    }

    String[] excluded() {
        return alternatives.stream().map(each -> patterns(each.excluded())).toArray(String[]::new);
    }

    boolean matches(SearchText text) {
        String spaced = text.spaced();
        return alternatives.stream().anyMatch(each -> each.matches(spaced));
    }

    private static String patterns(List<String> parts) {
        return parts.stream().map(part -> "%" + part + "%").collect(Collectors.joining("\n"));
    }

    private static final class Builder {

        private final List<String> required = new ArrayList<>();
        private final List<String> excluded = new ArrayList<>();
        private final Set<String> lexemes = new LinkedHashSet<>();

        void add(SearchText text, boolean phrase, boolean not) {
            if (!text.isEmpty()) {
                String spaced = text.spaced();
                String part = phrase || not ? spaced : spaced.substring(0, spaced.length() - 1);
                (not ? excluded : required).add(part);
                if (!not) {
                    lexemes.addAll(text.lookup());
                }
            }
        }

        /** Ignores an alternative without words, such as after an {@code or} at the end. */
        void addTo(List<Alternative> alternatives) {
            if (!required.isEmpty() || !excluded.isEmpty()) {
                alternatives.add(new Alternative(List.copyOf(required), List.copyOf(excluded), Set.copyOf(lexemes)));
            }
        }
    }
}
