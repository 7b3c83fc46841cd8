{{/*
One of the services with all that makes it run: Deployment, Services, disruption budget and autoscaler.
  root            the chart's own context
  component       gateway, user or message; also the key of its values
  environment     YAML: what this service needs besides what all need
  volumes         YAML: further volumes
  volumeMounts    YAML: where they are mounted
*/}}
{{- define "heliograph.workload" -}}
{{ include "heliograph.deployment" . }}
---
{{ include "heliograph.services" . }}
{{- if gt (include "heliograph.replicas.least" . | int) 1 }}
---
{{ include "heliograph.disruptionBudget" . }}
{{- end }}
{{- if ne .root.Values.autoscaling.by "none" }}
---
{{ include (printf "heliograph.autoscaler.%s" .root.Values.autoscaling.by) . }}
{{- end }}
{{- end }}

{{- define "heliograph.deployment" -}}
{{- $values := index .root.Values .component }}
{{- $shutdown := .root.Values.shutdown }}
{{- $settings := include "heliograph.pod.settings" . | fromYaml -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "heliograph.metadata" . | nindent 2 }}
spec:
  {{- if eq .root.Values.autoscaling.by "none" }}
  replicas: {{ $values.replicas }}
  {{- end }}
  # Enough to go back by several releases.
  revisionHistoryLimit: 5
  selector:
    matchLabels:
      {{- include "heliograph.selector" . | nindent 6 }}
  strategy:
    rollingUpdate:
      # A new pod is ready before an old one goes, and one at a time: each that goes sends its sockets to the others.
      maxUnavailable: 0
      maxSurge: 1
  template:
    metadata:
      labels:
        {{- include "heliograph.pod.labels" . | nindent 8 }}
        {{- with $settings.labels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with $settings.annotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      {{- include "heliograph.pod.security" .root | nindent 6 }}
      # The delay in which it serves on, the time it may take to stop, and ten seconds for a busy node.
      terminationGracePeriodSeconds: {{ add $shutdown.delaySeconds $shutdown.timeoutSeconds 10 }}
      {{- include "heliograph.pod.scheduling" . | nindent 6 }}
      containers:
        - name: {{ .component }}
          image: {{ include "heliograph.image" . }}
          imagePullPolicy: {{ .root.Values.image.pullPolicy }}
          {{- with include "heliograph.process.arguments" . }}
          {{- . | nindent 10 }}
          {{- end }}
          ports:
            - name: http
              containerPort: {{ include "heliograph.port" . }}
            - name: management
              containerPort: {{ include "heliograph.managementPort" . }}
          env:
            {{- with include "heliograph.process.environment" . }}
            {{- . | nindent 12 }}
            {{- end }}
            {{- include "heliograph.environment.all" . | nindent 12 }}
            {{- .environment | nindent 12 }}
            {{- with include "heliograph.environment.given" $values }}
            {{- . | trim | nindent 12 }}
            {{- end }}
          resources:
            {{- toYaml $values.resources | nindent 12 }}
          # Six minutes: longer than a start waits for slow stores (heliograph.start.deadline), so that it says why it ends.
          startupProbe:
            httpGet: {path: /q/health/started, port: management}
            periodSeconds: 2
            failureThreshold: 180
          livenessProbe:
            httpGet: {path: /q/health/live, port: management}
            periodSeconds: 10
            timeoutSeconds: 5
          # Asks PostgreSQL, which may take its whole timeout of three seconds.
          readinessProbe:
            httpGet: {path: /q/health/ready, port: management}
            periodSeconds: 5
            timeoutSeconds: 4
          securityContext:
            {{- include "heliograph.container.security" . | nindent 12 }}
          volumeMounts:
            {{- include "heliograph.container.mounts" .root | nindent 12 }}
            {{- with .volumeMounts }}
            {{- . | nindent 12 }}
            {{- end }}
            {{- with $values.volumeMounts }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
      volumes:
        {{- include "heliograph.pod.volumes" .root | nindent 8 }}
        {{- with .volumes }}
        {{- . | nindent 8 }}
        {{- end }}
        {{- with $values.volumes }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
{{- end }}

{{/* One address for all pods, and a name that stands for each of them: for the gateway, which chooses by itself. */}}
{{- define "heliograph.services" -}}
{{- $service := ternary .root.Values.service (dict "type" "ClusterIP" "port" (include "heliograph.port" . | int)) (eq .component "gateway") -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "heliograph.metadata" . | nindent 2 }}
  {{- with $service.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: {{ $service.type }}
  {{- if ne $service.type "ClusterIP" }}
  externalTrafficPolicy: {{ $service.externalTrafficPolicy }}
  {{- end }}
  selector:
    {{- include "heliograph.selector" . | nindent 4 }}
  ports:
    - name: http
      port: {{ $service.port }}
      targetPort: http
---
apiVersion: v1
kind: Service
metadata:
  name: {{ include "heliograph.name" . }}-headless
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "heliograph.labels" . | nindent 4 }}
spec:
  clusterIP: None
  selector:
    {{- include "heliograph.selector" . | nindent 4 }}
  ports:
    - name: http
      port: {{ include "heliograph.port" . }}
      targetPort: http
{{- end }}

{{/* How many pods there are at least. */}}
{{- define "heliograph.replicas.least" -}}
{{- $values := index .root.Values .component }}
{{- ternary $values.replicas $values.autoscaling.minReplicas (eq .root.Values.autoscaling.by "none") }}
{{- end }}

{{- define "heliograph.disruptionBudget" -}}
{{- $budget := (index .root.Values .component).disruptionBudget }}
{{- $least := include "heliograph.replicas.least" . | int }}
{{- if and $budget.minAvailable (not (kindIs "string" $budget.minAvailable)) (ge (int $budget.minAvailable) $least) }}
{{- fail (printf "%s.disruptionBudget.minAvailable: %v of %d pods leaves none that may go, so no node could be emptied" .component $budget.minAvailable $least) }}
{{- end -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "heliograph.metadata" . | nindent 2 }}
spec:
  {{- toYaml ($budget | default (dict "maxUnavailable" 1)) | nindent 2 }}
  # A pod that is not well helps nobody by staying.
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "heliograph.selector" . | nindent 6 }}
{{- end }}
