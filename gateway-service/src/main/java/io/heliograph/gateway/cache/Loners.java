package io.heliograph.gateway.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * The addresses whose answers turned out to be for one request only. Those who ask for these do not wait for each other
 * for a while: what one gets would help no other, and they would be served one by one.
 */
@Singleton
final class Loners {

    /** Until then an address that starts to have answers for all is asked for by each; later by one for all. */
    private static final Duration WHILE = Duration.ofSeconds(10);

    private final Cache<String, Boolean> known = Caffeine.newBuilder()
            .expireAfterWrite(WHILE)
            .maximumSize(10_000)
            .executor(Runnable::run)
            .build();

    boolean contains(Ask ask) {
        return known.getIfPresent(key(ask)) != null;
    }

    void add(Ask ask) {
        known.put(key(ask), Boolean.TRUE);
    }

    void remove(Ask ask) {
        known.invalidate(key(ask));
    }

    /** What is for one who shows who asks may be for all who do not. */
    private static String key(Ask ask) {
        return ask.isPersonal() ? ask.key() + '\n' : ask.key();
    }
}
