package io.heliograph.gateway.upstream;

import io.netty.resolver.dns.DnsNameResolver;
import io.netty.util.concurrent.Future;
import io.vertx.core.Vertx;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.function.IntSupplier;

/** How many addresses a name has. It is resolved again and again; the last count stays in use until there is another. */
final class DnsInstanceCount implements IntSupplier {

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

    /** @param pauseMillis from each answer to the next query */
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

    /** An instance that has addresses of both kinds is still one. */
    private static int count(List<InetAddress> found) {
        long v4 =
                found.stream().filter(Inet4Address.class::isInstance).distinct().count();
        return (int) (v4 > 0 ? v4 : found.stream().distinct().count());
    }
}
