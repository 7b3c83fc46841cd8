package io.heliograph.user.session;

import io.heliograph.user.token.Subject;
import java.util.UUID;

/** Who is signed in, as the tokens of this session say it. */
record Session(UUID id, Subject subject) {

    UUID user() {
        return subject.id();
    }
}
