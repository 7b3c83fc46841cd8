package io.heliograph.helm;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.util.List;
import java.util.Map;

/** What of KEDA's ScaledObject the chart may use. There is no model of it in Java to be had, so this follows its manual. */
record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

    record Spec(
            Target scaleTargetRef,
            int minReplicaCount,
            int maxReplicaCount,
            int pollingInterval,
            Advanced advanced,
            List<Trigger> triggers) {}

    record Target(String apiVersion, String kind, String name) {}

    record Advanced(Autoscaler horizontalPodAutoscalerConfig) {}

    record Autoscaler(HorizontalPodAutoscalerBehavior behavior) {}

    record Trigger(String type, String metricType, Map<String, String> metadata) {}
}
