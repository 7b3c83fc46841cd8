package io.heliograph.user.oauth;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The parameters of a form (RFC 6749, section 3.2): a parameter without a value counts as missing, and a repeated one
 * is rejected.
 */
record FormParameters(Map<String, String> values) {

    /** Fails with {@code invalid_request}. */
    static FormParameters parse(byte[] form) {
        Map<String, String> values = new HashMap<>();
        for (String pair : text(form).split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (value.indexOf('\0') >= 0) {
                throw OAuthException.invalidRequest("The body must not contain NUL.");
            }
            if (!value.isEmpty() && values.put(name, value) != null) {
                throw OAuthException.invalidRequest("A parameter comes twice.");
            }
        }
        return new FormParameters(values);
    }

    /** Decodes a form-encoded text. Fails with {@code invalid_request}. */
    static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw OAuthException.invalidRequest("The form is not encoded as it should be.");
        }
    }

    /** Null if there is none. */
    String get(String name) {
        return values.get(name);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Does not include the values: one of them is a secret. */
    @Override
    public String toString() {
        return "FormParameters";
    }

    private static String text(byte[] form) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(form))
                    .toString();
        } catch (CharacterCodingException e) {
            throw OAuthException.invalidRequest("The body is not UTF-8.");
        }
    }
}
