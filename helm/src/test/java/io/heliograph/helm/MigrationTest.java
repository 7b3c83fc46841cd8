package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The Jobs that migrate. */
class MigrationTest {

    @Test
    void shouldMigrateEachSchemaByTheImageOfItsService() {
        Release release = jobs(Map.of("user.image.digest", "sha256:" + "1".repeat(64)));

        assertEquals(
                List.of("heliograph-user-migration", "heliograph-message-migration"),
                release.all("Job").stream().map(Manifest::name).toList());
        for (String component : List.of("user", "message")) {
            Manifest job = release.of(component + "-migration", "Job");
            Manifest deployment = release.of(component, "Deployment");
            Map<String, String> environment = Environment.of(container(job));
            Map<String, String> serving = Environment.of(container(deployment));
            assertEquals(container(deployment).text("image"), container(job).text("image"));
            assertEquals("true", environment.get("QUARKUS_INIT_AND_EXIT"));
            assertEquals("false", serving.get("QUARKUS_FLYWAY_MIGRATE_AT_START"));
            for (String variable : List.of("REACTIVE_URL", "USERNAME", "PASSWORD")) {
                assertEquals(
                        serving.get("QUARKUS_DATASOURCE_" + variable),
                        environment.get("QUARKUS_DATASOURCE_" + variable));
            }
        }
    }

    @Test
    void shouldMigrateInThePodsWithoutJobs() {
        Release release = jobs(Map.of("migrations.enabled", false));

        assertEquals(List.of(), release.all("Job"));
        for (String component : List.of("user", "message")) {
            assertEquals(
                    "true",
                    Environment.of(container(release.of(component, "Deployment")))
                            .get("QUARKUS_FLYWAY_MIGRATE_AT_START"));
        }
    }

    /** Before the first installation nothing of the chart is there. */
    @Test
    void shouldUseNoOtherObjectOfTheChart() {
        Release release = jobs(Map.of());
        List<String> own = release.manifests().stream().map(Manifest::name).toList();

        for (Manifest job : release.all("Job")) {
            Manifest pod = job.pod().orElseThrow();
            assertTrue(pod.find("spec.serviceAccountName").isEmpty());
            assertEquals(
                    List.of("tmp"),
                    pod.list("spec.volumes").stream()
                            .map(volume -> volume.text("name"))
                            .toList());
            Environment.of(container(job))
                    .values()
                    .forEach(value -> assertFalse(own.contains(value.split("/", -1)[0]), value));
        }
    }

    @Test
    void shouldGetTheSettingsOfItsService() {
        Release release = jobs(Map.of("user.env.QUARKUS_LOG_LEVEL", "DEBUG"));

        assertEquals(
                "DEBUG",
                Environment.of(container(release.of("user-migration", "Job"))).get("QUARKUS_LOG_LEVEL"));
    }

    @Test
    void shouldReachOnlyPostgres() {
        Release release = jobs(Map.of());

        for (Manifest job : release.all("Job")) {
            Manifest policy = release.all("NetworkPolicy").stream()
                    .filter(each -> each.name().equals(job.name()))
                    .findFirst()
                    .orElseThrow();
            Set<Integer> ports = policy.list("spec.egress").stream()
                    .flatMap(rule -> rule.list("ports").stream())
                    .map(port -> port.number("port"))
                    .collect(Collectors.toSet());
            assertTrue(job.pod()
                    .orElseThrow()
                    .texts("metadata.labels")
                    .entrySet()
                    .containsAll(policy.texts("spec.podSelector.matchLabels").entrySet()));
            assertEquals(Set.of(53, 5353, 5432), ports);
            assertTrue(policy.find("spec.ingress").isEmpty());
        }
    }

    @Test
    void shouldEndBeforeTheTimeoutOfHelm() {
        assertTrue(jobs(Map.of()).of("user-migration", "Job").number("spec.activeDeadlineSeconds") < 300);
    }

    @Test
    void shouldRunBeforeThePodsChangeAndKeepFailedJobs() {
        Map<String, String> annotations = Chart.defaults().texts("migrations.annotations");

        assertEquals("pre-install,pre-upgrade", annotations.get("helm.sh/hook"));
        assertEquals("before-hook-creation,hook-succeeded", annotations.get("helm.sh/hook-delete-policy"));
        assertTrue(Integer.parseInt(annotations.get("helm.sh/hook-weight"))
                > Integer.parseInt(Chart.render(Map.of())
                        .all("Secret")
                        .get(0)
                        .texts("metadata.annotations")
                        .get("helm.sh/hook-weight")));
    }

    /** The template of a Job cannot change, and an object of the release is patched where a hook is deleted first. */
    @Test
    void shouldHaveANameOfItsOwnForEachImageWithoutHooks() {
        Map<String, Object> first = Map.of("migrations.annotations", "null", "image.tag", "1.0.0");
        Map<String, Object> second = Map.of("migrations.annotations", "null", "image.tag", "1.1.0");

        List<String> names = names(jobs(first));

        assertEquals(names, names(jobs(first)));
        assertTrue(names(jobs(second)).stream().noneMatch(names::contains));
        names.forEach(name -> assertTrue(name.length() <= 63, name));
    }

    @Test
    void shouldMigrateInThePodsTooWithoutHooks() {
        assertEquals("true", migrateAtStart(Map.of("migrations.annotations", "null")));
        assertEquals("false", migrateAtStart(Map.of()));
        assertEquals(
                "false",
                migrateAtStart(Map.of(
                        "migrations.annotations.hook\\.of\\.helm\\.sh", "null",
                        "migrations.annotations.argocd\\.argoproj\\.io/hook", "Sync")));
    }

    @Test
    void shouldBeDeletedADayAfterItEnds() {
        assertEquals(86400, jobs(Map.of()).of("user-migration", "Job").number("spec.ttlSecondsAfterFinished"));
    }

    private static String migrateAtStart(Map<String, Object> values) {
        return Environment.of(container(jobs(values).of("user", "Deployment"))).get("QUARKUS_FLYWAY_MIGRATE_AT_START");
    }

    private static List<String> names(Release release) {
        return release.all("Job").stream().map(Manifest::name).toList();
    }

    private static Release jobs(Map<String, Object> given) {
        return Chart.render(given);
    }

    private static Manifest container(Manifest workload) {
        return workload.pod().orElseThrow().list("spec.containers").get(0);
    }
}
