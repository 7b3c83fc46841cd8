package io.heliograph.gateway.cache;

import java.util.LinkedHashMap;
import java.util.Map;

/** Purges by generation: the latest few, and up to which the older ones are forgotten. Guarded by its user. */
final class GenerationLog<K> {

    private final int most;
    private final Map<K, Long> generations = new LinkedHashMap<>();

    GenerationLog(int most) {
        this.most = most;
    }

    /** The latest generation that is forgotten by this; 0 if none is. */
    long put(K purge, long generation) {
        Long before = generations.remove(purge);
        generations.put(purge, before == null ? generation : Math.max(before, generation));
        if (generations.size() <= most) {
            return 0;
        }
        Map.Entry<K, Long> eldest = generations.entrySet().iterator().next();
        generations.remove(eldest.getKey());
        return eldest.getValue();
    }

    boolean isLater(K purge, long generation) {
        Long purged = generations.get(purge);
        return purged != null && purged > generation;
    }

    Map<K, Long> all() {
        return generations;
    }
}
