package io.heliograph.user.signin.password;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/** Normalizes passwords before they are measured, compared and hashed, since systems encode them differently. */
final class PasswordNormalizer {

    private PasswordNormalizer() {}

    /** By compatibility (NIST SP 800-63B-4, 3.1.1.2: NFKC or NFKD). */
    static String of(String password) {
        return Normalizer.normalize(password, Form.NFKC);
    }
}
