{{/*
Brings the schema of a service up to date, and ends: the image of the service, told to go no further than Flyway. It
opens no port and needs nothing but PostgreSQL. As a hook before an installation it runs when nothing of the chart is
there yet, so it names no object of the chart.
  root        the chart's own context
  component   user or message
*/}}
{{- define "heliograph.migration" -}}
{{- $migrations := .root.Values.migrations }}
{{- $job := dict "root" .root "component" (printf "%s-migration" .component) }}
{{- $values := index .root.Values .component -}}
apiVersion: batch/v1
kind: Job
metadata:
  {{- include "heliograph.metadata" $job | nindent 2 }}
  {{- with $migrations.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  backoffLimit: {{ $migrations.backoffLimit }}
  activeDeadlineSeconds: {{ $migrations.activeDeadlineSeconds }}
  template:
    metadata:
      labels:
        {{- include "heliograph.pod.labels" $job | nindent 8 }}
    spec:
      # Each attempt in a pod of its own, so that the log of each is there to be read.
      restartPolicy: Never
      {{- include "heliograph.pod.security" .root | nindent 6 }}
      {{- with include "heliograph.pod.placement" . }}
      {{- . | trim | nindent 6 }}
      {{- end }}
      containers:
        - name: migration
          image: {{ include "heliograph.image" . }}
          imagePullPolicy: {{ .root.Values.image.pullPolicy }}
          {{- with include "heliograph.process.arguments" . }}
          {{- . | nindent 10 }}
          {{- end }}
          env:
            {{- with include "heliograph.process.environment" . }}
            {{- . | nindent 12 }}
            {{- end }}
            - name: QUARKUS_INIT_AND_EXIT
              value: "true"
            # Ten tries to connect take less than a minute, instead of eight: the Job tries again too.
            - name: QUARKUS_FLYWAY_CONNECT_RETRIES_INTERVAL
              value: 5S
            {{- include "heliograph.environment.postgres" .root | nindent 12 }}
            {{- with include "heliograph.environment.given" $values }}
            {{- . | trim | nindent 12 }}
            {{- end }}
          resources:
            {{- toYaml $migrations.resources | nindent 12 }}
          securityContext:
            {{- include "heliograph.container.security" . | nindent 12 }}
          volumeMounts:
            {{- include "heliograph.container.mounts" .root | nindent 12 }}
      volumes:
        {{- include "heliograph.pod.volumes" .root | nindent 8 }}
{{- end }}
