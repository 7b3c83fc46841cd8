package io.heliograph.user.signin.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class PasswordRulesTest {

    @Inject
    PasswordRules rules;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ninechars",
                "          ",
                "\t\t\t\t\t\t\t\t\t\t\t\t",
                "aaaaaaaaaa",
                "AaAaAaAaAaAa",
                "ababababababab",
                "abcabcabcabcabc",
                "abcdefghijkl",
                "9876543210",
                "1234567890",
                "\uff41\uff41\uff41\uff41\uff41\uff41\uff41\uff41\uff41\uff41",
                "Qwertyuiop",
                "1q2w3e4r5t",
                "PASSWORD123",
                "password1234"
            })
    void shouldRejectCommonPasswords(String password) {
        assertThat(rules.objection(password)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse",
                "battery staple",
                "tencharsok",
                "caf\u00e9 au lait",
                "\u5bc6\u7801\u5f88\u96be\u731c\u5230\u7684\u5566\u5427\u54e6",
                "heliograph-benchmark"
            })
    void shouldAcceptOtherPasswords(String password) {
        assertThat(rules.objection(password)).isEmpty();
    }

    @Test
    void shouldCountCharactersInsteadOfUtf16Units() {
        assertThat(rules.objection("e\u0301".repeat(3) + "abcdef")).isPresent();
        assertThat(rules.objection("\ud83d\ude00\ud83d\ude01\ud83d\ude02\ud83d\ude03abcde"))
                .isPresent();
        assertThat(rules.objection("x1y2z3w4".repeat(16))).isEmpty();
        assertThat(rules.objection("x1y2z3w4".repeat(16) + "x")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "Heliograph1!, false",
        "heliograph 2026, false",
        "Ada.Lovelace, false",
        "ada-lovelace-99, false",
        "lady@example.org, false",
        "countess1815, false",
        "ada at the engine, true"
    })
    void shouldRejectTheNamesOfTheOwnerAndOfTheProduct(String password, boolean good) {
        assertThat(PasswordRules.objection("password", password, "ada_lovelace", "lady@example.org", "Countess")
                        .isEmpty())
                .isEqualTo(good);
    }
}
