package io.heliograph.auth.revocation;

import java.util.Optional;
import java.util.UUID;

/** The session or the user whose access tokens are no longer accepted. */
public sealed interface Revocation {

    /** In place of {@code user}: their tokens are accepted again. */
    String RESTORED = "restored:";

    /** Those of one session, by the {@code sid} that they carry. */
    record OfSession(String id) implements Revocation {

        /** Session ids have 36 characters; longer values could fill the memory. */
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

    /** The user of this member of the set in Redis whose revocation has ended; empty if it says something else. */
    static Optional<Revocation> parseRestored(String member) {
        return member.startsWith(RESTORED) ? OfUser.parse(member.substring(RESTORED.length())) : Optional.empty();
    }

    /** The revocation that this member of the set in Redis stands for; empty if it has no known form. */
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
