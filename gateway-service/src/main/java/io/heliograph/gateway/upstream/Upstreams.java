package io.heliograph.gateway.upstream;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The services behind the gateway by name. One that stays through a change of the configuration is the same object
 * before and after, and so is each of its instances that stays: with its state and its connections.
 */
@Singleton
public final class Upstreams {

    private final Connections connections;
    private final Search search;
    private Map<String, Upstream> known = Map.of();
    private Map<String, Origin> origins = Map.of();

    public Upstreams(Connections connections, Search search) {
        this.connections = connections;
        this.search = search;
    }

    /** One for each name, which is what there is already or has no instances yet; nothing has changed so far. */
    public synchronized Map<String, Upstream> prepare(Collection<String> names) {
        Map<String, Upstream> prepared = new HashMap<>();
        names.forEach(name ->
                prepared.put(name, known.containsKey(name) ? known.get(name) : new Upstream(name, connections)));
        return Map.copyOf(prepared);
    }

    /** From now on these are the upstreams, with their instances there; they were {@linkplain #prepare prepared}. */
    public synchronized void serve(Map<String, Upstream> upstreams, Map<String, Origin> origins) {
        connections.open(origins.values().stream()
                .mapToInt(origin -> origin.urls().size())
                .sum());
        this.origins.forEach((name, origin) -> {
            if (!origin.equals(origins.get(name))) {
                search.stop(known.get(name));
            }
        });
        origins.forEach((name, origin) -> {
            if (!origin.equals(this.origins.get(name))) {
                place(upstreams.get(name), origin);
            }
        });
        this.known = upstreams;
        this.origins = Map.copyOf(origins);
    }

    /** In no order. */
    public synchronized Collection<Upstream> all() {
        return known.values();
    }

    void stop(@Observes ShutdownEvent event) {
        all().forEach(search::stop);
    }

    private void place(Upstream upstream, Origin origin) {
        upstream.serve(origin.urls().stream().map(url -> new Address(url, null)).toList());
        if (origin.found()) {
            // Until they have been found there is one instance, which is whoever answers to the name.
            search.start(upstream, origin.urls().get(0));
        }
    }
}
