package io.heliograph.user.signin.password;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/** Normalizes a password before it is measured, compared and hashed, since keyboards and systems encode it differently. */
final class PasswordNormalizer {

    private PasswordNormalizer() {}

    /** By compatibility (NIST SP 800-63B-4, 3.1.1.2: NFKC or NFKD). */
    static String of(String password) {
        return Normalizer.normalize(password, Form.NFKC);
    }
}
