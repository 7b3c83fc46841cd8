{{/* The environment variables of all services. */}}
{{- define "heliograph.environment.all" -}}
- name: QUARKUS_SHUTDOWN_DELAY
  value: {{ printf "%vS" .root.Values.shutdown.delaySeconds }}
- name: QUARKUS_SHUTDOWN_TIMEOUT
  value: {{ printf "%vS" .root.Values.shutdown.timeoutSeconds }}
- name: HELIOGRAPH_TOKENS_ISSUER
  value: {{ .root.Values.tokens.issuer | quote }}
{{- include "heliograph.environment.logs" .root }}
{{- end }}

{{- define "heliograph.environment.logs" -}}
{{- if (.Values.logs | default dict).json }}
- name: QUARKUS_LOG_CONSOLE_JSON_ENABLED
  value: "true"
{{- end }}
{{- end }}

{{/*
The environment of a container, with each name once: Helm 3 loses variables of a list with duplicate names when it patches
the list, and server-side apply rejects it. Values of the operator have precedence over those of the chart.
  set       YAML: variables of the chart
  given     the values of the service: env, and secretEnv, which names secrets
  fixed     YAML: variables of the chart that have precedence over all others
*/}}
{{- define "heliograph.environment" -}}
{{- $given := dict }}
{{- range $name, $value := .given.env }}
{{- $_ := set $given $name (dict "name" $name "value" $value) }}
{{- end }}
{{- range $name, $secret := .given.secretEnv }}
{{- if hasKey $given $name }}
{{- fail (printf "%s.secretEnv.%s: it is in env too, and only one of them can be meant" $.component $name) }}
{{- end }}
{{- $_ := set $given $name (dict "name" $name "valueFrom" (dict "secretKeyRef" $secret)) }}
{{- end }}
{{- $fixed := .fixed | default "" | fromYamlArray }}
{{- range $fixed }}
{{- $_ := unset $given .name }}
{{- end }}
{{- $merged := list }}
{{- range .set | fromYamlArray }}
{{- $merged = append $merged (get $given .name | default .) }}
{{- $_ := unset $given .name }}
{{- end }}
{{- range keys $given | sortAlpha }}
{{- $merged = append $merged (get $given .) }}
{{- end }}
{{- concat $merged $fixed | toYaml }}
{{- end }}

{{/* The address and the credentials of PostgreSQL, for the services and for migrations. */}}
{{- define "heliograph.environment.postgres" -}}
{{- $postgres := .Values.postgres }}
{{- $server := printf "postgresql://%s:%v/%s" $postgres.host $postgres.port $postgres.database -}}
- name: QUARKUS_DATASOURCE_REACTIVE_URL
  value: {{ $server | quote }}
- name: QUARKUS_DATASOURCE_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ $postgres.existingSecret }}
      key: {{ $postgres.usernameKey }}
- name: QUARKUS_DATASOURCE_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ $postgres.existingSecret }}
      key: {{ $postgres.passwordKey }}
{{- with include "heliograph.authority" (dict "root" . "store" "postgres") }}
{{ include "heliograph.environment.postgresTls" (dict "datasource" "QUARKUS_DATASOURCE" "file" .) }}
- name: QUARKUS_DATASOURCE_JDBC_URL
  value: {{ printf "jdbc:%s?sslmode=verify-full&sslrootcert=%s" $server . | quote }}
{{- end }}
{{- end }}

{{/* For pods: the standby for reads, and no migration if the Job does it. */}}
{{- define "heliograph.environment.store" -}}
{{- $postgres := .Values.postgres }}
{{- include "heliograph.environment.postgres" . }}
{{- with $postgres.replicaHost }}
- name: QUARKUS_DATASOURCE_REPLICA_REACTIVE_URL
  value: {{ printf "postgresql://%s:%v/%s" . $postgres.port $postgres.database | quote }}
{{- with include "heliograph.authority" (dict "root" $ "store" "postgres") }}
{{ include "heliograph.environment.postgresTls" (dict "datasource" "QUARKUS_DATASOURCE_REPLICA" "file" .) }}
{{- end }}
{{- end }}
- name: QUARKUS_FLYWAY_MIGRATE_AT_START
  value: {{ include "heliograph.migration.first" . | empty | quote }}
{{- end }}

{{- define "heliograph.environment.postgresTls" -}}
- name: {{ .datasource }}_REACTIVE_POSTGRESQL_SSL_MODE
  value: verify-full
- name: {{ .datasource }}_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM
  value: HTTPS
- name: {{ .datasource }}_REACTIVE_TRUST_CERTIFICATE_PEM
  value: "true"
- name: {{ .datasource }}_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS
  value: {{ .file }}
{{- end }}

{{- define "heliograph.environment.redis" -}}
{{- $redis := .Values.redis }}
{{- $file := include "heliograph.authority" (dict "root" . "store" "redis") -}}
- name: QUARKUS_REDIS_HOSTS
  value: {{ printf "%s://%s:%v%s" (ternary "rediss" "redis" (ne $file "")) $redis.host $redis.port (empty $redis.username | ternary "" (printf "?user=%s" $redis.username)) | quote }}
{{- with $redis.existingSecret }}
- name: QUARKUS_REDIS_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ . }}
      key: {{ $redis.passwordKey }}
{{- end }}
{{- with $file }}
- name: QUARKUS_REDIS_TLS_HOSTNAME_VERIFICATION_ALGORITHM
  value: HTTPS
- name: QUARKUS_REDIS_TLS_TRUST_CERTIFICATE_PEM
  value: "true"
- name: QUARKUS_REDIS_TLS_TRUST_CERTIFICATE_PEM_CERTS
  value: {{ . }}
{{- end }}
{{- end }}

{{/* For the server and the client of the feed of profiles. */}}
{{- define "heliograph.environment.feed" -}}
{{- if .Values.feed.enabled -}}
- name: HELIOGRAPH_FEED_SECRET
  valueFrom:
    secretKeyRef:
      name: {{ include "heliograph.secret.feed" . }}
      key: {{ .Values.feed.key }}
{{- end }}
{{- end }}

{{/* For services that verify tokens but do not issue them. */}}
{{- define "heliograph.environment.jwks" -}}
- name: HELIOGRAPH_TOKENS_JWKS_URL
  value: {{ include "heliograph.address" (dict "root" . "component" "user") }}/.well-known/jwks.json
{{- end }}
