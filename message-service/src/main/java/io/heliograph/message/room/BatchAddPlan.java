package io.heliograph.message.room;

import io.heliograph.message.room.BatchAddResult.Item;
import io.heliograph.message.room.BatchAddResult.Result;
import io.heliograph.message.room.RoomConfig.AddPolicy;
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

    /** {@code full} are those who can be in no more rooms; {@code authority} is that of the caller over every room. */
    static BatchAddPlan of(List<MembershipStatus> statuses, Set<UUID> full, AddPolicy addPolicy, boolean authority) {
        BatchAddPlan plan = new BatchAddPlan();
        statuses.forEach(status -> plan.items.add(plan.item(status, full, addPolicy, authority)));
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

    /** The items, once it is known which users could be invited. */
    List<Item> items(List<UUID> reached) {
        Set<UUID> asked = new HashSet<>(reached);
        return items.stream()
                .map(item -> item.result() != Result.INVITED || asked.contains(item.user())
                        ? item
                        : Item.refused(item.user(), "too_many_invitations"))
                .toList();
    }

    private Item item(MembershipStatus status, Set<UUID> full, AddPolicy addPolicy, boolean authority) {
        UUID person = status.person();
        if (status.isMember()) {
            return Item.of(person, Result.MEMBER);
        } else if (status.banned()) {
            return Item.refused(person, "banned");
        } else if (status.blocks() && !authority) {
            return Item.refused(person, "blocked");
        } else if (status.departed() || (addPolicy == AddPolicy.INVITATION && !authority)) {
            invited.add(person);
            return Item.of(person, Result.INVITED);
        } else if (full.contains(person)) {
            return Item.refused(person, "too_many_rooms");
        }
        added.add(person);
        return Item.of(person, Result.ADDED);
    }
}
