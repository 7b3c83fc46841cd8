package io.heliograph.user.session;

import java.util.List;
import java.util.UUID;

/** Who is signed in, as the tokens of this session say it. */
record Session(UUID id, UUID user, String username, List<String> roles) {}
