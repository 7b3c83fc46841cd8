package io.heliograph.message.room;

import java.util.List;
import java.util.UUID;

/** A step of a deleted account out of its rooms: whether there was something to do, and the rooms that went with it. */
record AccountRemovalStep(boolean worked, List<UUID> removed) {

    static final AccountRemovalStep NONE = new AccountRemovalStep(false, List.of());
}
