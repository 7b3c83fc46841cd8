package io.heliograph.message.room;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One step of removing a deleted account from its rooms.
 *
 * @param worked whether it removed a membership
 * @param removed the rooms removed with it
 * @param heirs the members who became owners because no owner was left, by room
 */
record AccountRemovalStep(boolean worked, List<UUID> removed, Map<UUID, UUID> heirs) {

    static final AccountRemovalStep NONE = new AccountRemovalStep(false, List.of(), Map.of());
}
