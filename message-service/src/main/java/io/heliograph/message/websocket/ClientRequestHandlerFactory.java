package io.heliograph.message.websocket;

import io.heliograph.message.account.AccountEvents;
import io.heliograph.message.event.EventPublisher;
import io.heliograph.message.message.read.ReadMarks;
import io.heliograph.message.message.send.GroupCommit;
import io.heliograph.message.overload.OverloadControl;
import io.heliograph.message.presence.Presence;
import io.heliograph.message.profile.UserProfiles;
import jakarta.inject.Singleton;

/** Creates the request handler of each session. */
@Singleton
final class ClientRequestHandlerFactory {

    private final OverloadControl overload;
    private final JoinService joins;
    private final GroupCommit commits;
    private final Presence presence;
    private final ReadMarks marks;
    private final EventPublisher events;
    private final UserProfiles profiles;
    private final SocketConfig config;
    private final AccountEvents accounts;

    ClientRequestHandlerFactory(
            OverloadControl overload,
            JoinService joins,
            GroupCommit commits,
            Presence presence,
            ReadMarks marks,
            EventPublisher events,
            UserProfiles profiles,
            SocketConfig config,
            AccountEvents accounts) {
        this.overload = overload;
        this.joins = joins;
        this.commits = commits;
        this.presence = presence;
        this.marks = marks;
        this.events = events;
        this.profiles = profiles;
        this.config = config;
        this.accounts = accounts;
    }

    ClientRequestHandler create(ResponseWriter responses, InFlightLimit inFlight) {
        JoinedRooms joinedRooms = new JoinedRooms(responses.out(), config::maxRooms);
        return new ClientRequestHandler(
                overload,
                joins,
                commits,
                presence,
                marks,
                events,
                profiles,
                responses,
                new RoomRequestQueue(inFlight),
                joinedRooms,
                new AccountConnection(accounts, responses.out(), joinedRooms));
    }
}
