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
public final class DnsDiscovery {

    private final Vertx vertx;
    private final DnsConfig config;
    private final DnsNameResolver resolver;
    private final Map<Upstream, DnsPoller> pollers = new ConcurrentHashMap<>();
    private final Collection<DnsInstanceCount> counts = new ConcurrentLinkedQueue<>();

    public DnsDiscovery(Vertx vertx, DnsConfig config) {
        this.vertx = vertx;
        this.config = config;
        DnsNameResolverBuilder builder = new DnsNameResolverBuilder(
                        ((VertxInternal) vertx).getEventLoopGroup().next())
                .datagramChannelType(NioDatagramChannel.class)
                .resolveCache(NoopDnsCache.INSTANCE)
                .queryTimeoutMillis(config.timeout().toMillis());
        config.servers()
                .ifPresent(servers -> builder.nameServerProvider(new SequentialDnsServerAddressStreamProvider(
                        servers.stream().map(DnsDiscovery::server).toList())));
        this.resolver = builder.build();
    }

    void start(Upstream upstream, URI url) {
        DnsPoller poller = new DnsPoller(upstream, url, resolver);
        pollers.put(upstream, poller);
        poller.start(vertx, config.interval().toMillis());
    }

    void stop(Upstream upstream) {
        DnsPoller poller = pollers.remove(upstream);
        if (poller != null) {
            poller.stop();
        }
    }

    /**
     * How many instances a name stands for, which is resolved from now on.
     *
     * @param initial the number until it is known
     */
    public IntSupplier instanceCount(String host, int initial) {
        DnsInstanceCount count = new DnsInstanceCount(host, resolver, initial);
        counts.add(count);
        count.start(vertx, config.interval().toMillis());
        return count;
    }

    void close(@Observes ShutdownEvent event) {
        counts.forEach(DnsInstanceCount::stop);
        pollers.values().forEach(DnsPoller::stop);
        resolver.close();
    }

    private static InetSocketAddress server(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
