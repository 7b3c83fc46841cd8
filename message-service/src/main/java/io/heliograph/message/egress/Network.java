package io.heliograph.message.egress;

import io.netty.util.NetUtil;

/**
 * All addresses that begin with the same bits. Netty's {@code IpSubnetFilterRule} is not used: for it, each IPv6
 * address that begins with ones belongs to any network.
 */
record Network(byte[] address, int bits) {

    /** Parses {@code 10.0.0.0/8}, {@code fd00::/8} or a single address. Throws an {@link IllegalArgumentException}. */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
        if (address != null) {
            int all = address.length * Byte.SIZE;
            int bits = slash < 0 ? all : number(text.substring(slash + 1));
            if (bits >= 0 && bits <= all) {
                return new Network(address, bits);
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is no address and no network such as 10.0.0.0/8");
    }

    /** Returns false for an address of the other family. */
    boolean contains(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
            if (((other[bit / Byte.SIZE] ^ address[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
