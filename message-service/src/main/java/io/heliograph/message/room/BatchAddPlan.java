package io.heliograph.message.room;

import io.heliograph.message.room.BatchAddResult.Item;
import io.heliograph.message.room.BatchAddResult.Result;
import io.heliograph.message.room.RoomConfig.Adding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Decides for each of many users whether they are added or invited, and with which result. */
final class BatchAddPlan {

    private final List<Item> items = new ArrayList<>();
    private final List<UUID> added = new ArrayList<>();
    private final List<UUID> invited = new ArrayList<>();

    /** {@code full} are those who can be in no more rooms. */
    static BatchAddPlan of(List<MembershipStatus> standings, Set<UUID> full, Adding adding) {
        BatchAddPlan plan = new BatchAddPlan();
        standings.forEach(standing -> plan.items.add(plan.item(standing, full, adding)));
        return plan;
    }

    UUID[] added() {
        return added.toArray(UUID[]::new);
    }

    List<UUID> invited() {
        return List.copyOf(invited);
    }

    List<Role> roles() {
        return invited.stream().map(person -> Role.MEMBER).toList();
    }

    /** The items, now that it is known who could be invited. */
    List<Item> items(List<UUID> reached) {
        Set<UUID> asked = new HashSet<>(reached);
        return items.stream()
                .map(item -> item.result() != Result.INVITED || asked.contains(item.user())
                        ? item
                        : Item.refused(item.user(), "too_many_invitations"))
                .toList();
    }

    private Item item(MembershipStatus standing, Set<UUID> full, Adding adding) {
        UUID person = standing.person();
        if (standing.isMember()) {
            return Item.of(person, Result.MEMBER);
        } else if (standing.blocks()) {
            return Item.refused(person, "blocked");
        } else if (standing.departed() || adding == Adding.INVITATION) {
            invited.add(person);
            return Item.of(person, Result.INVITED);
        } else if (full.contains(person)) {
            return Item.refused(person, "too_many_rooms");
        }
        added.add(person);
        return Item.of(person, Result.ADDED);
    }
}
