package io.heliograph.user.oauth;

import jakarta.ws.rs.core.Response.Status;

/** The rejection of a token request (RFC 6749, 5.2): a code of that document and a sentence for developers. */
final class OAuthException extends RuntimeException {

    private final transient Status status;
    private final String error;

    private OAuthException(Status status, String error, String description) {
        // Without a stack trace: this is an expected answer.
        super(description, null, false, false);
        this.status = status;
        this.error = error;
    }

    static OAuthException invalidRequest(String description) {
        return new OAuthException(Status.BAD_REQUEST, "invalid_request", description);
    }

    /** The same for an unknown client and a wrong secret. */
    static OAuthException invalidClient() {
        return new OAuthException(
                Status.UNAUTHORIZED, "invalid_client", "There is no service account with this id and secret.");
    }

    static OAuthException invalidGrant(String description) {
        return new OAuthException(Status.BAD_REQUEST, "invalid_grant", description);
    }

    static OAuthException unauthorizedClient(String description) {
        return new OAuthException(Status.BAD_REQUEST, "unauthorized_client", description);
    }

    static OAuthException unsupportedGrantType(String description) {
        return new OAuthException(Status.BAD_REQUEST, "unsupported_grant_type", description);
    }

    static OAuthException invalidScope() {
        return new OAuthException(
                Status.BAD_REQUEST, "invalid_scope", "scope must name roles of the account, between spaces.");
    }

    Status status() {
        return status;
    }

    String error() {
        return error;
    }
}
