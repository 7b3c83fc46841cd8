package io.heliograph.message.websocket;

import io.heliograph.message.delivery.LiveDelivery;
import io.heliograph.message.message.Sender;
import io.heliograph.message.presence.Presence;
import io.heliograph.message.room.RoomAccess;
import io.heliograph.message.room.RoomView;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import jakarta.inject.Singleton;

/** Checks a join and enters the room: first its live delivery, then its presence. */
@Singleton
final class JoinService {

    private final RoomAccess rooms;
    private final LiveDelivery delivery;
    private final Presence presence;

    JoinService(RoomAccess rooms, LiveDelivery delivery, Presence presence) {
        this.rooms = rooms;
        this.delivery = delivery;
        this.presence = presence;
    }

    /** Each success is either subscribed or left by {@link JoinResult#leave}. Fails like {@link RoomAccess#joined}. */
    Future<JoinResult> join(ClientRequest.Join join, Sender user, EventLoop loop) {
        return rooms.joined(join.room(), user.id())
                .compose(view -> checkAfter(join, view))
                .compose(view -> enter(view, user, loop));
    }

    private static Future<RoomView> checkAfter(ClientRequest.Join join, RoomView view) {
        return join.after() == null || join.after() <= view.room().rev()
                ? Future.succeededFuture(view)
                : Future.failedFuture(RoomAccess.afterBeyondEnd());
    }

    /** Subscribes first, so that this replica receives presence events while it reads the roster. */
    private Future<JoinResult> enter(RoomView view, Sender user, EventLoop loop) {
        return delivery.enter(view.room().id(), loop)
                .compose(subscribers -> presence.enter(view.room().id(), user)
                        .map(handle -> new JoinResult(view, subscribers, handle)));
    }
}
