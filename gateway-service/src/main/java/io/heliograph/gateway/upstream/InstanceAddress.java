package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.client.ConnectionPool.ConnectionTarget;
import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** The address of one instance. {@code ip} is null unless the host of the URL resolves to several instances. */
record InstanceAddress(URI url, String ip) {

    ConnectionTarget target() {
        boolean usual = port() == (isSecure() ? 443 : 80);
        return new ConnectionTarget(socketAddress(), isSecure(), usual ? url.getHost() : url.getHost() + ":" + port());
    }

    /** With the host that is asked for, and whose certificate is due, also where the address was looked up here. */
    private SocketAddress socketAddress() {
        if (ip == null) {
            return SocketAddress.inetSocketAddress(port(), url.getHost());
        }
        try {
            InetAddress known = InetAddress.getByAddress(url.getHost(), NetUtil.createByteArrayFromIpAddressString(ip));
            return SocketAddress.inetSocketAddress(new InetSocketAddress(known, port()));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(ip, e);
        }
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
