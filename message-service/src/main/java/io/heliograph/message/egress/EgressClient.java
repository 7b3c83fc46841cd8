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
 * Opens requests to addresses that users chose. Only this class resolves their names: every address of a host is
 * checked, and the connection goes to a checked address, so a second lookup cannot return another one. TLS and
 * {@code Host} still have the name.
 */
public final class EgressClient {

    /** Addresses of one host that are tried: enough if one address family is not routed. */
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
     * @param options method and headers; the rest is set from the destination
     * @param cancelled whether the caller does not wait any more
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

    /** The addresses of the host, if all of them are allowed. Fails with an {@link EgressException}. */
    public Future<List<InetAddress>> addresses(Destination to) {
        return resolver.resolve(to.host())
                .recover(
                        unknown -> Future.failedFuture(new EgressException(Reason.UNREACHABLE, "The host is unknown.")))
                .compose(addresses -> addresses.stream().allMatch(policy::permits)
                        ? Future.succeededFuture(addresses)
                        : Future.failedFuture(
                                new EgressException(Reason.REFUSED, "The host has an address that is not public.")));
    }

    /** Tries the next address if a connection fails. */
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
