package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.Instance.InstanceAddress;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The upstreams by name. An upstream and an instance that remain after a change of the configuration are the same
 * objects, with their state and connections.
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

    /** The upstream of each name: the existing one, or a new one without instances. Changes nothing yet. */
    public synchronized Map<String, Upstream> prepare(Collection<String> names) {
        Map<String, Upstream> prepared = new HashMap<>();
        names.forEach(
                name -> prepared.put(name, known.containsKey(name) ? known.get(name) : new Upstream(name, factory)));
        return Map.copyOf(prepared);
    }

    /** Replaces the upstreams by those that were {@linkplain #prepare prepared}, with their addresses. */
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

    /** All upstreams, in no particular order. */
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
            // Until the name is resolved there is one instance, with the host name as its address.
            discovery.start(upstream, addresses.urls().get(0));
        }
    }

    /**
     * The addresses of the instances of an upstream.
     *
     * @param urls the URL of each instance; with {@code dns} a single one, whose host resolves to all instances
     * @param dns whether the instances are the addresses of that host
     */
    public record UpstreamAddresses(List<URI> urls, boolean dns) {}
}
