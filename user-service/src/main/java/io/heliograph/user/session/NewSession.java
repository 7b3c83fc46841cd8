package io.heliograph.user.session;

import java.util.List;
import java.util.UUID;

/** A session that was opened, and the oldest sessions of the same user, which were ended because of the limit. */
record NewSession(Session session, List<UUID> ended) {}
