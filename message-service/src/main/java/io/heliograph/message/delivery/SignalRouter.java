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

/** Tells what may be lost: to those who listen to a room, and to the other replicas on which somebody does. */
@Singleton
public final class SignalRouter {

    private static final String TELL = "tell";
    private static final String EXPEL = "expel";
    /** In place of a user: nobody is left out of what is told, and all are expelled. */
    private static final String NO_ONE_USER = "-";

    private final DeliveryBus bus;
    private final LiveDelivery delivery;
    private final Map<String, BiConsumer<UUID, byte[]>> listeners = new ConcurrentHashMap<>();

    SignalRouter(DeliveryBus bus, LiveDelivery delivery) {
        this.bus = bus;
        this.delivery = delivery;
    }

    void start(@Observes StartupEvent event) {
        on(TELL, this::passOn);
        on(EXPEL, (room, user) -> delivery.expelHere(room, user(new String(user, UTF_8))));
        bus.onSignal(this::arrived);
    }

    /** That this user has to leave a room, or for null everyone. */
    static Signal expulsion(UUID user) {
        return new Signal(EXPEL, text(user).getBytes(UTF_8));
    }

    /** {@code listener} gets the bodies of the signals of this kind that other replicas send. */
    public void on(String kind, BiConsumer<UUID, byte[]> listener) {
        listeners.put(kind, listener);
    }

    /** To the other replicas. */
    public void send(UUID room, Signal signal) {
        bus.publish(room, signal);
    }

    /** To those who listen on this replica. */
    public void tellHere(UUID room, EphemeralEvent ephemeral) {
        delivery.tell(room, ephemeral);
    }

    /** Runs this when all that was to be told here so far is on its way. */
    public void whenToldHere(UUID room, Runnable next) {
        delivery.whenTold(room, next);
    }

    /** To those who listen on any replica. */
    public void tell(UUID room, EphemeralEvent ephemeral) {
        tellHere(room, ephemeral);
        send(room, new Signal(TELL, body(ephemeral)));
    }

    /** Kinds that a newer replica may know are not ours to judge. */
    private void arrived(UUID room, Signal signal) {
        listeners.getOrDefault(signal.kind(), (where, unknown) -> {}).accept(room, signal.body());
    }

    private void passOn(UUID room, byte[] body) {
        int space = 0;
        while (space < body.length && body[space] != ' ') {
            space++;
        }
        String except = new String(body, 0, space, UTF_8);
        byte[] frame = Arrays.copyOfRange(body, Math.min(space + 1, body.length), body.length);
        tellHere(room, new EphemeralEvent(user(except), frame));
    }

    private static byte[] body(EphemeralEvent ephemeral) {
        byte[] head = (text(ephemeral.except()) + " ").getBytes(UTF_8);
        byte[] body = Arrays.copyOf(head, head.length + ephemeral.frame().length);
        System.arraycopy(ephemeral.frame(), 0, body, head.length, ephemeral.frame().length);
        return body;
    }

    private static String text(UUID user) {
        return user == null ? NO_ONE_USER : user.toString();
    }

    private static UUID user(String text) {
        return text.equals(NO_ONE_USER) ? null : UUID.fromString(text);
    }
}
