package io.heliograph.message.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchQueryTest {

    @ParameterizedTest
    @MethodSource("io.heliograph.message.search.SearchExample#stream")
    void shouldFindEachWordAndItsPrefixes(SearchExample example) {
        SearchText text = SearchText.of(example.text());
        SearchQuery query = SearchQuery.of(example.query()).orElseThrow();

        assertThat(query.matches(text)).isEqualTo(example.found());
        if (example.found()) {
            assertThat(query.alternatives())
                    .as("the index leads to what matches")
                    .anySatisfy(each -> assertThat(text.lexemes()).containsAll(each.lexemes()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "!!!", "-sun", "or", "sun or -moon", "\"\"", "-\"a b\"", "<->"})
    void shouldRequireAWord(String typed) {
        assertThat(SearchQuery.of(typed)).isEmpty();
    }

    @Test
    void shouldFindAWordOverTheBoundByItsPrefix() {
        String word = "w".repeat(60) + "xyz".repeat(60);
        SearchText text = SearchText.of("before " + word + " after");

        for (String typed :
                List.of(word, word.substring(0, 64), word.substring(0, 10), "\"before " + word + " after\"")) {
            SearchQuery query = SearchQuery.of(typed).orElseThrow();
            assertThat(query.matches(text)).isTrue();
            assertThat(text.lexemes()).containsAll(query.alternatives().get(0).lexemes());
        }
        assertThat(text.lexemes()).allMatch(lexeme -> lexeme.length() <= 64);
    }

    @Test
    void shouldMatchAPhraseAfterManyRepetitions() {
        SearchText text = SearchText.of("na ".repeat(1000) + "batman");

        assertThat(SearchQuery.of("\"na batman\"").orElseThrow().matches(text)).isTrue();
        assertThat(SearchQuery.of("\"batman na\"").orElseThrow().matches(text)).isFalse();
    }

    @Test
    void shouldKeepTheLexemesOfAnyTextBelowTheLimitOfPostgres() {
        StringBuilder longest = new StringBuilder();
        for (int point = 0x4E00; longest.length() < 8_000; point++) {
            longest.appendCodePoint(point);
        }
        for (String content : List.of(longest.toString(), "\uFDFA ".repeat(4_000), "\uFDFA".repeat(8_000))) {
            assertThat(SearchText.of(content).lexemes().stream()
                            .mapToInt(lexeme -> lexeme.length() * 3)
                            .sum())
                    .isLessThan(1 << 20);
        }
    }

    @Test
    void shouldIndexNoCharactersThatNeedQuoting() {
        String every = java.util.stream.IntStream.range(1, 0x110000)
                .filter(point -> point < 0xD800 || point > 0xDFFF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();

        assertThat(SearchText.of(every).words())
                .noneMatch(word -> word.chars().anyMatch(c -> c < ' ' || "'\\%_ ".indexOf(c) >= 0));
    }
}
