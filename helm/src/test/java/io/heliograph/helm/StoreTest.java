package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where PostgreSQL and Redis are, and how they are known. */
class StoreTest {

    private static final String FILES = "/etc/heliograph/authorities/";

    static List<Path> examples() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("heliograph", "examples"))) {
            return folders.sorted().toList();
        }
    }

    @Test
    void shouldReadFromConfiguredStandbys() {
        Map<String, String> environment =
                environment(Chart.render(Map.of("postgres.replicaHost", "standbys")), "message");

        assertEquals(
                "postgresql://standbys:5432/heliograph", environment.get("QUARKUS_DATASOURCE_REPLICA_REACTIVE_URL"));
        assertFalse(
                environment(Chart.render(Map.of()), "message").containsKey("QUARKUS_DATASOURCE_REPLICA_REACTIVE_URL"));
    }

    @Test
    void shouldNotUseTlsWithoutACertificateAuthority() {
        Release release = Chart.render(Map.of());

        assertFalse(release.yaml().contains("TRUST_CERTIFICATE"));
        assertEquals("redis://redis:6379", environment(release, "gateway").get("QUARKUS_REDIS_HOSTS"));
    }

    @Test
    void shouldVerifyTheCertificateOfPostgresInAllItsClients() {
        Release release = Chart.render(Map.of(
                "postgres.tls.caSecret", "authority",
                "postgres.replicaHost", "standbys"));

        for (String component : List.of("user", "message")) {
            Map<String, String> environment = environment(release, component);
            for (String datasource : List.of("QUARKUS_DATASOURCE_REACTIVE_", "QUARKUS_DATASOURCE_REPLICA_REACTIVE_")) {
                assertEquals("verify-full", environment.get(datasource + "POSTGRESQL_SSL_MODE"));
                assertEquals(FILES + "postgres.crt", environment.get(datasource + "TRUST_CERTIFICATE_PEM_CERTS"));
            }
            Map<String, String> migration = Environment.of(container(release.of(component + "-migration", "Job")));
            assertEquals(
                    "jdbc:postgresql://postgres:5432/heliograph?sslmode=verify-full&sslrootcert=" + FILES
                            + "postgres.crt",
                    migration.get("QUARKUS_DATASOURCE_JDBC_URL"));
        }
    }

    @Test
    void shouldVerifyTheCertificateOfRedisInAllServices() {
        Release release = Chart.render(Map.of("redis.tls.caConfigMap", "authority"));

        for (String component : List.of("gateway", "user", "message")) {
            Map<String, String> environment = environment(release, component);
            assertEquals("rediss://redis:6379", environment.get("QUARKUS_REDIS_HOSTS"));
            assertEquals(FILES + "redis.crt", environment.get("QUARKUS_REDIS_TLS_TRUST_CERTIFICATE_PEM_CERTS"));
        }
    }

    @Test
    void shouldConnectToRedisAsTheConfiguredUser() {
        Release release = Chart.render(
                Map.of("redis.username", "heliograph", "redis.existingSecret", "redis", "redis.tls.caSecret", "ca"));

        for (String component : List.of("gateway", "user", "message")) {
            assertEquals(
                    "rediss://redis:6379?user=heliograph",
                    environment(release, component).get("QUARKUS_REDIS_HOSTS"));
        }
    }

    @Test
    void shouldMountOnlyTheCertificateOfASecret() {
        Release release = Chart.render(Map.of(
                "postgres.tls.caSecret", "authority", "redis.tls.caSecret", "other", "redis.tls.caKey", "caData"));

        for (Manifest deployment : release.all("Deployment")) {
            Manifest volume = deployment.pod().orElseThrow().list("spec.volumes").stream()
                    .filter(each -> each.text("name").equals("authorities"))
                    .findFirst()
                    .orElseThrow();
            List<String> taken = volume.list("projected.sources").stream()
                    .map(source -> source.at("secret"))
                    .map(source -> source.text("name") + " "
                            + source.list("items").get(0).text("key") + " as "
                            + source.list("items").get(0).text("path"))
                    .toList();
            assertEquals(List.of("authority ca.crt as postgres.crt", "other caData as redis.crt"), taken);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldRenderWithEachExample(Path example) {
        Release release = new Release(Chart.template(Chart.KUBERNETES.get(1))
                .withValuesFile(Chart.ci("minimal"))
                .withValuesFile(example.resolve("values.yaml"))
                .call());

        release.manifests().forEach(Schemas::validate);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldUseTheNamesOfTheObjectsOfAnExample(Path example) throws IOException {
        String values = Files.readString(example.resolve("values.yaml"));
        try (Stream<Path> files = Files.list(example)) {
            for (Path file : files.filter(each -> !each.endsWith("values.yaml")).toList()) {
                String name =
                        new Release(Files.readString(file)).manifests().get(0).name();
                assertTrue(values.lines().filter(line -> line.contains("ost: ")).allMatch(line -> line.contains(name)));
                assertTrue(
                        values.lines().filter(line -> line.contains("Secret: ")).allMatch(line -> line.contains(name)));
            }
        }
    }

    private static Map<String, String> environment(Release release, String component) {
        return Environment.of(container(release.of(component, "Deployment")));
    }

    private static Manifest container(Manifest workload) {
        return workload.pod().orElseThrow().list("spec.containers").get(0);
    }
}
