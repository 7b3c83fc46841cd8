package io.heliograph.user.session;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The response to a sign-in. {@code expiresIn} is that of the access token, in seconds. */
public record TokenPair(
        String accessToken,
        @Schema(examples = "Bearer") String tokenType,
        @Schema(examples = "900") long expiresIn,
        String refreshToken) {}
