package io.heliograph.user.external;

import java.util.Set;
import java.util.UUID;

/**
 * A user of another issuer. {@code id} is made of {@code issuer} and {@code subject}; {@code
 * signedInAt} is in seconds since 1970, 0 if the issuer does not say.
 */
record ExternalIdentity(
        UUID id, String issuer, String subject, ProfileClaims profile, Set<String> roles, long signedInAt) {}
