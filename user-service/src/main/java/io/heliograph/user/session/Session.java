package io.heliograph.user.session;

import io.heliograph.user.token.Subject;
import java.time.Instant;
import java.util.UUID;

/** Who is signed in, as the tokens of this session say it, and since when: renewals do not change that. */
record Session(UUID id, Subject subject, Instant signedInAt) {

    UUID user() {
        return subject.id();
    }
}
