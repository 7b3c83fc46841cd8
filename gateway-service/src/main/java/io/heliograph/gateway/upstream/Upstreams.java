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

    private final UpstreamFactory factory;
    private final DnsDiscovery discovery;
    private Map<String, Upstream> known = Map.of();
    private Map<String, UpstreamAddresses> addresses = Map.of();

    public Upstreams(UpstreamFactory factory, DnsDiscovery discovery) {
        this.factory = factory;
        this.discovery = discovery;
    }

    /** One for each name, which is what there is already or has no instances yet; nothing has changed so far. */
    public synchronized Map<String, Upstream> prepare(Collection<String> names) {
        Map<String, Upstream> prepared = new HashMap<>();
        names.forEach(
                name -> prepared.put(name, known.containsKey(name) ? known.get(name) : new Upstream(name, factory)));
        return Map.copyOf(prepared);
    }

    /** From now on these are the upstreams, with their instances there; they were {@linkplain #prepare prepared}. */
    public synchronized void update(Map<String, Upstream> upstreams, Map<String, UpstreamAddresses> origins) {
        factory.sizePools(origins.values().stream()
                .mapToInt(addresses -> addresses.urls().size())
                .sum());
        this.addresses.forEach((name, addresses) -> {
            if (!addresses.equals(origins.get(name))) {
                discovery.stop(known.get(name));
            }
        });
        origins.forEach((name, addresses) -> {
            if (!addresses.equals(this.addresses.get(name))) {
                apply(upstreams.get(name), addresses);
            }
        });
        this.known = upstreams;
        this.addresses = Map.copyOf(origins);
    }

    /** In no order. */
    public synchronized Collection<Upstream> all() {
        return known.values();
    }

    void stop(@Observes ShutdownEvent event) {
        all().forEach(discovery::stop);
    }

    private void apply(Upstream upstream, UpstreamAddresses addresses) {
        upstream.updateInstances(addresses.urls().stream()
                .map(url -> new InstanceAddress(url, null))
                .toList());
        if (addresses.dns()) {
            // Until they have been found there is one instance, which is whoever answers to the name.
            discovery.start(upstream, addresses.urls().get(0));
        }
    }
}
