package io.heliograph.message.message.change;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "👍",
                "👍🏽",
                "❤️",
                "❤",
                "🇩🇪",
                "👩‍👩‍👧‍👦",
                "1️⃣",
                "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
                "☕",
                "🫠",
                "©️",
                "🏳️‍🌈"
            })
    void shouldRecognizeAnEmoji(String text) {
        assertThat(Emoji.of(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "1",
                "👍👍",
                "👍 ",
                ":thumbsup:",
                "<b>",
                "🇩",
                "\u200D",
                "é",
                "漢",
                "→",
                "⇒",
                "Ⓐ",
                "①",
                "🏽",
                "\uFE0F",
                "❤\uFE0E",
                "👍\u200D",
                "👍\u200D👍",
                "■",
                "⟰",
                "🇦🇦"
            })
    void shouldRejectOtherText(String text) {
        assertThat(Emoji.of(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"❤, ❤️", "☺, ☺️", "1⃣, 1️⃣", "🏳‍🌈, 🏳️‍🌈"})
    void shouldRecognizeAnEmojiInAllItsForms(String unqualified, String qualified) {
        assertThat(Emoji.of(unqualified)).isEqualTo(Emoji.of(qualified)).contains(qualified);
    }
}
