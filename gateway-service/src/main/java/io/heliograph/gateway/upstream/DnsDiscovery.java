package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.Instance.InstanceAddress;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;

/**
 * Discovers the instances of upstreams by DNS. It uses Netty's resolver: that of the JVM caches for half a minute and
 * blocks, and that of Vert.x returns one address only.
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
     * The number of instances that a host name resolves to, updated at an interval.
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

    /** Resolves the instances of an upstream at an interval. The last result stays in use until there is another. */
    static final class DnsPoller {

        private static final Logger LOG = Logger.getLogger(DnsPoller.class);

        private final Upstream upstream;
        private final URI url;
        private final DnsNameResolver resolver;
        private volatile boolean stopped;
        private boolean unresolved;

        DnsPoller(Upstream upstream, URI url, DnsNameResolver resolver) {
            this.upstream = upstream;
            this.url = url;
            this.resolver = resolver;
        }

        /** @param pauseMillis the pause from a response to the next query */
        void start(Vertx vertx, long pauseMillis) {
            if (stopped) {
                return;
            }
            Future<List<InetAddress>> answer = resolver.resolveAll(url.getHost());
            answer.addListener(done -> {
                if (!stopped) {
                    update(answer);
                    vertx.setTimer(pauseMillis, timer -> start(vertx, pauseMillis));
                }
            });
        }

        void stop() {
            stopped = true;
        }

        private void update(Future<List<InetAddress>> answer) {
            if (answer.isSuccess() && !answer.getNow().isEmpty()) {
                unresolved = false;
                upstream.updateInstances(addresses(answer.getNow()));
            } else if (!unresolved) {
                unresolved = true;
                LOG.warnf(
                        "%s: %s does not resolve; still using %s",
                        upstream.name(), url.getHost(), upstream.instances());
            }
        }

        private List<InstanceAddress> addresses(List<InetAddress> found) {
            // An instance with an IPv4 and an IPv6 address counts once.
            List<InetAddress> v4 =
                    found.stream().filter(Inet4Address.class::isInstance).toList();
            return (v4.isEmpty() ? found : v4)
                    .stream()
                            .map(InetAddress::getHostAddress)
                            .distinct()
                            .sorted()
                            .map(ip -> new InstanceAddress(url, ip))
                            .toList();
        }
    }

    /**
     * The number of addresses of a name, resolved at an interval. The last count stays in use until there is another.
     */
    static final class DnsInstanceCount implements IntSupplier {

        private final String host;
        private final DnsNameResolver resolver;
        private volatile int count;
        private volatile boolean stopped;

        DnsInstanceCount(String host, DnsNameResolver resolver, int initial) {
            this.host = host;
            this.resolver = resolver;
            this.count = initial;
        }

        @Override
        public int getAsInt() {
            return count;
        }

        /** @param pauseMillis the pause from a response to the next query */
        void start(Vertx vertx, long pauseMillis) {
            if (stopped) {
                return;
            }
            Future<List<InetAddress>> answer = resolver.resolveAll(host);
            answer.addListener(done -> {
                if (answer.isSuccess() && !answer.getNow().isEmpty()) {
                    count = count(answer.getNow());
                }
                if (!stopped) {
                    vertx.setTimer(pauseMillis, timer -> start(vertx, pauseMillis));
                }
            });
        }

        void stop() {
            stopped = true;
        }

        /** An instance with an IPv4 and an IPv6 address counts once. */
        private static int count(List<InetAddress> found) {
            long v4 = found.stream()
                    .filter(Inet4Address.class::isInstance)
                    .distinct()
                    .count();
            return (int) (v4 > 0 ? v4 : found.stream().distinct().count());
        }
    }
}
