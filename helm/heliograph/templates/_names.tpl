{{/*
Names have 63 characters at most, of which this leaves 18 for suffixes. The name of a release may have dots and begin
with a digit; that of a Service may not.
*/}}
{{- define "heliograph.fullname" -}}
{{- $name := contains .Chart.Name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) | replace "." "-" }}
{{- regexReplaceAll "-+$" (regexMatch "^[a-z]" $name | ternary $name (printf "r-%s" $name) | trunc 45) "" }}
{{- end }}

{{/* A version as the value of a label, which has no + and at most 63 characters. */}}
{{- define "heliograph.label" -}}
{{ regexReplaceAll "[^A-Za-z0-9]+$" (. | replace "+" "_" | trunc 63) "" }}
{{- end }}

{{/* The name of the objects of one component: its Deployment, Service, budget, autoscaler and policy. */}}
{{- define "heliograph.name" -}}
{{ include "heliograph.fullname" .root }}-{{ .component }}
{{- end }}

{{/* The labels of selectors. A selector cannot change, so it has no version and nothing that an operator sets. */}}
{{- define "heliograph.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* The labels of pods. Each change replaces all pods, so the labels change only with the pods themselves. */}}
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

{{/* The HTTP port; the port for health and metrics is greater by 1000. */}}
{{- define "heliograph.port" -}}
{{ get (dict "gateway" "8080" "user" "8081" "message" "8082") .component }}
{{- end }}

{{/* The URL of a component for other pods. */}}
{{- define "heliograph.address" -}}
http://{{ include "heliograph.name" . }}:{{ include "heliograph.port" . }}
{{- end }}

{{- define "heliograph.managementPort" -}}
{{ add (include "heliograph.port" . | int) 1000 }}
{{- end }}

{{/* The image; a digest has precedence over the tag. */}}
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
