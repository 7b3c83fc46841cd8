{{/* The path of the certificate that verifies PostgreSQL or Redis. Empty without TLS. */}}
{{- define "heliograph.authority" -}}
{{- $tls := (index .root.Values .store).tls }}
{{- if or $tls.caSecret $tls.caConfigMap }}/etc/heliograph/authorities/{{ .store }}.crt{{ end }}
{{- end }}

{{- define "heliograph.authorities.volume" -}}
{{- $sources := list }}
{{- range $store := list "postgres" "redis" }}
{{- $tls := (index $.Values $store).tls }}
{{- $items := list (dict "key" $tls.caKey "path" (printf "%s.crt" $store)) }}
{{- with $tls.caSecret }}{{ $sources = append $sources (dict "secret" (dict "name" . "items" $items)) }}{{ end }}
{{- with $tls.caConfigMap }}{{ $sources = append $sources (dict "configMap" (dict "name" . "items" $items)) }}{{ end }}
{{- end }}
{{- with $sources -}}
- name: authorities
  projected:
    sources:
      {{- toYaml . | nindent 6 }}
{{- end }}
{{- end }}

{{- define "heliograph.authorities.mount" -}}
{{- if include "heliograph.authorities.volume" . -}}
- name: authorities
  mountPath: /etc/heliograph/authorities
  readOnly: true
{{- end }}
{{- end }}
