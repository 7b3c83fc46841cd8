package io.heliograph.gateway.upstream;

import io.netty.resolver.dns.DnsNameResolver;
import io.netty.util.concurrent.Future;
import io.vertx.core.Vertx;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.jboss.logging.Logger;

/** Asks again and again which instances an upstream has. What was found last stays in use until something else is. */
final class DnsPoller {

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

    /** @param pauseMillis from each answer to the next question */
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
                    "%s: no address of %s is known now; %s stay in use",
                    upstream.name(), url.getHost(), upstream.instances());
        }
    }

    private List<InstanceAddress> addresses(List<InetAddress> found) {
        // An instance that has addresses of both kinds is still one.
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
