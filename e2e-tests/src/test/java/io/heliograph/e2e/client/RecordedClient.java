package io.heliograph.e2e.client;

import static org.awaitility.Awaitility.await;

import io.heliograph.client.ClientEvent;
import io.heliograph.client.ConnectionState;
import io.heliograph.client.HeliographClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A client, and what its connection has done so far.
 *
 * @param states in their order
 */
record RecordedClient(HeliographClient client, List<ConnectionState> states) {

    RecordedClient(HeliographClient client) {
        this(client, new CopyOnWriteArrayList<>());
        client.on(ClientEvent.StateChanged.class, event -> states.add(event.state()));
    }

    static boolean isLive(HeliographClient client) {
        return client.state() instanceof ConnectionState.Live;
    }

    RecordedClient awaitLive() {
        await("a live connection").until(() -> isLive(client));
        return this;
    }

    ConnectionState.Stopped awaitStopped() {
        await("the end of the connection").until(() -> client.state() instanceof ConnectionState.Stopped);
        return (ConnectionState.Stopped) client.state();
    }

    /** How often it has been live. */
    long lives() {
        return states.stream().filter(ConnectionState.Live.class::isInstance).count();
    }

    /** Whether it has had one connection, which it still has. */
    boolean isUnbroken() {
        return states.equals(List.of(new ConnectionState.Connecting(), new ConnectionState.Live()));
    }
}
