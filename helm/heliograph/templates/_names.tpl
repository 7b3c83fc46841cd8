{{/*
Names have 63 characters at most, of which this leaves 18 for what comes behind it. A release may have dots in its name
and begin with a digit; a Service may not.
*/}}
{{- define "heliograph.fullname" -}}
{{- $name := contains .Chart.Name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) | replace "." "-" }}
{{- regexReplaceAll "-+$" (regexMatch "^[a-z]" $name | ternary $name (printf "r-%s" $name) | trunc 45) "" }}
{{- end }}

{{/* A version as the value of a label, which has no + and at most 63 characters. */}}
{{- define "heliograph.label" -}}
{{ regexReplaceAll "[^A-Za-z0-9]+$" (. | replace "+" "_" | trunc 63) "" }}
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
app.kubernetes.io/version: {{ include "heliograph.label" .root.Chart.AppVersion | quote }}
{{- end }}

{{- define "heliograph.labels" -}}
{{ include "heliograph.pod.labels" . }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ include "heliograph.label" (printf "%s-%s" .root.Chart.Name .root.Chart.Version) }}
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
:{{ $shared.tag | default (.root.Chart.AppVersion | replace "+" "_") }}{{ if eq $shared.variant "native" }}-native{{ end }}
{{- end }}
{{- end }}
