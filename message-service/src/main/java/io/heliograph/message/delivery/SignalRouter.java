package io.heliograph.message.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Routes signals between replicas, and publishes ephemeral events to the subscribers of a room on any replica. */
@Singleton
public final class SignalRouter {

    private static final String EPHEMERAL = "ephemeral";

    private final DeliveryBus bus;
    private final LiveDelivery delivery;
    private final Map<String, BiConsumer<UUID, byte[]>> listeners = new ConcurrentHashMap<>();

    SignalRouter(DeliveryBus bus, LiveDelivery delivery) {
        this.bus = bus;
        this.delivery = delivery;
    }

    void start(@Observes StartupEvent event) {
        on(EPHEMERAL, this::deliverEphemeral);
        on(Signal.UNSUBSCRIBE, (room, user) -> delivery.unsubscribeLocally(room, Signal.user(new String(user, UTF_8))));
        bus.onSignal(this::arrived);
    }

    /**
     * {@code listener} gets the bodies of the signals of this kind that other replicas send, with the room, or null for
     * those that are sent to all.
     */
    public void on(String kind, BiConsumer<UUID, byte[]> listener) {
        listeners.put(kind, listener);
    }

    /** Sends a signal about this room to the other replicas. */
    public void send(UUID room, Signal signal) {
        bus.publish(room, signal);
    }

    /** Sends a signal to all other replicas, whether or not they have subscribers of a room. */
    public void sendToAll(Signal signal) {
        bus.publish(signal);
    }

    /** Publishes an event to the subscribers of the room on this replica. */
    public void publishLocally(UUID room, EphemeralEvent ephemeral) {
        delivery.deliver(room, ephemeral);
    }

    /** Runs this when all earlier local publishes have been handed to the subscribers. */
    public void afterLocalPublish(UUID room, Runnable next) {
        delivery.afterDelivery(room, next);
    }

    /** Publishes an event to the subscribers of the room on all replicas. */
    public void publish(UUID room, EphemeralEvent ephemeral) {
        publishLocally(room, ephemeral);
        send(room, new Signal(EPHEMERAL, body(ephemeral)));
    }

    /** Ignores unknown kinds, which a newer replica may send. */
    private void arrived(UUID room, Signal signal) {
        listeners.getOrDefault(signal.kind(), (where, unknown) -> {}).accept(room, signal.body());
    }

    private void deliverEphemeral(UUID room, byte[] body) {
        int space = 0;
        while (space < body.length && body[space] != ' ') {
            space++;
        }
        String except = new String(body, 0, space, UTF_8);
        byte[] frame = Arrays.copyOfRange(body, Math.min(space + 1, body.length), body.length);
        publishLocally(room, new EphemeralEvent(Signal.user(except), frame));
    }

    private static byte[] body(EphemeralEvent ephemeral) {
        byte[] head = (Signal.text(ephemeral.except()) + " ").getBytes(UTF_8);
        byte[] body = Arrays.copyOf(head, head.length + ephemeral.frame().length);
        System.arraycopy(ephemeral.frame(), 0, body, head.length, ephemeral.frame().length);
        return body;
    }
}
