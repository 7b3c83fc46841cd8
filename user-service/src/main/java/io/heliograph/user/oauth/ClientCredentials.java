package io.heliograph.user.oauth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The id and the secret by which a client authenticates (RFC 6749, 2.3.1). */
record ClientCredentials(String id, String secret) {

    private static final String SCHEME = "Basic ";
    /** Ids have 36 characters and secrets 48; longer values than this are rejected. */
    private static final int LONGEST = 256;

    /** Fails with {@code invalid_request} for credentials in both places, and with {@code invalid_client} for none. */
    static ClientCredentials of(String authorization, FormParameters form) {
        boolean inHeader = authorization != null;
        boolean inBody = form.has("client_secret");
        if (inHeader && inBody) {
            throw OAuthException.invalidRequest("The client authenticates by the header or by the body, not by both.");
        }
        ClientCredentials credentials = inHeader
                ? ofHeader(authorization)
                : new ClientCredentials(form.get("client_id"), form.get("client_secret"));
        if (credentials.isNone()) {
            throw OAuthException.invalidClient();
        } else if (inHeader && form.has("client_id") && !form.get("client_id").equals(credentials.id())) {
            throw OAuthException.invalidRequest("client_id names another client than the header.");
        }
        return credentials;
    }

    /** Both are form-encoded before they are joined. */
    private static ClientCredentials ofHeader(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw OAuthException.invalidClient();
        }
        String joined = decode(authorization.substring(SCHEME.length()).trim());
        int colon = joined.indexOf(':');
        if (colon < 0) {
            throw OAuthException.invalidClient();
        }
        return new ClientCredentials(
                FormParameters.decode(joined.substring(0, colon)), FormParameters.decode(joined.substring(colon + 1)));
    }

    private static String decode(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw OAuthException.invalidClient();
        }
    }

    private boolean isNone() {
        return id == null || secret == null || id.length() > LONGEST || secret.length() > LONGEST;
    }

    /** Does not include the secret. */
    @Override
    public String toString() {
        return "ClientCredentials";
    }
}
