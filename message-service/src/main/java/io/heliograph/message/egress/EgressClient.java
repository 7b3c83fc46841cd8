package io.heliograph.message.egress;

import io.heliograph.message.egress.EgressException.Reason;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Opens requests to addresses that people chose. Names are looked up here and only here: every address of a host is
 * checked, and the connection goes to a checked address, so no second look-up can bring another. TLS and {@code Host}
 * still have the name.
 */
public final class EgressClient {

    /** Of one host: enough to get past an address family that is not routed here. */
    private static final int MAX_ADDRESSES = 3;

    private final HttpClient client;
    private final HostResolver resolver;
    private final EgressPolicy policy;

    public EgressClient(HttpClient client, HostResolver resolver, EgressPolicy policy) {
        this.client = client;
        this.resolver = resolver;
        this.policy = policy;
    }

    /**
     * A request on a connection to this destination. Fails with an {@link EgressException}.
     *
     * @param options method and headers; the rest is that of the destination
     * @param cancelled whether nobody waits for it any more
     */
    public Future<HttpClientRequest> open(Destination to, RequestOptions options, BooleanSupplier cancelled) {
        return addresses(to).compose(addresses -> {
            options.setHost(to.host())
                    .setPort(to.port())
                    .setSsl(to.secure())
                    .setURI(to.path())
                    .putHeader(HttpHeaders.HOST, to.authority());
            return connect(to, addresses.subList(0, Math.min(addresses.size(), MAX_ADDRESSES)), options, cancelled);
        });
    }

    /** Those of the host, each of which may be connected to. Fails with an {@link EgressException}. */
    public Future<List<InetAddress>> addresses(Destination to) {
        return resolver.resolve(to.host())
                .recover(
                        unknown -> Future.failedFuture(new EgressException(Reason.UNREACHABLE, "The host is unknown.")))
                .compose(addresses -> addresses.stream().allMatch(policy::permits)
                        ? Future.succeededFuture(addresses)
                        : Future.failedFuture(
                                new EgressException(Reason.REFUSED, "The host has an address that is not public.")));
    }

    /** Tries the next address where one cannot be connected to. */
    private Future<HttpClientRequest> connect(
            Destination to, List<InetAddress> addresses, RequestOptions options, BooleanSupplier cancelled) {
        List<InetAddress> others = addresses.subList(1, addresses.size());
        RequestOptions pinned = new RequestOptions(options)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(addresses.get(0), to.port())));
        return client.request(pinned)
                .recover(failure -> others.isEmpty() || cancelled.getAsBoolean()
                        ? Future.failedFuture(
                                new EgressException(Reason.UNREACHABLE, "The host cannot be connected to."))
                        : connect(to, others, options, cancelled));
    }
}
