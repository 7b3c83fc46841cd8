package io.heliograph.gateway.pipeline;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Address, scheme and host of the client: those of the connection until {@code ForwardedClientFilter} sets others. */
final class ClientInfo {

    private final HttpServerRequest request;
    private String client;
    /** This and the next two are computed on first use. */
    private String network;

    private String scheme;
    private String host;

    ClientInfo(HttpServerRequest request) {
        this.request = request;
        // Asked of the connection: the request would first look for proxies in all its headers.
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
}
