package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.UpgradeCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Helm makes of objects that are there already: the second installation and the next release. */
class UpgradeTest {

    private static final List<String> COMPONENTS = List.of("gateway", "user", "message");
    private static final String KEYS = "heliograph-signing-keys";
    private static final String FEED = "heliograph-feed";

    @TempDir
    Path folder;

    private ApiServer api;

    @BeforeEach
    void start() throws IOException {
        api = new ApiServer();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({"hpa, HorizontalPodAutoscaler, spec.minReplicas", "keda, ScaledObject, spec.minReplicaCount"})
    void shouldKeepRunningPodsWhenAnAutoscalerTakesOver(String by, String kind, String least) throws IOException {
        install(Map.of());
        COMPONENTS.forEach(component -> api.scale("heliograph-" + component, 6));

        upgrade(Map.of("autoscaling.by", by));

        for (String component : COMPONENTS) {
            assertEquals(6, replicas(component));
            assertEquals(6, api.get(kind, "heliograph-" + component).number(least));
        }
    }

    @ParameterizedTest
    @CsvSource({"hpa, HorizontalPodAutoscaler, spec.minReplicas", "keda, ScaledObject, spec.minReplicaCount"})
    void shouldLeaveTheNumberOfPodsToAnExistingAutoscaler(String by, String kind, String least) throws IOException {
        install(Map.of("autoscaling.by", by));
        assertEquals(2, replicas("user"));
        COMPONENTS.forEach(component -> {
            api.scale("heliograph-" + component, 5);
            // As the operator of KEDA would.
            api.put("{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: keda-hpa-heliograph-"
                    + component + "}}");
        });

        upgrade(Map.of("autoscaling.by", by));
        upgrade(Map.of("autoscaling.by", by));

        for (String component : COMPONENTS) {
            assertEquals(5, replicas(component));
            assertEquals(2, api.get(kind, "heliograph-" + component).number(least));
        }
    }

    @Test
    void shouldBoundTheMinimumByTheMaximumOfTheAutoscaler() throws IOException {
        install(Map.of("user.replicas", 9));

        upgrade(Map.of("autoscaling.by", "hpa"));

        assertEquals(9, replicas("user"));
        assertEquals(6, api.get("HorizontalPodAutoscaler", "heliograph-user").number("spec.minReplicas"));
    }

    @Test
    void shouldUseTheSecretsThatAnOperatorMade() throws IOException {
        api.put(secret(KEYS, "signing-keys.json"));
        api.put(secret(FEED, "secret"));
        Manifest keys = api.get("Secret", KEYS);
        Manifest feed = api.get("Secret", FEED);

        install(Map.of());
        upgrade(Map.of());

        assertEquals(keys, api.get("Secret", KEYS));
        assertEquals(feed, api.get("Secret", FEED));
    }

    @Test
    void shouldUseItsOwnSecretsAgainAfterAnUninstallation() throws IOException {
        install(Map.of());
        Manifest keys = api.get("Secret", KEYS);

        Helm.uninstall("heliograph")
                .withNamespace("heliograph")
                .withKubeConfig(api.kubeconfig(folder))
                .call();
        assertTrue(api.find("Deployment", "heliograph-user").isEmpty());
        install(Map.of());

        assertEquals(keys, api.get("Secret", KEYS));
    }

    @Test
    void shouldRejectASecretWithoutItsKey() {
        api.put(secret(FEED, "password"));

        String message =
                assertThrows(RuntimeException.class, () -> install(Map.of())).getMessage();

        assertTrue(message.contains("heliograph-feed is there, but nothing is at its key secret"), message);
    }

    /** The secret appears between its lookup and the hook that would make it. */
    @Test
    void shouldFailRatherThanReplaceASecretThatAppearsMeanwhile() {
        api.put(secret(KEYS, "signing-keys.json"));
        Manifest keys = api.get("Secret", KEYS);
        api.hideOnce("Secret", KEYS);

        assertThrows(RuntimeException.class, () -> install(Map.of()));

        assertEquals(keys, api.get("Secret", KEYS));
    }

    @Test
    void shouldMakeTheSecretOfAFeedThatIsEnabledLater() throws IOException {
        install(Map.of("feed.enabled", false));
        assertTrue(api.find("Secret", FEED).isEmpty());
        Manifest keys = api.get("Secret", KEYS);

        upgrade(Map.of());

        assertFalse(api.get("Secret", FEED).text("data.secret").isEmpty());
        assertEquals(keys, api.get("Secret", KEYS));
    }

    @Test
    void shouldRestoreAVariableWhenItsOverrideIsRemoved() throws IOException {
        install(Map.of());
        Map<String, String> before = environment("message");

        upgrade(Map.of("message.env.HELIOGRAPH_TOKENS_JWKS_URL", "http://elsewhere"));
        assertEquals("http://elsewhere", environment("message").get("HELIOGRAPH_TOKENS_JWKS_URL"));
        assertNotEquals(before, environment("message"));
        upgrade(Map.of());

        assertEquals(before, environment("message"));
    }

    /** Helm then uses the defaults of the previous release in place of those of the chart, and lacks new keys. */
    @Test
    void shouldUpgradeWithTheValuesOfTheReleaseBefore() throws IOException {
        Path before = Chart.copy(folder.resolve("before"));
        Files.copy(
                Path.of("src/test/resources/values-1.0.0.yaml"),
                before.resolve("values.yaml"),
                StandardCopyOption.REPLACE_EXISTING);
        run(new Helm(before).install(), Map.of("feed.enabled", false));

        upgrade(Map.of());
        Map<String, String> expected = environment("user");
        command(new Helm(Path.of("heliograph")).upgrade().reuseValues(), Map.of("feed.enabled", true))
                .call();

        assertEquals(expected, environment("user"));
        assertFalse(api.get("Secret", FEED).text("data.secret").isEmpty());
    }

    private void install(Map<String, Object> values) throws IOException {
        run(new Helm(Path.of("heliograph")).install(), values);
    }

    private void run(InstallCommand install, Map<String, Object> values) throws IOException {
        install.withName("heliograph").withNamespace("heliograph").withKubeConfig(api.kubeconfig(folder));
        Chart.GIVEN.forEach(install::set);
        values.forEach(install::set);
        install.call();
    }

    private void upgrade(Map<String, Object> values) throws IOException {
        command(new Helm(Path.of("heliograph")).upgrade(), values).call();
    }

    private UpgradeCommand command(UpgradeCommand upgrade, Map<String, Object> values) throws IOException {
        upgrade.withName("heliograph").withNamespace("heliograph").withKubeConfig(api.kubeconfig(folder));
        Chart.GIVEN.forEach(upgrade::set);
        values.forEach(upgrade::set);
        return upgrade;
    }

    private int replicas(String component) {
        return api.get("Deployment", "heliograph-" + component).number("spec.replicas");
    }

    private Map<String, String> environment(String component) {
        return Environment.of(api.get("Deployment", "heliograph-" + component)
                .list("spec.template.spec.containers")
                .get(0));
    }

    private static String secret(String name, String key) {
        return "{apiVersion: v1, kind: Secret, metadata: {name: %s}, data: {%s: b3Vycw==}}".formatted(name, key);
    }
}
