package io.heliograph.user.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2Test {

    /** Of the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 */
    private static final String REFERENCE =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    @Test
    void shouldAgreeWithTheReferenceImplementation() {
        assertTrue(Argon2.parse(REFERENCE).matches("password"));
        assertFalse(Argon2.parse(REFERENCE).matches("Password"));
    }

    @Test
    void shouldWriteWhatItReads() {
        assertEquals(REFERENCE, Argon2.parse(REFERENCE).phc());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "password",
                "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
                "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            })
    void shouldReadNothingElse(String text) {
        assertThrows(IllegalArgumentException.class, () -> Argon2.parse(text));
    }
}
