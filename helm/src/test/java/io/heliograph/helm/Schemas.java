package io.heliograph.helm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** The APIs that the chart speaks to. A kind that is not here is not validated, so the chart may not have it. */
final class Schemas {

    /** Refuses fields that the model does not know; those of fabric8 would put them aside. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    /** Those of Kubernetes' own client look for unknown and missing fields before they read. */
    private static final Map<String, ThrowingConsumer<String>> KINDS = Map.ofEntries(
            Map.entry("v1 ConfigMap", V1ConfigMap::fromJson),
            Map.entry("v1 Namespace", V1Namespace::fromJson),
            Map.entry("v1 Pod", V1Pod::fromJson),
            Map.entry("v1 Secret", V1Secret::fromJson),
            Map.entry("v1 Service", V1Service::fromJson),
            Map.entry("v1 ServiceAccount", V1ServiceAccount::fromJson),
            Map.entry("apps/v1 Deployment", V1Deployment::fromJson),
            Map.entry("apps/v1 StatefulSet", V1StatefulSet::fromJson),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::fromJson),
            Map.entry("batch/v1 Job", V1Job::fromJson),
            Map.entry("networking.k8s.io/v1 Ingress", V1Ingress::fromJson),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::fromJson),
            Map.entry("policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::fromJson),
            Map.entry("rbac.authorization.k8s.io/v1 Role", V1Role::fromJson),
            Map.entry("rbac.authorization.k8s.io/v1 RoleBinding", V1RoleBinding::fromJson),
            Map.entry("gateway.networking.k8s.io/v1 HTTPRoute", json -> read(json, HTTPRoute.class)),
            Map.entry("monitoring.coreos.com/v1 PodMonitor", json -> read(json, PodMonitor.class)),
            Map.entry("monitoring.coreos.com/v1 PrometheusRule", json -> read(json, PrometheusRule.class)),
            Map.entry("monitoring.coreos.com/v1 ServiceMonitor", json -> read(json, ServiceMonitor.class)),
            Map.entry("keda.sh/v1alpha1 ScaledObject", json -> read(json, ScaledObject.class)));

    private Schemas() {}

    /** @throws AssertionError if the API server would not take it */
    static void validate(Manifest manifest) {
        ThrowingConsumer<String> schema = KINDS.get(manifest.text("apiVersion") + " " + manifest.kind());
        if (schema == null) {
            throw new AssertionError("no schema for " + manifest);
        }
        try {
            schema.accept(manifest.json().toString());
        } catch (Throwable e) {
            throw new AssertionError(manifest + ": " + e.getMessage(), e);
        }
    }

    /** Whether it is of a kind that has to be installed before. */
    static boolean needsDefinition(Manifest manifest) {
        String group = manifest.text("apiVersion");
        return group.startsWith("gateway.networking") || group.contains(".coreos.") || group.startsWith("keda.");
    }

    private static void read(String json, Class<?> model) throws IOException {
        STRICT.readValue(json, model);
    }
}
