package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schemas reject what an API server would; otherwise their validation of the chart would prove nothing. */
class SchemasTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "production  | Deployment              | strategy:            | strategie:",
                "production  | Deployment              | containerPort: 8080  | containerPort: http",
                "production  | HorizontalPodAutoscaler | maxReplicas:         | mostReplicas:",
                "production  | Ingress                 | pathType:            | kindOfPath:",
                "production  | NetworkPolicy           | policyTypes:         | types:",
                "production  | PodDisruptionBudget     | maxUnavailable:      | maxAway:",
                "gateway-api | HTTPRoute               | timeouts:            | timeout:",
                "gateway-api | HTTPRoute               | backendRefs:         | backends:",
                "keda        | ScaledObject            | pollingInterval: 15  | pollingInterval: often",
                "keda        | ScaledObject            | maxReplicaCount:     | maxReplicas:",
            })
    void shouldRejectUnknownFields(String file, String kind, String right, String wrong) {
        Release good = Chart.render(Chart.ci(file));
        Release bad = new Release(good.yaml().replace(right, wrong));

        assertDoesNotThrow(() -> good.all(kind).forEach(Schemas::validate));
        assertThrows(AssertionError.class, () -> bad.all(kind).forEach(Schemas::validate));
    }
}
