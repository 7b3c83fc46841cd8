package io.heliograph.user.session;

import io.heliograph.user.token.Subject;
import java.time.Instant;
import java.util.UUID;

/** A session of a user, as its tokens have it, with the time of the sign-in, which renewals do not change. */
record Session(UUID id, Subject subject, Instant signedInAt) {

    UUID user() {
        return subject.id();
    }
}
