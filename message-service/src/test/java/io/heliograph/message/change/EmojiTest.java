package io.heliograph.message.change;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
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
    void shouldKnowAnEmoji(String text) {
        assertThat(Emoji.is(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1", "👍👍", "👍 ", ":thumbsup:", "<b>", "🇩", "\u200D", "é", "漢"})
    void shouldKnowWhatIsNone(String text) {
        assertThat(Emoji.is(text)).isFalse();
    }
}
