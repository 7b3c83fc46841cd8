package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that ends TLS itself. */
class TlsTest {

    private final Release release = Chart.render(Chart.ci("tls"));

    @Test
    void shouldNotExposeAPlainTextPort() {
        List<Manifest> ports = release.of("gateway", "Service").list("spec.ports");

        assertEquals(1, ports.size());
        assertEquals("https", ports.get(0).text("targetPort"));
        assertEquals(443, ports.get(0).number("port"));
    }

    @Test
    void shouldReadTheCertificateFromItsSecret() {
        Manifest pod = release.of("gateway", "Deployment").pod().orElseThrow();
        Manifest volume = pod.list("spec.volumes").stream()
                .filter(each -> each.text("name").equals("tls"))
                .findFirst()
                .orElseThrow();
        Map<String, String> environment =
                Environment.of(pod.list("spec.containers").get(0));

        assertEquals("chat-example-com", volume.text("secret.secretName"));
        assertEquals("/etc/heliograph/tls/tls.crt", environment.get("QUARKUS_HTTP_SSL_CERTIFICATE_FILES"));
        assertEquals("/etc/heliograph/tls/tls.key", environment.get("QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES"));
        assertEquals("8443", environment.get("QUARKUS_HTTP_SSL_PORT"));
        assertTrue(environment.containsKey("QUARKUS_HTTP_SSL_CERTIFICATE_RELOAD_PERIOD"));
    }

    @Test
    void shouldAdmitTlsFromOutside() {
        List<Integer> ports = release.of("gateway", "NetworkPolicy").list("spec.ingress").get(0).list("ports").stream()
                .map(port -> port.number("port"))
                .toList();

        assertTrue(ports.contains(8443));
    }

    @Test
    void shouldTestTheGatewayByItsInternalName() {
        for (Manifest pod : release.all("Pod")) {
            assertEquals(
                    "http://heliograph-gateway-headless:8080",
                    Environment.of(pod.list("spec.containers").get(0)).get("GATEWAY"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingress.enabled", "httpRoute.enabled"})
    void shouldRejectAPlainTextProxyWithTls(String proxy) {
        Map<String, Object> values = Map.of(
                "service.tlsSecret",
                "tls",
                proxy,
                true,
                "ingress.hosts[0]",
                "chat.example.com",
                "httpRoute.parentRefs[0].name",
                "public");

        String message =
                assertThrows(RuntimeException.class, () -> Chart.render(values)).getMessage();

        assertTrue(message.contains("service.tlsSecret:"), message);
    }
}
