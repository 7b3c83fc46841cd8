package io.heliograph.message.egress;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Decides which addresses may be connected to when a user chose the destination: those that are globally reachable and
 * those of {@code heliograph.egress.allowed-networks}. It checks the address of the connection, never a name.
 * Source of the ranges: the IANA registries of special-purpose addresses, November 2026.
 */
@Singleton
public final class EgressPolicy {

    /** Not globally reachable, or not of one host. */
    private static final List<Network> SPECIAL_IPV4 = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** All global unicast addresses. Others are local, multicast or unassigned. */
    private static final Network GLOBAL_IPV6 = Network.parse("2000::/3");

    /** Of that: protocols such as Teredo, documentation, 6to4, and services that answer for a network (AS112). */
    private static final List<Network> SPECIAL_IPV6 =
            networks("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    /** Translated to IPv4 by the network (RFC 6052): clusters with only IPv6 reach all of IPv4 in this way. */
    private static final Network NAT64 = Network.parse("64:ff9b::/96");

    private static final int IPV4_BYTES = 4;

    private final List<Network> allowed;

    @Inject
    EgressPolicy(EgressConfig config) {
        this(config.allowedNetworks().orElse(List.of()));
    }

    /** Throws an {@link IllegalArgumentException} for an invalid network. */
    public EgressPolicy(List<String> allowedNetworks) {
        this.allowed = allowedNetworks.stream().map(EgressPolicy::configured).toList();
    }

    /**
     * Whether this address may be connected to. An IPv4 address that is mapped into IPv6 counts as the IPv4 address.
     */
    public boolean permits(InetAddress address) {
        if (matches(allowed.stream(), address)) {
            return true;
        }
        if (address instanceof Inet4Address) {
            return !matches(SPECIAL_IPV4.stream(), address);
        }
        if (matches(Stream.of(NAT64), address)) {
            return permits(translated(address));
        }
        return matches(Stream.of(GLOBAL_IPV6), address) && !matches(SPECIAL_IPV6.stream(), address);
    }

    private static Network configured(String network) {
        try {
            return Network.parse(network);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("heliograph.egress.allowed-networks: " + e.getMessage(), e);
        }
    }

    private static InetAddress translated(InetAddress nat64) {
        byte[] bytes = nat64.getAddress();
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, bytes.length - IPV4_BYTES, bytes.length));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static boolean matches(Stream<Network> networks, InetAddress address) {
        byte[] bytes = address.getAddress();
        return networks.anyMatch(network -> network.contains(bytes));
    }

    private static List<Network> networks(String... texts) {
        return Arrays.stream(texts).map(Network::parse).toList();
    }
}
