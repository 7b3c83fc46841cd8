package io.heliograph.user.signin.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonPasswordsTest {

    private final CommonPasswords common = CommonPasswords.load();

    /** Also that the file is in the order of its bytes. */
    @Test
    void shouldFindExactlyThePasswordsOfTheFile() throws IOException {
        Set<String> all = new HashSet<>(file());

        assertEquals(16_284, all.size());
        for (String password : all) {
            assertTrue(common.contain(password), password);
            String longer = password + "\u0000";
            assertFalse(common.contain(longer), longer);
            String shorter = password.substring(0, password.length() - 1);
            assertEquals(all.contains(shorter), common.contain(shorter), shorter);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#", "# 16,284 common passwords", "\n", "password\n", "\u0000", "\uffff", "caf\u00e9"})
    void shouldNotFindOtherPasswords(String none) {
        assertFalse(common.contain(none));
    }

    private static List<String> file() throws IOException {
        try (InputStream list = CommonPasswordsTest.class.getResourceAsStream("/common-passwords.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
