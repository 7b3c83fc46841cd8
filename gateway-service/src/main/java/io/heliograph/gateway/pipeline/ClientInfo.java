package io.heliograph.gateway.pipeline;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.HexFormat;

/** Address, scheme and host of the client: those of the connection until {@code ForwardedClientFilter} sets others. */
public final class ClientInfo {

    private final HttpServerRequest request;
    private String client;
    /** This field and the next two are computed on first use. */
    private String network;

    private String scheme;
    private String host;

    ClientInfo(HttpServerRequest request) {
        this.request = request;
        // From the connection: the request would search its headers for proxies first.
        this.client = request.connection().remoteAddress().hostAddress();
    }

    String client() {
        return client;
    }

    void client(String address) {
        this.client = address;
        this.network = null;
    }

    String network() {
        if (network == null) {
            network = ClientNetwork.of(client);
        }
        return network;
    }

    String scheme() {
        if (scheme == null) {
            scheme = request.connection().isSsl() ? "https" : "http";
        }
        return scheme;
    }

    String host() {
        if (host == null) {
            host = request.version() == HttpVersion.HTTP_2 ? authority() : request.getHeader(HttpHeaders.HOST);
        }
        return host;
    }

    void schemeAndHost(String newScheme, String newHost) {
        this.scheme = newScheme;
        this.host = newHost;
    }

    private String authority() {
        return request.authority() == null ? null : request.authority().toString();
    }

    /** The network that counts as one client. Its length is bounded, whatever a proxy sends. */
    public static final class ClientNetwork {

        private static final String UNKNOWN = "unknown";
        private static final HexFormat HEX = HexFormat.of();

        private ClientNetwork() {}

        /** The address; of IPv6 its first 64 bits, since a client can use all addresses of such a network. */
        public static String of(String address) {
            if (address == null) {
                return UNKNOWN;
            }
            if (address.indexOf(':') < 0) {
                return NetUtil.isValidIpV4Address(address) ? address : UNKNOWN;
            }
            byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
            return bytes == null ? UNKNOWN : HEX.formatHex(bytes, 0, Math.min(bytes.length, 8));
        }
    }
}
