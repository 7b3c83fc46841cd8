package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The permitted connections, read from the policies as a network plugin would. */
class NetworkPolicyTest {

    /** After the address of a Service has become that of a pod, its port is the pod's: 5353 on OpenShift. */
    @Test
    void shouldAllowDnsOnKubernetesAndOpenShiftFromEveryPod() {
        for (Manifest policy : Chart.render(Chart.ci("openshift")).all("NetworkPolicy")) {
            List<Manifest> egress = policy.list("spec.egress");
            if (egress.isEmpty()) {
                continue;
            }
            assertEquals(
                    List.of(53, 53, 5353, 5353),
                    egress.get(0).list("ports").stream()
                            .map(port -> port.number("port"))
                            .toList());
            assertTrue(egress.get(0).json().toString().contains("openshift-dns"));
        }
    }

    @Test
    void shouldIncludeExtraRulesOfJobsAndTests() {
        Release release = Chart.render(Chart.ci("openshift"));

        for (String component : List.of("user-migration", "message-migration")) {
            assertTrue(release.of(component, "NetworkPolicy").json().toString().contains("203.0.113.8/32"));
        }
        assertTrue(release.of("test", "NetworkPolicy").json().toString().contains("203.0.113.7/32"));
    }

    private static final String SELECTOR = "podSelector.matchLabels";

    @ParameterizedTest
    @MethodSource(ChartTest.CI_FILES)
    void shouldDenyAllTrafficOfEveryPodByDefault(Path valuesFile) {
        Release release = Chart.render(valuesFile);
        Manifest denial = policy(release, "heliograph");

        assertTrue(denial.find("spec.ingress").isEmpty()
                && denial.find("spec.egress").isEmpty());
        for (Manifest workload : release.workloads()) {
            assertTrue(labels(workload)
                    .entrySet()
                    .containsAll(denial.texts("spec." + SELECTOR).entrySet()));
        }
    }

    @Test
    void shouldAllowOnlyTheExpectedConnectionsBetweenServices() {
        Release release = Chart.render(Map.of());
        Set<String> edges = new TreeSet<>();
        for (String from : List.of("gateway", "user", "message")) {
            for (String to : List.of("gateway", "user", "message")) {
                for (int port : List.of(8080, 8081, 8082, 9080, 9081, 9082)) {
                    if (leaves(release, from, to, port) && enters(release, from, to, port)) {
                        edges.add(from + " " + to + " " + port);
                    }
                }
            }
        }

        assertEquals(Set.of("gateway user 8081", "gateway message 8082", "message user 8081"), edges);
    }

    /** So that the policies cover each setting that makes one service call another. */
    @ParameterizedTest
    @MethodSource(ChartTest.CI_FILES)
    void shouldAllowTheConfiguredConnectionsOfEachService(Path valuesFile) {
        Release release = Chart.render(valuesFile);

        for (String from : List.of("gateway", "user", "message")) {
            Manifest container = release.of(from, "Deployment")
                    .list("spec.template.spec.containers")
                    .get(0);
            for (String value : Environment.of(container).values()) {
                if (value.startsWith("http://heliograph-")) {
                    URI address = URI.create(value);
                    String to = address.getHost().split("-", -1)[1];
                    assertTrue(leaves(release, from, to, address.getPort()), from + " may not ask " + value);
                    assertTrue(enters(release, from, to, address.getPort()), from + " may not ask " + value);
                } else if (value.matches("(postgresql|rediss?)://.*")) {
                    assertTrue(ports(policy(release, "heliograph-" + from).list("spec.egress"))
                            .contains(URI.create(value).getPort()));
                }
            }
        }
    }

    @Test
    void shouldOpenManagementPortsToMonitoringOnly() {
        Release release = Chart.render(Map.of());

        for (String service : List.of("gateway", "user", "message")) {
            List<Manifest> rules = policy(release, "heliograph-" + service).list("spec.ingress").stream()
                    .filter(rule -> ports(List.of(rule)).stream().anyMatch(port -> port >= 9000))
                    .toList();
            assertEquals(1, rules.size());
            assertEquals(
                    Map.of("kubernetes.io/metadata.name", "monitoring"),
                    rules.get(0).list("from").get(0).texts("namespaceSelector.matchLabels"));
        }
    }

    /** An empty list of peers would mean anyone, so there must be no rule at all. */
    @Test
    void shouldCloseManagementPortsWithoutConfiguredPeers(@TempDir Path folder) throws IOException {
        Path values = folder.resolve("values.yaml");
        Files.writeString(values, Files.readString(Chart.ci("minimal")) + "networkPolicy: {monitoring: []}");
        Release release = Chart.render(values);

        for (String service : List.of("gateway", "user", "message")) {
            assertTrue(ports(policy(release, "heliograph-" + service).list("spec.ingress")).stream()
                    .allMatch(port -> port < 9000));
        }
    }

    @Test
    void shouldKeepTheGatewayFromPostgres() {
        Release release = Chart.render(Map.of());

        assertFalse(
                ports(policy(release, "heliograph-gateway").list("spec.egress")).contains(5432));
        assertTrue(ports(policy(release, "heliograph-user").list("spec.egress")).contains(5432));
    }

    @Test
    void shouldReachOtherIssuersAtConfiguredNetworksOnly() {
        assertFalse(ports(policy(Chart.render(Map.of()), "heliograph-user").list("spec.egress"))
                .contains(443));

        Manifest issuer = policy(Chart.render(Chart.ci("production")), "heliograph-user").list("spec.egress").stream()
                .filter(rule -> ports(List.of(rule)).contains(443))
                .findFirst()
                .orElseThrow();
        assertEquals("203.0.113.0/24", issuer.list("to").get(0).text("ipBlock.cidr"));
    }

    @Test
    void shouldFetchPagesFromPublicAddressesAndFromNoOtherPod() {
        Release release = Chart.render(Map.of());
        List<Manifest> rules = policy(release, "heliograph-message").list("spec.egress").stream()
                .filter(rule -> ports(List.of(rule)).contains(443))
                .toList();

        assertEquals(1, rules.size());
        assertEquals(Set.of(80, 443, 1024), ports(rules));
        List<Manifest> peers = rules.get(0).list("to");
        assertEquals("0.0.0.0/0", peers.get(0).text("ipBlock.cidr"));
        for (String network : List.of("10.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16")) {
            assertTrue(peers.get(0).json().toString().contains(network));
        }
        assertFalse(
                ports(policy(release, "heliograph-user").list("spec.egress")).contains(80));
        assertFalse(
                ports(policy(release, "heliograph-gateway").list("spec.egress")).contains(80));
    }

    @Test
    void shouldFetchNoPageWithoutConfiguredNetworks(@TempDir Path folder) throws IOException {
        Path values = folder.resolve("values.yaml");
        Files.writeString(values, Files.readString(Chart.ci("minimal")) + "networkPolicy: {previews: []}");

        assertFalse(ports(policy(Chart.render(values), "heliograph-message").list("spec.egress"))
                .contains(443));
    }

    @Test
    void shouldDenyEchoUntilItIsEnabledAndAPeerIsNamed(@TempDir Path folder) throws IOException {
        Path values = folder.resolve("values.yaml");
        String minimal = Files.readString(Chart.ci("minimal"));
        String peers = "networkPolicy: {echo: [{ipBlock: {cidr: 203.0.113.7/32}}]}\n";

        Files.writeString(values, minimal + peers);
        assertEchoOpen(Chart.render(values), false);
        assertFalse(echoes(Chart.render(values)));
        Files.writeString(values, minimal + "echo: {enabled: true}");
        assertEchoOpen(Chart.render(values), false);
        assertTrue(echoes(Chart.render(values)));
        Files.writeString(values, minimal + peers + "echo: {enabled: true}");
        assertEchoOpen(Chart.render(values), true);
    }

    private static void assertEchoOpen(Release release, boolean open) {
        for (String service : List.of("gateway", "user", "message")) {
            assertEquals(
                    open && service.equals("message"),
                    ports(policy(release, "heliograph-" + service).list("spec.ingress"))
                            .contains(7007));
        }
    }

    private static boolean echoes(Release release) {
        Manifest container = release.of("message", "Deployment")
                .list("spec.template.spec.containers")
                .get(0);
        return Environment.of(container).containsKey("HELIOGRAPH_ECHO_ENABLED")
                && container.list("ports").stream().anyMatch(port -> port.number("containerPort") == 7007);
    }

    private static boolean leaves(Release release, String from, String to, int port) {
        return allows(policy(release, "heliograph-" + from).list("spec.egress"), "to", labels(release, to), port);
    }

    private static boolean enters(Release release, String from, String to, int port) {
        return allows(policy(release, "heliograph-" + to).list("spec.ingress"), "from", labels(release, from), port);
    }

    private static boolean allows(List<Manifest> rules, String side, Map<String, String> peer, int port) {
        return rules.stream()
                .filter(rule -> ports(List.of(rule)).contains(port))
                .anyMatch(rule -> rule.find(side).isEmpty()
                        || rule.list(side).stream()
                                .filter(given -> given.find(SELECTOR).isPresent())
                                .anyMatch(given -> peer.entrySet()
                                        .containsAll(given.texts(SELECTOR).entrySet())));
    }

    private static Set<Integer> ports(List<Manifest> rules) {
        return rules.stream()
                .flatMap(rule -> rule.list("ports").stream())
                .map(port -> port.number("port"))
                .collect(Collectors.toSet());
    }

    private static Manifest policy(Release release, String name) {
        return release.all("NetworkPolicy").stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> labels(Release release, String component) {
        return labels(release.of(component, "Deployment"));
    }

    private static Map<String, String> labels(Manifest workload) {
        return workload.pod().orElseThrow().texts("metadata.labels");
    }
}
