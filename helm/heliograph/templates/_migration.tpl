{{/*
Migrates the schema of a service, and ends: the image of the service, configured to run Flyway only. It
opens no port and needs only PostgreSQL. As a hook before an installation it runs before any object of the chart exists,
so it uses none of them. The template of a Job cannot change. Helm deletes a hook before the next one; the name of a Job
that is no hook changes with its content.
  root        the chart's own context
  component   user or message
*/}}
{{- define "heliograph.migration" -}}
{{- $migrations := .root.Values.migrations }}
{{- $job := dict "root" .root "component" (printf "%s-migration" .component) }}
{{- $hook := hasKey ($migrations.annotations | default dict) "helm.sh/hook" }}
{{- $template := include "heliograph.migration.template" . -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ $hook | ternary (include "heliograph.name" $job) (printf "%s-%s" (include "heliograph.name" $job | trunc 54 | trimSuffix "-") (sha256sum $template | trunc 8)) }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "heliograph.labels" $job | nindent 4 }}
  {{- with $migrations.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  backoffLimit: {{ $migrations.backoffLimit }}
  activeDeadlineSeconds: {{ $migrations.activeDeadlineSeconds }}
  {{- if $hook }}
  # A failed Job is kept so that its log can be read, and is removed later.
  ttlSecondsAfterFinished: {{ $migrations.ttlSecondsAfterFinished | default 86400 }}
  {{- end }}
  template:
    {{- $template | nindent 4 }}
{{- end }}

{{- define "heliograph.migration.template" -}}
{{- $migrations := .root.Values.migrations -}}
metadata:
  {{- include "heliograph.pod.metadata" (dict "root" .root "component" .component "as" (printf "%s-migration" .component)) | nindent 2 }}
spec:
  # Each attempt has its own pod, so that the log of each can be read.
  restartPolicy: Never
  {{- include "heliograph.pod.security" .root | nindent 2 }}
  {{- with include "heliograph.pod.placement" . }}
  {{- . | trim | nindent 2 }}
  {{- end }}
  containers:
    - name: migration
      image: {{ include "heliograph.image" . }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      {{- with include "heliograph.process.arguments" . }}
      {{- . | nindent 6 }}
      {{- end }}
      env:
        {{- include "heliograph.environment" (dict "component" .component "given" (index .root.Values .component)
          "set" (printf "%s\n%s\n%s" (include "heliograph.process.environment" .) (include "heliograph.environment.migration" .) (include "heliograph.environment.postgres" .root))
          "fixed" (include "heliograph.environment.exit" .)) | nindent 8 }}
      resources:
        {{- toYaml $migrations.resources | nindent 8 }}
      securityContext:
        {{- include "heliograph.container.security" . | nindent 8 }}
      volumeMounts:
        {{- include "heliograph.container.mounts" .root | nindent 8 }}
  volumes:
    {{- include "heliograph.pod.volumes" .root | nindent 4 }}
{{- end }}

{{- define "heliograph.environment.migration" -}}
# Ten attempts to connect take less than a minute, instead of eight, since the Job itself retries.
- name: QUARKUS_FLYWAY_CONNECT_RETRIES_INTERVAL
  value: 5S
{{- include "heliograph.environment.logs" .root }}
{{- end }}

{{- define "heliograph.environment.exit" -}}
- name: QUARKUS_INIT_AND_EXIT
  value: "true"
{{- end }}

{{/* Whether the Jobs finish before any pod starts; otherwise pods migrate too, and wait for the first one. */}}
{{- define "heliograph.migration.first" -}}
{{- $annotations := .Values.migrations.annotations | default dict }}
{{- if and .Values.migrations.enabled (or (hasKey $annotations "helm.sh/hook") (hasKey $annotations "argocd.argoproj.io/hook") (hasKey $annotations "argocd.argoproj.io/sync-wave")) }}true{{ end }}
{{- end }}
