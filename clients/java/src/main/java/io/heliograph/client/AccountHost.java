package io.heliograph.client;

import java.util.Map;

/** Holds the rooms of an account. */
interface AccountHost extends RoomHost {

    /** The rooms that the client knows, by id. */
    Map<String, Room> rooms();

    /** The room of this id, which may be new to the client. */
    Room room(String id);

    /** The number of rooms that a connection may follow. */
    int maxFollowed();

    void publish(AccountEvent event);

    void publish(ClientEvent event);
}
