package io.heliograph.user.session;

/** The answer to a sign-in. {@code expiresIn} is in seconds and speaks of the access token. */
public record TokenPair(String accessToken, String tokenType, long expiresIn, String refreshToken) {}
