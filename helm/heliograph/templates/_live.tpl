{{/*
An object as it is in the cluster; empty if it does not exist, or if charts are only rendered ("helm template"). All
lookups in the cluster are made here, and the tests replace this template.
  root
  apiVersion, kind, name
*/}}
{{- define "heliograph.live" -}}
{{ lookup .apiVersion .kind .root.Release.Namespace .name | toYaml }}
{{- end }}
