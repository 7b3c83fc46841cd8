package io.heliograph.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.security.TrustedProxies.IpAddresses;
import io.heliograph.gateway.security.TrustedProxies.IpNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "192.168.4.0/22, 192.168.7.255, true",
        "192.168.4.0/22, 192.168.8.0, false",
        "172.16.0.1, 172.16.0.1, true",
        "172.16.0.1, 172.16.0.2, false",
        "172.16.0.1/32, 172.16.0.1, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "128.0.0.0/1, 127.0.0.1, false",
        "128.0.0.0/1, 200.0.0.1, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "::ffff:10.0.0.0/104, 11.1.2.3, false",
        "::/0, 10.1.2.3, false",
    })
    void shouldContainTheAddressesOfTheNetwork(String network, String address, boolean contained) {
        assertEquals(contained, IpNetwork.parse(network).contains(IpAddresses.bytes(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/x",
                "10.0.0/8",
                "localhost",
                "::/129",
                "::ffff:10.0.0.0/8",
                "10.0.0.256",
                "10.0.0.0/8/8"
            })
    void shouldRejectAnInvalidNetwork(String text) {
        var refused = assertThrows(IllegalArgumentException.class, () -> IpNetwork.parse(text));

        assertTrue(refused.getMessage().contains("\"" + text + "\""));
    }
}
