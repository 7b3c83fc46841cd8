{{/* The secret with the certificate of the gateway, if no proxy terminates TLS. */}}
{{- define "heliograph.tls" -}}
{{- if and (eq .component "gateway") .root.Values.service.tlsSecret }}
{{- if or .root.Values.ingress.enabled .root.Values.httpRoute.enabled }}
{{- fail "service.tlsSecret: an Ingress or an HTTPRoute speaks to the gateway in the clear; give its certificate to it" }}
{{- end }}
{{- .root.Values.service.tlsSecret }}
{{- end }}
{{- end }}

{{- define "heliograph.tlsPort" -}}
8443
{{- end }}

{{/* Certificates are renewed weeks before they expire, so reading them every hour is sufficient. */}}
{{- define "heliograph.environment.tls" -}}
- name: QUARKUS_HTTP_SSL_CERTIFICATE_FILES
  value: /etc/heliograph/tls/tls.crt
- name: QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES
  value: /etc/heliograph/tls/tls.key
- name: QUARKUS_HTTP_SSL_CERTIFICATE_RELOAD_PERIOD
  value: 1H
- name: QUARKUS_HTTP_SSL_PORT
  value: {{ include "heliograph.tlsPort" . | quote }}
{{- end }}

{{/* The URL of the gateway for pods of the release over plain HTTP; with TLS its Service has no port for it. */}}
{{- define "heliograph.gateway.inside" -}}
{{- $gateway := dict "root" . "component" "gateway" }}
{{- if include "heliograph.tls" $gateway -}}
http://{{ include "heliograph.name" $gateway }}-headless:{{ include "heliograph.port" $gateway }}
{{- else -}}
http://{{ include "heliograph.name" $gateway }}:{{ .Values.service.port }}
{{- end }}
{{- end }}
