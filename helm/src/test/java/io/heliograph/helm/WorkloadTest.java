package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules between fields, which no schema holds. */
class WorkloadTest {

    /** What a service may take to stop after the delay; its quarkus.shutdown.timeout is at most this. */
    private static final int STOP_SECONDS = 5;

    private static final int MARGIN_SECONDS = 10;

    static List<JsonObject> deployments() {
        return Chart.objects("Deployment", Chart.render("1.33.0", Chart.GIVEN));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void shouldSelectItsOwnPodsByWhatNeverChanges(JsonObject deployment) {
        JsonObject selector = path(deployment, "spec", "selector", "matchLabels");
        JsonObject labels = path(deployment, "spec", "template", "metadata", "labels");

        assertEquals(
                Set.of("app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/component"),
                selector.keySet());
        assertTrue(labels.entrySet().containsAll(selector.entrySet()));
    }

    @Test
    void shouldGiveEachDeploymentOneServiceThatReachesItsHttpPort() {
        List<JsonObject> services = Chart.objects("Service", Chart.render("1.33.0", Chart.GIVEN));

        for (JsonObject deployment : deployments()) {
            JsonObject selector = path(deployment, "spec", "selector", "matchLabels");
            List<JsonObject> matching = services.stream()
                    .filter(service -> path(service, "spec", "selector").equals(selector))
                    .toList();
            assertEquals(1, matching.size(), name(deployment));
            JsonArray ports = path(matching.get(0), "spec").getAsJsonArray("ports");
            assertEquals(List.of("http"), texts(ports, "targetPort"));
        }
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void shouldProbeTheManagementPortOnly(JsonObject deployment) {
        JsonObject container = container(deployment);

        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertEquals(
                    "management", path(container, probe, "httpGet").get("port").getAsString());
        }
        assertEquals(List.of("http", "management"), texts(container.getAsJsonArray("ports"), "name"));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void shouldMeetTheRestrictedPodSecurityStandard(JsonObject deployment) {
        JsonObject pod = path(deployment, "spec", "template", "spec");
        JsonObject container = path(container(deployment), "securityContext");

        assertTrue(path(pod, "securityContext").get("runAsNonRoot").getAsBoolean());
        assertTrue(path(pod, "securityContext").get("runAsUser").getAsInt() > 0);
        assertEquals(
                "RuntimeDefault",
                path(pod, "securityContext", "seccompProfile").get("type").getAsString());
        assertFalse(container.get("allowPrivilegeEscalation").getAsBoolean());
        assertTrue(container.get("readOnlyRootFilesystem").getAsBoolean());
        assertEquals("[\"ALL\"]", path(container, "capabilities").get("drop").toString());
        assertFalse(pod.get("automountServiceAccountToken").getAsBoolean());
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void shouldKeepAReadyPodWhileItRolls(JsonObject deployment) {
        JsonObject rolling = path(deployment, "spec", "strategy", "rollingUpdate");

        assertEquals(0, rolling.get("maxUnavailable").getAsInt());
        assertTrue(rolling.get("maxSurge").getAsInt() > 0);
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void shouldBoundMemoryAtWhatItReserves(JsonObject deployment) {
        JsonObject resources = path(container(deployment), "resources");

        assertEquals(
                path(resources, "requests").get("memory"),
                path(resources, "limits").get("memory"));
    }

    @Test
    void shouldGiveAPodTimeToServeOnAndToStop() {
        int delay = 42;
        Map<String, Object> values = new HashMap<>(Chart.GIVEN);
        values.put("shutdown.delaySeconds", delay);

        for (JsonObject deployment : Chart.objects("Deployment", Chart.render("1.33.0", values))) {
            int grace = path(deployment, "spec", "template", "spec")
                    .get("terminationGracePeriodSeconds")
                    .getAsInt();
            assertTrue(grace >= delay + STOP_SECONDS + MARGIN_SECONDS, name(deployment));
            assertEquals("42S", environment(deployment).get("QUARKUS_SHUTDOWN_DELAY"));
        }
    }

    @Test
    void shouldTakeEverySecretFromWhereItIs() {
        Map<String, Object> values = new HashMap<>(Chart.GIVEN);
        values.put("redis.existingSecret", "heliograph-redis");

        for (JsonObject deployment : Chart.objects("Deployment", Chart.render("1.33.0", values))) {
            environment(deployment).keySet().stream()
                    .filter(name -> name.endsWith("PASSWORD") || name.endsWith("SECRET"))
                    .forEach(name ->
                            assertEquals("secret", environment(deployment).get(name)));
        }
        assertEquals(5, Chart.render("1.33.0", values).split("_PASSWORD", -1).length - 1);
        assertEquals(2, Chart.render("1.33.0", values).split("_FEED_SECRET", -1).length - 1);
    }

    @Test
    void shouldPointEachServiceAtTheOthers() {
        Set<String> services = Chart.objects("Service", Chart.render("1.33.0", Chart.GIVEN)).stream()
                .map(service -> "http://" + name(service) + ":"
                        + path(service, "spec")
                                .getAsJsonArray("ports")
                                .get(0)
                                .getAsJsonObject()
                                .get("port"))
                .collect(Collectors.toSet());

        for (JsonObject deployment : deployments()) {
            environment(deployment).values().stream()
                    .filter(value -> value.startsWith("http://"))
                    .forEach(url -> assertTrue(services.contains(url.replace("/.well-known/jwks.json", "")), url));
        }
    }

    @Test
    void shouldPassFurtherSettingsOn() {
        Map<String, Object> values = new HashMap<>(Chart.GIVEN);
        values.put("message.env.HELIOGRAPH_SOCKET_HEARTBEAT", "40S");

        Map<String, String> message = Chart.objects("Deployment", Chart.render("1.33.0", values)).stream()
                .filter(deployment -> name(deployment).endsWith("-message"))
                .map(WorkloadTest::environment)
                .findFirst()
                .orElseThrow();

        assertEquals("40S", message.get("HELIOGRAPH_SOCKET_HEARTBEAT"));
    }

    private static JsonObject path(JsonObject from, String... fields) {
        JsonObject at = from;
        for (String field : fields) {
            at = at.getAsJsonObject(field);
        }
        return at;
    }

    private static String name(JsonObject object) {
        return path(object, "metadata").get("name").getAsString();
    }

    private static JsonObject container(JsonObject deployment) {
        return path(deployment, "spec", "template", "spec")
                .getAsJsonArray("containers")
                .get(0)
                .getAsJsonObject();
    }

    /** The values by name; "secret" stands for one that comes from a secret. */
    private static Map<String, String> environment(JsonObject deployment) {
        return StreamSupport.stream(container(deployment).getAsJsonArray("env").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .collect(Collectors.toMap(
                        variable -> variable.get("name").getAsString(),
                        variable -> variable.has("value")
                                ? variable.get("value").getAsString()
                                : path(variable, "valueFrom").has("secretKeyRef") ? "secret" : "unknown"));
    }

    private static List<String> texts(JsonArray array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(element -> element.getAsJsonObject().get(field).getAsString())
                .toList();
    }
}
