package io.heliograph.auth.revocation;

import java.util.Optional;
import java.util.UUID;

/** Whose access tokens are good no more. */
public sealed interface Revocation {

    /** Those of one session, by the {@code sid} that they carry. */
    record OfSession(String id) implements Revocation {

        /** Ours have 36 characters; what anyone may write must not fill the memory. */
        private static final int LONGEST = 128;

        private static Optional<Revocation> parse(String id) {
            return id.isEmpty() || id.length() > LONGEST ? Optional.empty() : Optional.of(new OfSession(id));
        }
    }

    /** All of one person, by their {@code sub}. */
    record OfUser(UUID id) implements Revocation {

        private static Optional<Revocation> parse(String id) {
            try {
                return Optional.of(new OfUser(UUID.fromString(id)));
            } catch (IllegalArgumentException noUuid) {
                return Optional.empty();
            }
        }
    }

    /** What this member of the set in Redis says; empty for what is of no known form. */
    static Optional<Revocation> parse(String member) {
        int colon = member.indexOf(':');
        String id = member.substring(colon + 1);
        return switch (member.substring(0, Math.max(0, colon))) {
            case "session" -> OfSession.parse(id);
            case "user" -> OfUser.parse(id);
            default -> Optional.empty();
        };
    }
}
