package io.heliograph.user.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    private static final Validator VALIDATOR = Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();

    record Names(@Username String username, @EmailAddress String email) {}

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0-_.", "A.b-C_9", "aaaaaaaaaabbbbbbbbbbccccccccccdd"})
    void shouldAcceptUsernamesOfAsciiLettersAndDigits(String username) {
        assertTrue(VALIDATOR.validate(new Names(username, null)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "aaaaaaaaaabbbbbbbbbbccccccccccddd",
                ".ada",
                "_ada",
                "ada lovelace",
                "ada@home",
                // Cyrillic, fullwidth, mathematical, dotless, long s, Kelvin: all like ASCII, or folded to it.
                "аda",
                "ａｄａ",
                "𝐚𝐝𝐚",
                "adaı",
                "adaſ",
                "ada\u212A",
                "ad\u0061\u0301",
                "ada\u200B",
                "ada\u0000",
                "ada\n",
                "ada🚀",
                "עדה123",
                "\u202Eada",
                "ada\uD800",
                "ada'; drop table users; --",
            })
    void shouldRejectOtherUsernames(String username) {
        assertEquals(1, VALIDATOR.validate(new Names(username, null)).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.org",
                "Ada.Lovelace+news@mail.example.co.uk",
                "o'hara@example.org",
                "ada@xn--bcher-kva.example",
                "1@2.3a",
            })
    void shouldAcceptPlausibleAddresses(String email) {
        assertTrue(VALIDATOR.validate(new Names(null, email)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "ada@",
                "@example.org",
                "ada@localhost",
                "a b@example.org",
                "a@b@example.org",
                "ada@example..org",
                "ada@-example.org",
                "ada@example-.org",
                "ada@example.org.",
                "<ada@example.org>",
                "ada@example.org\u0000",
                "ada@example.org\n",
                "ада@example.org",
                "ada@exаmple.org",
                "ada@ｅxample.org",
                "ada@bücher.example",
                "\"'; drop table users; --\"@example.org",
            })
    void shouldRejectAnInvalidAddress(String email) {
        assertEquals(1, VALIDATOR.validate(new Names(null, email)).size());
    }

    @Test
    void shouldRejectAnAddressThatIsTooLong() {
        String domain = "." + "b".repeat(63);
        String longest = "a".repeat(62) + "@b" + domain.repeat(2) + "." + "c".repeat(61);
        assertEquals(254, longest.length());
        assertTrue(VALIDATOR.validate(new Names(null, longest)).isEmpty());
        assertFalse(VALIDATOR.validate(new Names(null, longest + "c")).isEmpty());
        assertFalse(VALIDATOR
                .validate(new Names(null, "a".repeat(65) + "@example.org"))
                .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "Ada Lovelace",
                "O'Hara-Smith, Jr.",
                "名前 👩‍🚀",
                "ישראל ישראלי",
                "محمد علی",
                // With joiners where Persian, Hindi and Sinhala need them.
                "علی\u200Cرضا",
                "क्\u200Dष",
                "ශ්\u200Dරී",
                // A heart in its colour, a keycap, skin tones and two people, a flag, a nod, one newer than this Java.
                "❤️ Ada",
                "1️⃣",
                "🤵🏽‍♀️",
                "🇬🇧 🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F",
                "🙂‍↔️",
                "🫱🏻‍🫲🏿",
                // The family name with one dot less.
                "辻\uDB40\uDD00",
                "Владимир (Vladimir)",
                "Ελένη Smith",
                "Nguyễn Thị Ánh",
                "'; drop table users; --",
                "%_\\",
                "<script>alert(1)</script>",
            })
    void shouldAcceptNamesOfAllScripts(String name) {
        assertTrue(DisplayNames.allow(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u00A0\u3000",
                "a\u0000b",
                "a\nb",
                "a\u001b[31m",
                "a\u2028b",
                // Changes the direction of the text.
                "\u202Egnp.exe",
                "a\u2067b",
                "a\u200Fb",
                // Invisible.
                "ad\u200Bmin",
                "ad\u200Dmin",
                "ad\u200Cmin",
                "ad\u2060min",
                "ad\u00ADmin",
                "\uFEFFadmin",
                "admin\uFE0F",
                "ad\u034Fmin",
                "\u3164",
                "\u2800",
                "\u115F\u1160",
                "admin\uDB40\uDC61",
                "辻 \uDB40\uDD00",
                "👩\u200D",
                "\u200D👩",
                "👩\u200Da",
                // Not a character, or one for private use.
                "a\uD800",
                "\uDC00a",
                "a\uE000",
                "a\uFFFE",
                "a\uFFFD",
                // Combining marks without a base, or too many of them.
                "\u0301a",
                "a\u0316\u0317\u0318\u0319\u031C",
                // Latin with one letter of another alphabet.
                "аdmin",
                "admіn",
                "Αdmin",
                "ad\u0301mіn",
                "Ꭺdmin",
                "admin-аdmin",
            })
    void shouldRejectNamesWithInvisibleCharactersOrMixedScripts(String name) {
        assertFalse(DisplayNames.allow(name));
    }

    @Test
    void shouldCountCharactersInsteadOfUtf16Units() {
        assertTrue(DisplayNames.allow("🚀".repeat(64)));
        assertFalse(DisplayNames.allow("🚀".repeat(65)));
        assertFalse(DisplayNames.allow("x".repeat(65)));
        assertTrue(DisplayNames.allow("e\u0301".repeat(64)));
    }

    @Test
    @Timeout(60)
    void shouldRejectNamesThatInviteBacktrackingInTime() {
        assertFalse(DisplayNames.allow("🚀".repeat(63) + "\u200B"));
        assertFalse(DisplayNames.allow("क".repeat(63) + "\u200B"));
        assertFalse(DisplayNames.allow("e\u0301".repeat(1_000_000)));
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Ame\u0301lie,Am\u00E9lie",
                "\u212Bngstr\u00F6m,\u00C5ngstr\u00F6m",
                " Ada  Lovelace ,Ada Lovelace",
                "\u00A0山田\u3000太郎\u2003,山田 太郎",
                "Ada,Ada"
            })
    void shouldNormalizeNames(String typed, String folded) {
        assertEquals(folded, DisplayNames.fold(typed));
        assertEquals(folded, DisplayNames.fold(folded));
    }
}
