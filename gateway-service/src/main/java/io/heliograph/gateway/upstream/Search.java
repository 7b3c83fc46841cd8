package io.heliograph.gateway.upstream;

import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntSupplier;

/**
 * Finds the instances of upstreams that are given by a name. It asks by Netty's resolver, since that of the JVM keeps
 * answers for half a minute and blocks, and that of Vert.x tells of one address only.
 */
@Singleton
public final class Search {

    private final Vertx vertx;
    private final DnsConfig config;
    private final DnsNameResolver resolver;
    private final Map<Upstream, Discovery> discoveries = new ConcurrentHashMap<>();
    private final Collection<InstanceCount> counts = new ConcurrentLinkedQueue<>();

    public Search(Vertx vertx, DnsConfig config) {
        this.vertx = vertx;
        this.config = config;
        DnsNameResolverBuilder builder = new DnsNameResolverBuilder(
                        ((VertxInternal) vertx).getEventLoopGroup().next())
                .datagramChannelType(NioDatagramChannel.class)
                .resolveCache(NoopDnsCache.INSTANCE)
                .queryTimeoutMillis(config.timeout().toMillis());
        config.servers()
                .ifPresent(servers -> builder.nameServerProvider(new SequentialDnsServerAddressStreamProvider(
                        servers.stream().map(Search::server).toList())));
        this.resolver = builder.build();
    }

    void start(Upstream upstream, URI url) {
        Discovery discovery = new Discovery(upstream, url, resolver);
        discoveries.put(upstream, discovery);
        discovery.start(vertx, config.interval().toMillis());
    }

    void stop(Upstream upstream) {
        Discovery discovery = discoveries.remove(upstream);
        if (discovery != null) {
            discovery.stop();
        }
    }

    /**
     * How many instances a name stands for, which is resolved from now on.
     *
     * @param initial the number until it is known
     */
    public IntSupplier count(String host, int initial) {
        InstanceCount count = new InstanceCount(host, resolver, initial);
        counts.add(count);
        count.start(vertx, config.interval().toMillis());
        return count;
    }

    void close(@Observes ShutdownEvent event) {
        counts.forEach(InstanceCount::stop);
        discoveries.values().forEach(Discovery::stop);
        resolver.close();
    }

    private static InetSocketAddress server(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
