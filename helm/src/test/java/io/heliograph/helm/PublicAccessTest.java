package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Public access: an Ingress or a Gateway API route leads to the gateway and to nothing else. */
class PublicAccessTest {

    @ParameterizedTest
    @MethodSource(ChartTest.CI_FILES)
    void shouldExposeOnlyTheGateway(Path valuesFile) {
        for (Manifest service : Chart.render(valuesFile).all("Service")) {
            boolean outside = service.find("spec.type")
                    .filter(type -> !type.getAsString().equals("ClusterIP"))
                    .isPresent();
            assertTrue(!outside || service.name().equals("heliograph-gateway"), service::toString);
        }
    }

    @ParameterizedTest
    @MethodSource(ChartTest.CI_FILES)
    void shouldRoutePublicTrafficToTheGateway(Path valuesFile) {
        Release release = Chart.render(valuesFile);
        Manifest port = release.of("gateway", "Service").list("spec.ports").get(0);

        release.all("Ingress").stream()
                .flatMap(ingress -> ingress.list("spec.rules").stream())
                .flatMap(rule -> rule.list("http.paths").stream())
                .map(path -> path.at("backend.service"))
                .forEach(backend -> {
                    assertEquals("heliograph-gateway", backend.text("name"));
                    assertEquals(port.text("name"), backend.text("port.name"));
                });
        release.all("HTTPRoute").stream()
                .flatMap(route -> route.list("spec.rules").stream())
                .flatMap(rule -> rule.list("backendRefs").stream())
                .forEach(backend -> {
                    assertEquals("heliograph-gateway", backend.text("name"));
                    assertEquals(port.number("port"), backend.number("port"));
                });
    }

    @Test
    void shouldKeepAnIdleWebSocketOpenBeyondItsHeartbeat() {
        Map<String, String> annotations =
                Chart.render(Chart.ci("production")).of("gateway", "Ingress").texts("metadata.annotations");

        // Two heartbeats of 25 s may be missed before the service gives up itself.
        assertTrue(Integer.parseInt(annotations.get("nginx.ingress.kubernetes.io/proxy-read-timeout")) > 75);
        assertEquals("letsencrypt", annotations.get("cert-manager.io/cluster-issuer"));
    }

    @Test
    void shouldRouteWebSocketsWithoutATimeoutAndRequestsWithALongerOne() {
        Release release = Chart.render(Chart.ci("gateway-api"));
        List<Manifest> rules = release.of("gateway", "HTTPRoute").list("spec.rules");

        assertEquals("/api/ws", rules.get(0).list("matches").get(0).text("path.value"));
        assertEquals("0s", rules.get(0).text("timeouts.request"));
        assertEquals("65s", rules.get(1).text("timeouts.request"));
    }

    @Test
    void shouldTrustConfiguredProxiesAndPreserveClientAddresses() {
        Release release = Chart.render(Map.of("service.type", "LoadBalancer", "trustedProxies[0]", "10.0.0.0/8"));
        Manifest gateway = release.of("gateway", "Deployment");

        assertEquals("Local", release.of("gateway", "Service").text("spec.externalTrafficPolicy"));
        assertEquals(
                "10.0.0.0/8",
                Environment.of(gateway.list("spec.template.spec.containers").get(0))
                        .get("HELIOGRAPH_GATEWAY_PROXIES_TRUSTED"));
    }
}
