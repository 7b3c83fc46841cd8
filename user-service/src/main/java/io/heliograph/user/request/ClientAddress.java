package io.heliograph.user.request;

import io.heliograph.rest.request.RequestIdFilter;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jboss.logging.MDC;

/**
 * The address of the client: for a request of a trusted proxy the address in {@code X-Forwarded-For}, which the gateway
 * overwrites with that of its client; for others that of the connection. Host names are never resolved.
 */
@Singleton
public final class ClientAddress {

    private static final String HEADER = "X-Forwarded-For";
    private static final String LOG_FIELD = "client";
    /** The address of a peer without an address, such as a local socket. */
    private static final String NOWHERE = "0.0.0.0";

    private final List<IpSubnetFilterRule> trusted;

    ClientAddress(ProxyConfig config) {
        this.trusted =
                config.trusted().stream().map(ClientAddress::trustedNetwork).toList();
    }

    void register(@Observes Filters filters) {
        filters.register(this::note, RequestIdFilter.PRIORITY - 1);
    }

    /** The address of the current request, IPv4, or IPv6 in the form of RFC 5952; null outside of a request. */
    public static String current() {
        return (String) MDC.get(LOG_FIELD);
    }

    /** The network that one client may control: for IPv6 a /64, which is assigned to one line. */
    public static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        return prefix(address, 8);
    }

    /** The 48 bits of IPv6 that are assigned to one site with its many networks; null for IPv4. */
    public static String site(String address) {
        return address.indexOf(':') < 0 ? null : prefix(address, 6);
    }

    private static String prefix(String address, int length) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        Arrays.fill(bytes, length, bytes.length, (byte) 0);
        return NetUtil.bytesToIpAddress(bytes) + "/" + length * Byte.SIZE;
    }

    private void note(RoutingContext context) {
        MDC.put(LOG_FIELD, of(context.request()));
        context.next();
    }

    private String of(HttpServerRequest request) {
        InetAddress peer = address(request.remoteAddress().hostAddress());
        String forwarded = request.getHeader(HEADER);
        InetAddress client = forwarded != null && isTrusted(peer) ? address(lastOf(forwarded)) : null;
        InetAddress origin = client == null ? peer : client;
        return origin == null ? NOWHERE : NetUtil.toAddressString(origin);
    }

    private boolean isTrusted(InetAddress peer) {
        if (peer == null) {
            return false;
        }
        InetSocketAddress address = new InetSocketAddress(peer, 0);
        return trusted.stream().anyMatch(network -> network.matches(address));
    }

    /** The entry of the nearest proxy: the entries before it may be forged. */
    private static String lastOf(String list) {
        return list.substring(list.lastIndexOf(',') + 1).trim();
    }

    /** Null for a text that is not an address. IPv4 in IPv6 is IPv4. */
    private static InetAddress address(String text) {
        byte[] bytes = text == null ? null : NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }

    private static IpSubnetFilterRule trustedNetwork(String text) {
        int slash = text.indexOf('/');
        InetAddress start = address(slash < 0 ? text : text.substring(0, slash));
        try {
            if (start == null) {
                throw new IllegalArgumentException("no address");
            }
            int bits = slash < 0
                    ? start.getAddress().length * Byte.SIZE
                    : Integer.parseInt(text, slash + 1, text.length(), 10);
            return new IpSubnetFilterRule(start, bits, IpFilterRuleType.ACCEPT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "heliograph.proxies.trusted: \"" + text + "\" is no address and no network such as 10.0.0.0/8", e);
        }
    }
}
