package io.heliograph.message.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \t\r\n",
                "\u00A0\u2003\u3000",
                "\u200B\u200C\u200D\u2060\uFEFF",
                "\u202E\u2066\u2069",
                "\u3164\u115F\uFFA0\u2800",
                "\u0301",
                "\uFE0F",
                "\uDB40\uDC41",
                "\u00AD"
            })
    void shouldTreatInvisibleCharactersAsBlank(String text) {
        assertThat(VisibleText.isBlank(text)).isTrue();
        assertThat(VisibleText.isName(VisibleText.foldName(text))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", " a\n", "漢", "👍", "👩‍👩‍👧", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "\u202Eabc", "é", "🫩"})
    void shouldFindVisibleCharacters(String text) {
        assertThat(VisibleText.isBlank(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "general",
                "C++ / Java",
                "Ünïcödé",
                "日本語 の 部屋",
                "می‌خواهم",
                "👩‍💻 devs",
                "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
                "हिन्दी",
                "μService",
                "ไทย"
            })
    void shouldAcceptNamesOfAnyScript(String name) {
        assertThat(VisibleText.isName(VisibleText.foldName(name))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two\nlines",
                "two\u2028lines",
                "tab\tin it",
                "\u202Egnihtyna",
                "a\u2066b\u2069",
                "a\u200Fb",
                "a\u200Bb",
                "a\uFEFFb",
                "ab\u200D",
                " \u200Da",
                "a\u0300\u0301\u0302\u0303\u0304\u0305",
                "a\uE000",
                "a\uFFFFb",
                "a\u3164b"
            })
    void shouldRejectNamesWithControlOrInvisibleCharacters(String name) {
        assertThat(VisibleText.isName(VisibleText.foldName(name))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"  a  b ,a b", "a\u00A0b,a b", "e\u0301,\u00E9"})
    void shouldNormalizeAName(String typed, String folded) {
        assertThat(VisibleText.foldName(typed)).isEqualTo(folded);
    }
}
