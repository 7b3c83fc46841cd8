package io.heliograph.auth;

/**
 * What another issuer claims of a person. The issuer may call them by the username or name of somebody else here.
 *
 * @param subject the value of the configured user claim, 1 to 255 characters without control characters
 * @param username null if the token has none
 * @param email null if the token has none that the issuer has verified
 * @param name null if the token has none
 */
public record ExternalClaims(String issuer, String subject, String username, String email, String name) {}
