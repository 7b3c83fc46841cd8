package io.heliograph.user.session;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The answer to a sign-in. {@code expiresIn} is in seconds and speaks of the access token. */
public record TokenPair(
        String accessToken,
        @Schema(examples = "Bearer") String tokenType,
        @Schema(examples = "900") long expiresIn,
        String refreshToken) {}
