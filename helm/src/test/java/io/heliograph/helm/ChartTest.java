package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.marcnuri.helm.LintResult;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class ChartTest {

    static final List<String> KUBERNETES = Chart.KUBERNETES;

    @Test
    void shouldPassLintStrictly() {
        LintResult result = Chart.helm().lint().strict().call();

        assertFalse(result.isFailed(), () -> String.join("\n", result.getMessages()));
    }

    @ParameterizedTest
    @FieldSource("KUBERNETES")
    void shouldRenderWhatTheApiServerKnows(String kubernetes) throws Exception {
        List<JsonObject> objects = Chart.objects(Chart.render(kubernetes, Chart.GIVEN));

        assertEquals(6, objects.size());
        for (JsonObject object : objects) {
            validate(object);
        }
    }

    @Test
    void shouldRenderTheSameTwice() {
        String first = Chart.render("1.33.0", Chart.GIVEN);

        assertEquals(first, Chart.render("1.33.0", Chart.GIVEN));
    }

    @Test
    void shouldAskForTheRegistry() {
        RuntimeException refused = assertThrows(RuntimeException.class, () -> Chart.render("1.33.0", Map.of()));

        assertTrue(refused.getMessage().contains("image.registry"), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "message.replcas, 3",
        "postgres.password, secret",
        "postgres.url, postgresql://heliograph:secret@postgres:5432/heliograph",
        "redis.url, redis://:secret@redis:6379",
        "gateway.service.type, ExternalName",
        "gateway.env.lower-case, x",
        "user.resources.limits.memory, 384MB",
        "shutdown.delaySeconds, -1",
        "image.pullPolicy, Sometimes",
    })
    void shouldRefuseWrongValues(String key, String value) {
        Map<String, Object> values = new HashMap<>(Chart.GIVEN);
        values.put(key, value);

        RuntimeException refused = assertThrows(RuntimeException.class, () -> Chart.render("1.33.0", values));

        assertTrue(refused.getMessage().contains("values don't meet the specifications"), refused.getMessage());
    }

    @Test
    void shouldRefuseAnOlderKubernetes() {
        assertThrows(RuntimeException.class, () -> Chart.render("1.29.9", Chart.GIVEN));
    }

    private static void validate(JsonObject object) throws Exception {
        JsonElement json = object;
        switch (object.get("kind").getAsString()) {
            case "Deployment" -> V1Deployment.validateJsonElement(json);
            case "Service" -> V1Service.validateJsonElement(json);
            default -> throw new AssertionError("no schema for " + object.get("kind"));
        }
    }
}
