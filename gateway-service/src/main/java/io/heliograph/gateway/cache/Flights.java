package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.Flight.Landing;
import io.vertx.core.Context;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The questions under way, so that what many want is asked once. */
@Singleton
final class Flights {

    /** Between an address and what answers to it differ by; in no address. */
    private static final char VARIANT = '\n';

    private static final AtomicLong ALONE = new AtomicLong();

    private final Map<String, Flight> underWay = new ConcurrentHashMap<>();

    /** What requests must have in common to wait for one answer; {@code vary} may be null if nothing is known yet. */
    static String key(Ask ask, Variants stored) {
        if (stored == null || stored.vary().isEmpty()) {
            return ask.key();
        }
        StringBuilder key = new StringBuilder(ask.key());
        for (String value : stored.vary().values(ask.headers())) {
            key.append(VARIANT).append(value);
        }
        return key.toString();
    }

    /** Waits for the one under way; null if it does, else a new one, which the caller has to see land. */
    Flight join(String key, Context context, Consumer<Landing> arrival) {
        while (true) {
            Flight begun = new Flight(key);
            Flight other = underWay.putIfAbsent(key, begun);
            if (other == null) {
                return begun;
            }
            if (other.join(context, arrival)) {
                return null;
            }
            underWay.remove(key, other);
        }
    }

    /** A new one that nobody has to wait for; null if there is one under way. */
    Flight begin(String key) {
        Flight begun = new Flight(key);
        return underWay.putIfAbsent(key, begun) == null ? begun : null;
    }

    void land(Flight flight, Landing landing) {
        underWay.remove(flight.key(), flight);
        flight.land(landing);
    }

    /** A new one that nobody can join. */
    Flight alone(String key) {
        Flight begun = new Flight(key + VARIANT + VARIANT + ALONE.incrementAndGet());
        underWay.put(begun.key(), begun);
        return begun;
    }

    /** Nobody joins those to this address any more, and nothing they bring is stored: it may be out of date. */
    void detach(String key) {
        underWay.values().removeIf(flight -> isOf(flight.key(), key) && outdate(flight));
    }

    void detachAll() {
        underWay.values().removeIf(Flights::outdate);
    }

    private static boolean isOf(String flightKey, String key) {
        return flightKey.startsWith(key)
                && (flightKey.length() == key.length() || flightKey.charAt(key.length()) == VARIANT);
    }

    private static boolean outdate(Flight flight) {
        flight.outdate();
        return true;
    }
}
