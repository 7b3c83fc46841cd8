package io.heliograph.gateway.pipeline;

import io.netty.util.NetUtil;
import java.util.HexFormat;

/** The network that counts as one client. Bounded in length, whatever a proxy sends. */
public final class ClientNetwork {

    private static final String UNKNOWN = "unknown";
    private static final HexFormat HEX = HexFormat.of();

    private ClientNetwork() {}

    /** Of IPv6 the first half: a client has all addresses of it, and could be someone else with each request. */
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
