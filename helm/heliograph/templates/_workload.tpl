{{/*
All objects of one service: Deployment, Services, disruption budget and autoscaler.
  root            the chart's own context
  component       gateway, user or message; also the key of its values
  environment     YAML: the variables of this service, besides those of all services
  volumes         YAML: further volumes
  volumeMounts    YAML: where they are mounted
*/}}
{{- define "heliograph.workload" -}}
{{ include "heliograph.deployment" . }}
---
{{ include "heliograph.services" . }}
---
{{ include "heliograph.disruptionBudget" . }}
{{- if ne .root.Values.autoscaling.by "none" }}
---
{{ include (printf "heliograph.autoscaler.%s" .root.Values.autoscaling.by) . }}
{{- end }}
{{- end }}

{{- define "heliograph.deployment" -}}
{{- $values := index .root.Values .component }}
{{- $shutdown := .root.Values.shutdown -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "heliograph.metadata" . | nindent 2 }}
spec:
  {{- with include "heliograph.replicas" . }}
  replicas: {{ . }}
  {{- end }}
  # Enough to roll back by several releases.
  revisionHistoryLimit: 5
  selector:
    matchLabels:
      {{- include "heliograph.selector" . | nindent 6 }}
  strategy:
    rollingUpdate:
      # A new pod is ready before an old one stops, one at a time: the clients of a stopped pod reconnect to the others.
      maxUnavailable: 0
      maxSurge: 1
  template:
    metadata:
      {{- include "heliograph.pod.metadata" . | nindent 6 }}
    spec:
      {{- include "heliograph.pod.security" .root | nindent 6 }}
      # The delay in which it continues to serve, the time for its shutdown, and ten seconds for a busy node.
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
            {{- if include "heliograph.tls" . }}
            - name: https
              containerPort: {{ include "heliograph.tlsPort" . }}
            {{- end }}
            - name: management
              containerPort: {{ include "heliograph.managementPort" . }}
            {{- if and (eq .component "message") (.root.Values.echo | default dict).enabled }}
            - name: echo
              containerPort: 7007
            {{- end }}
          env:
            {{- include "heliograph.environment" (dict "component" .component "given" $values
              "set" (printf "%s\n%s\n%s" (include "heliograph.process.environment" .) (include "heliograph.environment.all" .) .environment)) | nindent 12 }}
          resources:
            {{- toYaml $values.resources | nindent 12 }}
          # Six minutes: longer than a start waits for slow stores (heliograph.start.deadline), so that the log has the reason.
          startupProbe:
            httpGet: {path: /q/health/started, port: management}
            periodSeconds: 2
            failureThreshold: 180
          livenessProbe:
            httpGet: {path: /q/health/live, port: management}
            periodSeconds: 10
            timeoutSeconds: 5
          # Queries PostgreSQL, with a timeout of three seconds.
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

{{/* A Service with one address, and a headless one for the gateway, which selects pods itself. */}}
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
    {{- if include "heliograph.tls" . }}
    # No port for plain HTTP: a client that used it would have sent its token before it could be redirected.
    - name: https
      port: {{ $service.tlsPort | default 443 }}
      targetPort: https
    {{- else }}
    - name: http
      port: {{ $service.port }}
      targetPort: http
    {{- end }}
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

{{/* The minimum number of pods. */}}
{{- define "heliograph.replicas.least" -}}
{{- $values := index .root.Values .component }}
{{- ternary $values.replicas $values.autoscaling.minReplicas (eq .root.Values.autoscaling.by "none") }}
{{- end }}

{{/*
There is always a budget, because maxUnavailable: 1 never blocks a drain: with minReplicas 1 an autoscaler may still run
six pods, which would all be evicted at once.
*/}}
{{- define "heliograph.disruptionBudget" -}}
{{- $budget := (index .root.Values .component).disruptionBudget }}
{{- $least := include "heliograph.replicas.least" . | int }}
{{- with $budget.minAvailable }}
{{- $staying := . }}
{{- if kindIs "string" . }}
{{- $staying = divf (mulf (trimSuffix "%" . | float64) $least) 100 | ceil }}
{{- end }}
{{- if ge (int $staying) $least }}
{{- fail (printf "%s.disruptionBudget.minAvailable: %v of %d pods leaves none that may go, so no node could be emptied" $.component . $least) }}
{{- end }}
{{- end -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "heliograph.metadata" . | nindent 2 }}
spec:
  {{- toYaml ($budget | default (dict "maxUnavailable" 1)) | nindent 2 }}
  # An unready pod may always be evicted.
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "heliograph.selector" . | nindent 6 }}
{{- end }}
