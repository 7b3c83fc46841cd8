package io.heliograph.message.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressPolicyTest {

    @ParameterizedTest
    @CsvFileSource(resources = "addresses.csv")
    void shouldPermitOnlyGloballyReachableAddresses(String address, boolean permitted) throws UnknownHostException {
        EgressPolicy policy = new EgressPolicy(List.of());

        assertThat(policy.permits(InetAddress.getByName(address))).isEqualTo(permitted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "::ffff:10.1.2.3", "192.168.7.7", "fd12::7", "64:ff9b::10.1.2.3"})
    void shouldPermitTheNetworksOfTheOperator(String address) throws UnknownHostException {
        EgressPolicy policy = new EgressPolicy(List.of("10.1.0.0/16", "192.168.7.7", "fd12::/16"));

        assertThat(policy.permits(InetAddress.getByName(address))).isTrue();
        assertThat(policy.permits(InetAddress.getByName("10.2.0.1"))).isFalse();
        assertThat(policy.permits(InetAddress.getByName("192.168.7.8"))).isFalse();
        assertThat(policy.permits(InetAddress.getByName("fd13::1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"intranet", "10.0.0.0/33", "10.0.0.0/x", "", "10.0.0/8"})
    void shouldReportAnInvalidNetwork(String network) {
        assertThatThrownBy(() -> new EgressPolicy(List.of(network)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("heliograph.egress.allowed-networks")
                .hasMessageContaining('"' + network + '"');
    }

    @Test
    void shouldNotPermitIpv4LoopbackByIpv6Loopback() throws UnknownHostException {
        EgressPolicy policy = new EgressPolicy(List.of("::1"));

        assertThat(policy.permits(InetAddress.getByName("127.0.0.1"))).isFalse();
    }
}
