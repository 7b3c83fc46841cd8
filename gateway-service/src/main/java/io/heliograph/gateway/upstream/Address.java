package io.heliograph.gateway.upstream;

import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;

/** Where one instance is. {@code ip} is null unless the host of the URL stands for other instances too. */
record Address(URI url, String ip) {

    RequestOptions target() {
        return new RequestOptions()
                // The host that is asked for, and whose certificate is due, also where the address is looked up here.
                .setHost(url.getHost())
                .setPort(port())
                .setSsl(isSecure())
                // Otherwise made anew for each request.
                .setServer(SocketAddress.inetSocketAddress(port(), ip == null ? url.getHost() : ip));
    }

    private boolean isSecure() {
        return "https".equals(url.getScheme());
    }

    private int port() {
        return url.getPort() != -1 ? url.getPort() : isSecure() ? 443 : 80;
    }

    @Override
    public String toString() {
        return (ip == null ? url.getHost() : ip) + ":" + port();
    }
}
