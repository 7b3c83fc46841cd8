{{/*
An object as it is in the cluster; nothing where it is not there, or where no cluster is asked ("helm template"). What
looks at the cluster does so here, and the tests put something else in its place.
  root
  apiVersion, kind, name
*/}}
{{- define "heliograph.live" -}}
{{ lookup .apiVersion .kind .root.Release.Namespace .name | toYaml }}
{{- end }}
