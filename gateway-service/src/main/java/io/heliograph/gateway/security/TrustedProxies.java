package io.heliograph.gateway.security;

import io.netty.util.NetUtil;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;

/** The trusted proxies in front of the gateway. An invalid configuration stops the start with the key. */
@Singleton
final class TrustedProxies {

    private final IpNetwork[] networks;

    TrustedProxies(TrustedProxyConfig config) {
        this.networks = config.trusted().orElse(List.of()).stream()
                .map(TrustedProxies::parse)
                .toArray(IpNetwork[]::new);
    }

    boolean isEmpty() {
        return networks.length == 0;
    }

    boolean contains(byte[] address) {
        for (IpNetwork network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static IpNetwork parse(String text) {
        try {
            return IpNetwork.parse(text.trim());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("heliograph.gateway.proxies.trusted: " + e.getMessage(), e);
        }
    }

    /** A network in CIDR notation. */
    static final class IpNetwork {

        private static final int MAPPED_BITS = 96;

        private final byte[] address;
        private final int bits;

        private IpNetwork(byte[] address, int bits) {
            this.address = address;
            this.bits = bits;
        }

        /**
         * Parses {@code 10.0.0.0/8}, {@code fd00::/8} or a single address. Throws an {@link IllegalArgumentException}
         * with the reason.
         */
        static IpNetwork parse(String text) {
            int slash = text.indexOf('/');
            String start = slash < 0 ? text : text.substring(0, slash);
            byte[] address = IpAddresses.bytes(start);
            if (address == null) {
                throw invalid(text);
            }
            int all = address.length * 8;
            int bits = slash < 0 ? all : number(text, slash + 1);
            if (all == 32 && start.indexOf(':') >= 0 && slash >= 0) {
                bits -= MAPPED_BITS;
            }
            if (bits < 0 || bits > all) {
                throw invalid(text);
            }
            return new IpNetwork(address, bits);
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            int whole = bits / 8;
            for (int i = 0; i < whole; i++) {
                if (other[i] != address[i]) {
                    return false;
                }
            }
            int rest = bits % 8;
            return rest == 0 || (other[whole] ^ address[whole]) >> (8 - rest) == 0;
        }

        private static int number(String text, int start) {
            try {
                return Integer.parseInt(text, start, text.length(), 10);
            } catch (NumberFormatException e) {
                throw invalid(text);
            }
        }

        private static IllegalArgumentException invalid(String text) {
            return new IllegalArgumentException("\"" + text + "\" is no address and no network such as 10.0.0.0/8");
        }
    }

    /**
     * IP addresses as text in one canonical form: IPv4-mapped IPv6 addresses as IPv4, and IPv6 as in RFC 5952. No name
     * is
     * resolved.
     */
    static final class IpAddresses {

        private static final int MAPPED_PREFIX = 12;

        private IpAddresses() {}

        /** The address as 4 or 16 bytes; null if it is invalid. */
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
         * The address of a node as proxies write it: bare, quoted, in brackets, with a port. Null if it has no address,
         * such as {@code unknown} or {@code _hidden}.
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
}
