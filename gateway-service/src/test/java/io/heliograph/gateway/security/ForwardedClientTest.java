package io.heliograph.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedClientTest {

    private static final String PEER = "10.0.0.1";

    private final TrustedProxies trusted = trust("10.0.0.0/8", "fd00::/8");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "203.0.113.7 | 203.0.113.7",
                "6.6.6.6, 203.0.113.7 | 203.0.113.7",
                "6.6.6.6, 203.0.113.7, 10.1.1.1 | 203.0.113.7",
                "203.0.113.7,10.1.1.1,10.2.2.2 | 203.0.113.7",
                "10.1.1.1, 10.2.2.2 | 10.1.1.1",
                "203.0.113.7:4711 | 203.0.113.7",
                "2001:DB8:0:0::1 | 2001:db8::1",
                "[2001:db8::1] | 2001:db8::1",
                "[2001:db8::1]:4711 | 2001:db8::1",
                "\"[2001:db8::1]:4711\" | 2001:db8::1",
                "::ffff:203.0.113.7 | 203.0.113.7",
                "203.0.113.7, fd00::1 | 203.0.113.7",
                "203.0.113.7, ::ffff:10.1.1.1 | 203.0.113.7",
                "6.6.6.6, unknown | 10.0.0.1",
                "6.6.6.6, _hidden, 10.1.1.1 | 10.1.1.1",
                "6.6.6.6, 999.1.1.1 | 10.0.0.1",
                "6.6.6.6, , 10.1.1.1 | 10.1.1.1",
                "6.6.6.6, [::1 | 10.0.0.1",
                "\"6.6.6.6, 203.0.113.7, 10.1.1.1 | 203.0.113.7",
                "evil.example | 10.0.0.1",
                "203.0.113.7' OR 1=1 | 10.0.0.1",
            })
    void shouldUseTheLastUntrustedAddressOfForwardedFor(String header, String client) {
        assertEquals(client, byForwardedFor(header).address());
    }

    @Test
    void shouldReadSeveralLinesAsOneList() {
        assertEquals(
                "203.0.113.7",
                byForwardedFor("6.6.6.6, 203.0.113.7", "10.1.1.1", "10.2.2.2").address());
    }

    @Test
    void shouldUseThePeerWithoutForwardedHeaders() {
        assertEquals(PEER, byForwardedFor().address());
        assertEquals(PEER, byForwardedFor("").address());
        assertEquals(PEER, byForwarded().address());
        assertEquals(PEER, byForwarded("").address());
    }

    @Test
    void shouldBoundTheNumberOfHops() {
        String[] hundreds = new String[500];
        Arrays.fill(hundreds, "10.1.1.1");
        hundreds[0] = "203.0.113.7";

        assertEquals("10.1.1.1", byForwardedFor(String.join(",", hundreds)).address());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            quoteCharacter = '\0',
            value = {
                "https | chat.example | https | chat.example",
                "HTTPS | chat.example:8443 | https | chat.example:8443",
                "http, https | evil.example, chat.example | https | chat.example",
                "gopher | a b | - | -",
                "https\" | <script> | - | -",
                "- | [2001:db8::1]:80 | - | [2001:db8::1]:80",
            })
    void shouldUseSchemeAndHostOfTheNearestProxy(String protoIn, String hostIn, String scheme, String host) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("X-Forwarded-Host", hostIn);
        if (protoIn != null) {
            headers.add("X-Forwarded-Proto", protoIn);
        }

        ForwardedClient client = ForwardedClient.byForwardedFor(trusted, PEER, headers);

        assertEquals(scheme, client.scheme());
        assertEquals(host, client.host());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "for=203.0.113.7 | 203.0.113.7",
                "For=\"203.0.113.7:4711\";proto=https | 203.0.113.7",
                "for=\"[2001:db8::1]:4711\" | 2001:db8::1",
                "for=6.6.6.6, for=203.0.113.7;by=10.0.0.1, for=10.1.1.1 | 203.0.113.7",
                "for=\"6.6.6.6, for=203.0.113.7, for=10.1.1.1 | 203.0.113.7",
                "for=6.6.6.6, for=unknown | 10.0.0.1",
                "for=6.6.6.6, for=_SEVKISEK | 10.0.0.1",
                "for=6.6.6.6, proto=https | 10.0.0.1",
                "for=6.6.6.6, for | 10.0.0.1",
                "for=6.6.6.6, = | 10.0.0.1",
                "for=\"6.6.6.6\\\"\" | 10.0.0.1",
            })
    void shouldUseTheLastUntrustedAddressOfForwarded(String header, String client) {
        assertEquals(client, byForwarded(header).address());
    }

    @Test
    void shouldUseSchemeAndHostOfTheFarthestTrustedProxy() {
        ForwardedClient client = byForwarded(
                "for=6.6.6.6;proto=http;host=evil.example, for=203.0.113.7;proto=https;host=\"chat.example:443\","
                        + " for=10.1.1.1;proto=http;host=inner");

        assertEquals(new ForwardedClient("203.0.113.7", "https", "chat.example:443"), client);
    }

    @Test
    void shouldHaveNoSchemeWithoutHeader() {
        assertNull(byForwarded("for=203.0.113.7").scheme());
        assertNull(byForwarded("for=203.0.113.7;host=\"a;b\"").host());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/99", "proxy.internal"})
    void shouldNotStartWithAnInvalidNetwork(String network) {
        var refused = assertThrows(IllegalArgumentException.class, () -> trust(network));

        assertTrue(refused.getMessage().startsWith("heliograph.gateway.proxies.trusted: \"" + network + "\""));
    }

    private ForwardedClient byForwardedFor(String... lines) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        List.of(lines).forEach(line -> headers.add("X-Forwarded-For", line));
        return ForwardedClient.byForwardedFor(trusted, PEER, headers);
    }

    private ForwardedClient byForwarded(String... lines) {
        return ForwardedClient.byForwarded(trusted, PEER, List.of(lines));
    }

    private static TrustedProxies trust(String... networks) {
        return new TrustedProxies(new TrustedProxyConfig() {
            @Override
            public Optional<List<String>> trusted() {
                return Optional.of(List.of(networks));
            }

            @Override
            public ForwardedHeaderKind headers() {
                return ForwardedHeaderKind.X_FORWARDED;
            }
        });
    }
}
