{{/* What all services are told. */}}
{{- define "heliograph.environment.all" -}}
- name: QUARKUS_SHUTDOWN_DELAY
  value: {{ printf "%vS" .root.Values.shutdown.delaySeconds }}
- name: QUARKUS_SHUTDOWN_TIMEOUT
  value: {{ printf "%vS" .root.Values.shutdown.timeoutSeconds }}
- name: HELIOGRAPH_TOKENS_ISSUER
  value: {{ .root.Values.tokens.issuer | quote }}
{{- end }}

{{/* What the operator gives to one service: plain values, and names of secrets. */}}
{{- define "heliograph.environment.given" -}}
{{- range $name, $value := .env }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- range $name, $secret := .secretEnv }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret.name }}
      key: {{ $secret.key }}
{{- end }}
{{- end }}

{{- define "heliograph.environment.postgres" -}}
- name: QUARKUS_DATASOURCE_REACTIVE_URL
  value: {{ .Values.postgres.url | quote }}
- name: QUARKUS_DATASOURCE_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ .Values.postgres.existingSecret }}
      key: {{ .Values.postgres.usernameKey }}
- name: QUARKUS_DATASOURCE_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .Values.postgres.existingSecret }}
      key: {{ .Values.postgres.passwordKey }}
{{- end }}

{{- define "heliograph.environment.redis" -}}
- name: QUARKUS_REDIS_HOSTS
  value: {{ .Values.redis.url | quote }}
{{- with .Values.redis.existingSecret }}
- name: QUARKUS_REDIS_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ . }}
      key: {{ $.Values.redis.passwordKey }}
{{- end }}
{{- end }}

{{/* For the two ends of the feed of profiles. */}}
{{- define "heliograph.environment.feed" -}}
{{- with .Values.feed.existingSecret -}}
- name: HELIOGRAPH_FEED_SECRET
  valueFrom:
    secretKeyRef:
      name: {{ . }}
      key: {{ $.Values.feed.key }}
{{- end }}
{{- end }}

{{/* For those who verify tokens but do not make them. */}}
{{- define "heliograph.environment.jwks" -}}
- name: HELIOGRAPH_TOKENS_JWKS_URL
  value: http://{{ include "heliograph.fullname" . }}-user:8081/.well-known/jwks.json
{{- end }}
