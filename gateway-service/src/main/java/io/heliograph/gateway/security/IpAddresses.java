package io.heliograph.gateway.security;

import io.netty.util.NetUtil;
import java.util.Arrays;

/**
 * IP addresses as text in one canonical form: IPv4-mapped IPv6 addresses as IPv4, and IPv6 as in RFC 5952. No name is
 * resolved.
 */
final class IpAddresses {

    private static final int MAPPED_PREFIX = 12;

    private IpAddresses() {}

    /** 4 or 16 bytes; null for what is no address. */
    static byte[] bytes(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        return bytes != null && isMapped(bytes) ? Arrays.copyOfRange(bytes, MAPPED_PREFIX, bytes.length) : bytes;
    }

    static String text(byte[] bytes) {
        return NetUtil.bytesToIpAddress(bytes);
    }

    /** The canonical form of the address of a peer. */
    static String canonical(String peer) {
        if (peer.indexOf(':') < 0) {
            return peer;
        }
        byte[] bytes = bytes(peer);
        return bytes == null ? peer : text(bytes);
    }

    /**
     * The address in a node as proxies write it: bare, quoted, in brackets, with a port. Null if it names none, such as
     * {@code unknown} or {@code _hidden}.
     */
    static byte[] ofNode(String node) {
        String text = unquoted(node);
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? null : bytes(text.substring(1, end));
        }
        int colon = text.indexOf(':');
        boolean port = colon >= 0 && colon == text.lastIndexOf(':');
        return bytes(port ? text.substring(0, colon) : text);
    }

    static String unquoted(String text) {
        String trimmed = text.trim();
        boolean quoted = trimmed.length() > 1 && trimmed.startsWith("\"") && trimmed.endsWith("\"");
        return quoted ? trimmed.substring(1, trimmed.length() - 1) : trimmed;
    }

    private static boolean isMapped(byte[] bytes) {
        if (bytes.length != 16 || bytes[10] != -1 || bytes[11] != -1) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
