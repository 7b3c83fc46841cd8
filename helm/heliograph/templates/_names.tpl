{{/* Names have 63 characters at most, of which this leaves 18 for what comes behind it. */}}
{{- define "heliograph.fullname" -}}
{{- contains .Chart.Name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) | trunc 45 | trimSuffix "-" }}
{{- end }}

{{/* Of whatever belongs to one component: its Deployment, Service, budget, autoscaler and policy. */}}
{{- define "heliograph.name" -}}
{{ include "heliograph.fullname" .root }}-{{ .component }}
{{- end }}

{{/* What a selector may name: a selector cannot change, so no version and nothing that an operator sets. */}}
{{- define "heliograph.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* Of pods: nothing that changes without them, for every change replaces them. */}}
{{- define "heliograph.pod.labels" -}}
{{ include "heliograph.selector" . }}
app.kubernetes.io/part-of: {{ .root.Chart.Name }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
{{- end }}

{{- define "heliograph.labels" -}}
{{ include "heliograph.pod.labels" . }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{/* The head of an object that belongs to one component. */}}
{{- define "heliograph.metadata" -}}
name: {{ include "heliograph.name" . }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "heliograph.labels" . | nindent 2 }}
{{- end }}

{{/* Of HTTP; health and metrics are 1000 above it. */}}
{{- define "heliograph.port" -}}
{{ get (dict "gateway" "8080" "user" "8081" "message" "8082") .component }}
{{- end }}

{{/* By which other pods ask a component. */}}
{{- define "heliograph.address" -}}
http://{{ include "heliograph.name" . }}:{{ include "heliograph.port" . }}
{{- end }}

{{- define "heliograph.managementPort" -}}
{{ add (include "heliograph.port" . | int) 1000 }}
{{- end }}

{{/* A digest says exactly what runs, so it wins over the tag. */}}
{{- define "heliograph.image" -}}
{{- $shared := .root.Values.image }}
{{- $image := (index .root.Values .component).image }}
{{- required "image.registry: name the registry that holds your images" $shared.registry }}/{{ $image.repository }}
{{- if $image.digest -}}
@{{ $image.digest }}
{{- else -}}
:{{ $shared.tag | default .root.Chart.AppVersion }}{{ if eq $shared.variant "native" }}-native{{ end }}
{{- end }}
{{- end }}
