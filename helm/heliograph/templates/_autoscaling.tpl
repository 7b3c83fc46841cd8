{{/*
The number of replicas in the manifest; empty omits it. With an autoscaler it is the number of the live Deployment, because
a field that is removed from the manifest is reset to its default, which is 1 (Helm 3). With server-side apply (Helm 4)
it is omitted once only the autoscaler owns it: a number read before the hooks would be a conflict then.
*/}}
{{- define "heliograph.replicas" -}}
{{- $values := index .root.Values .component }}
{{- if eq .root.Values.autoscaling.by "none" }}
{{- $values.replicas }}
{{- else if not .root.Values.autoscaling.omitReplicas }}
{{- $live := include "heliograph.live.deployment" . | fromYaml }}
{{- if not $live }}
{{- $values.autoscaling.minReplicas }}
{{- else if not (include "heliograph.replicas.released" $live) }}
{{- dig "spec" "replicas" $values.autoscaling.minReplicas $live }}
{{- end }}
{{- end }}
{{- end }}

{{- define "heliograph.live.deployment" -}}
{{ include "heliograph.live" (dict "root" .root "apiVersion" "apps/v1" "kind" "Deployment" "name" (include "heliograph.name" .)) }}
{{- end }}

{{/* Whether a live Deployment is applied on the server, and only the scale subresource owns its replicas. */}}
{{- define "heliograph.replicas.released" -}}
{{- $applied := false }}
{{- $owners := list }}
{{- range dig "metadata" "managedFields" list . }}
{{- $applied = or $applied (and (eq .operation "Apply") (hasPrefix "helm" .manager)) }}
{{- if hasKey (dig "f:spec" dict (.fieldsV1 | default dict)) "f:replicas" }}
{{- $owners = append $owners (.subresource | default "none") }}
{{- end }}
{{- end }}
{{- if and $applied (eq (uniq $owners | join " ") "scale") }}true{{ end }}
{{- end }}

{{/*
The lower bound of the autoscaler. A new autoscaler starts with the current number of pods, because it has no metrics
yet; the next upgrade finds it and uses minReplicas.
*/}}
{{- define "heliograph.autoscaler.least" -}}
{{- $scaling := (index .root.Values .component).autoscaling }}
{{- $live := include "heliograph.live.deployment" . | fromYaml }}
{{- $name := printf "%s%s" (eq .root.Values.autoscaling.by "keda" | ternary "keda-hpa-" "") (include "heliograph.name" .) }}
{{- $autoscaler := include "heliograph.live" (dict "root" .root "apiVersion" "autoscaling/v2" "kind" "HorizontalPodAutoscaler" "name" $name) | fromYaml }}
{{- if and $live (not $autoscaler) }}
{{- dig "spec" "replicas" 1 $live | int | min $scaling.maxReplicas | max $scaling.minReplicas }}
{{- else }}
{{- $scaling.minReplicas }}
{{- end }}
{{- end }}

{{/* The minimum and maximum number of pods; rejected if the minimum is greater. */}}
{{- define "heliograph.autoscaler.bounds" -}}
{{- $scaling := (index .root.Values .component).autoscaling }}
{{- if gt (int $scaling.minReplicas) (int $scaling.maxReplicas) }}
{{- fail (printf "%s.autoscaling.minReplicas: %v is more than maxReplicas, %v" .component $scaling.minReplicas $scaling.maxReplicas) }}
{{- end }}
{{- end }}

{{- define "heliograph.autoscaler.target" -}}
apiVersion: apps/v1
kind: Deployment
name: {{ include "heliograph.name" . }}
{{- end }}

{{/* The gauge of open WebSockets of a component. */}}
{{- define "heliograph.autoscaler.sockets" -}}
{{ get (dict "gateway" "heliograph_gateway_websockets" "message" "heliograph_socket_connections") .component }}
{{- end }}

{{- define "heliograph.autoscaler.behavior" -}}
{{- $down := (index .root.Values .component).autoscaling.scaleDown -}}
# Scales up at once, to twice as many or by four pods, because clients wait for responses until then.
scaleUp:
  stabilizationWindowSeconds: 0
  selectPolicy: Max
  policies:
    - {type: Percent, value: 100, periodSeconds: 15}
    - {type: Pods, value: 4, periodSeconds: 15}
# Scales down late and by few pods at a time, because all clients of a removed pod have to reconnect.
scaleDown:
  stabilizationWindowSeconds: {{ $down.stabilizationSeconds }}
  policies:
    - {type: Pods, value: {{ $down.pods }}, periodSeconds: {{ $down.periodSeconds }}}
{{- end }}

{{- define "heliograph.autoscaler.hpa" -}}
{{- include "heliograph.autoscaler.bounds" . }}
{{- $scaling := (index .root.Values .component).autoscaling -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  {{- include "heliograph.metadata" . | nindent 2 }}
spec:
  scaleTargetRef:
    {{- include "heliograph.autoscaler.target" . | nindent 4 }}
  minReplicas: {{ include "heliograph.autoscaler.least" . }}
  maxReplicas: {{ $scaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: {type: Utilization, averageUtilization: {{ $scaling.cpuPercent }}}
    {{- with $scaling.connectionsPerPod }}
    # From prometheus-adapter, see the rule in monitoring/prometheus-adapter.yaml.
    - type: Pods
      pods:
        metric: {name: {{ include "heliograph.autoscaler.sockets" $ }}}
        target: {type: AverageValue, averageValue: {{ . | int | quote }}}
    {{- end }}
  behavior:
    {{- include "heliograph.autoscaler.behavior" . | nindent 4 }}
{{- end }}

{{- define "heliograph.autoscaler.keda" -}}
{{- include "heliograph.autoscaler.bounds" . }}
{{- $scaling := (index .root.Values .component).autoscaling -}}
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  {{- include "heliograph.metadata" . | nindent 2 }}
spec:
  scaleTargetRef:
    {{- include "heliograph.autoscaler.target" . | nindent 4 }}
  minReplicaCount: {{ include "heliograph.autoscaler.least" . }}
  maxReplicaCount: {{ $scaling.maxReplicas }}
  # The interval of Kubernetes' own autoscaler.
  pollingInterval: 15
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        {{- include "heliograph.autoscaler.behavior" . | nindent 8 }}
  triggers:
    - type: cpu
      metricType: Utilization
      metadata:
        value: {{ $scaling.cpuPercent | quote }}
    {{- with $scaling.connectionsPerPod }}
    - type: prometheus
      metricType: AverageValue
      metadata:
        serverAddress: {{ required "autoscaling.prometheus: KEDA has to know where Prometheus is" $.root.Values.autoscaling.prometheus }}
        query: sum({{ include "heliograph.autoscaler.sockets" $ }}{namespace={{ $.root.Release.Namespace | quote }},pod=~{{ printf "%s-.+" (include "heliograph.name" $) | quote }}})
        threshold: {{ . | int | quote }}
    {{- end }}
{{- end }}
