package io.heliograph.user.session;

import java.util.List;
import java.util.UUID;

/** A session that was opened, and the sessions of the same user that were ended for it. */
record NewSession(Session session, List<UUID> ended) {}
