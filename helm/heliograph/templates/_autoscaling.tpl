{{/* Between how many pods, refused where they are the wrong way round. */}}
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
{{ get (dict "gateway" "heliograph_gateway_tunnels" "message" "heliograph_socket_connections") .component }}
{{- end }}

{{- define "heliograph.autoscaler.behavior" -}}
{{- $down := (index .root.Values .component).autoscaling.scaleDown -}}
# Up at once, twofold or by four pods: whoever waits for a decision waits for an answer.
scaleUp:
  stabilizationWindowSeconds: 0
  selectPolicy: Max
  policies:
    - {type: Percent, value: 100, periodSeconds: 15}
    - {type: Pods, value: 4, periodSeconds: 15}
# Down only when the need has been gone for a while, and by few: all who are connected to a pod that goes have to come back.
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
  minReplicas: {{ $scaling.minReplicas }}
  maxReplicas: {{ $scaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: {type: Utilization, averageUtilization: {{ $scaling.cpuPercent }}}
    {{- with $scaling.connectionsPerPod }}
    # From prometheus-adapter, by the rule in monitoring/prometheus-adapter.yaml.
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
  minReplicaCount: {{ $scaling.minReplicas }}
  maxReplicaCount: {{ $scaling.maxReplicas }}
  # As often as Kubernetes' own autoscaler looks.
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
