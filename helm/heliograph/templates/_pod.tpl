{{/* What every pod of the chart has in common, a Job's as well as a Deployment's: the restricted Pod Security Standard. */}}
{{- define "heliograph.pod.security" -}}
# Nothing here talks to the API server, and the environment holds only what is listed.
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  {{- with .Values.pods.userId }}
  runAsUser: {{ . }}
  runAsGroup: {{ . }}
  fsGroup: {{ . }}
  {{- end }}
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "heliograph.container.security" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* What the processes of all pods may write to, and what they know others by. */}}
{{- define "heliograph.pod.volumes" -}}
# Bounded, for what is written here counts against the disk of the node.
- name: tmp
  emptyDir:
    sizeLimit: 256Mi
{{- with include "heliograph.authorities.volume" . }}
{{ . }}
{{- end }}
{{- end }}

{{- define "heliograph.container.mounts" -}}
- name: tmp
  mountPath: /tmp
{{- with include "heliograph.authorities.mount" . }}
{{ . }}
{{- end }}
{{- end }}

{{/* The settings of pods in force for one component: those of all, and over them its own if it has any. */}}
{{- define "heliograph.pod.settings" -}}
{{ mergeOverwrite (deepCopy .root.Values.pods) ((index .root.Values .component | default dict).pod | default dict) | toYaml }}
{{- end }}

{{/*
The head of a pod, whatever makes it.
  root, component     of whose pods the settings hold
  as                  the component that the pod is of, if it is another
*/}}
{{- define "heliograph.pod.metadata" -}}
{{- $settings := include "heliograph.pod.settings" . | fromYaml -}}
labels:
  {{- include "heliograph.pod.labels" (dict "root" .root "component" (.as | default .component)) | nindent 2 }}
  {{- with $settings.labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with $settings.annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Where the scheduler may put the pods of a component. */}}
{{- define "heliograph.pod.scheduling" -}}
{{- $settings := include "heliograph.pod.settings" . | fromYaml -}}
# Apart where that is possible: a zone or a node that fails takes no more than its share along. Only pods of the same
# version are counted, else those that are about to go would push the new ones aside.
topologySpreadConstraints:
  {{- $context := . }}
  {{- range $settings.spread.over }}
  - topologyKey: {{ . }}
    maxSkew: 1
    whenUnsatisfiable: {{ $settings.spread.whenUnsatisfiable }}
    labelSelector:
      matchLabels:
        {{- include "heliograph.selector" $context | nindent 8 }}
    matchLabelKeys: [pod-template-hash]
  {{- end }}
{{- include "heliograph.pod.placement" . }}
{{- end }}

{{/* Which nodes may take a pod of a component, and what it is worth. */}}
{{- define "heliograph.pod.placement" -}}
{{- $settings := include "heliograph.pod.settings" . | fromYaml -}}
{{- range $key := list "priorityClassName" "nodeSelector" "tolerations" "affinity" }}
{{- with index $settings $key }}
{{ dict $key . | toYaml }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The options of the process, which a JVM reads from its environment and a native executable from its arguments. Without a
limit of CPU either would believe it had the whole node. The serial collector is the only one that a native executable
has, and right for heaps as small as these.
*/}}
{{- define "heliograph.process.options" -}}
{{- $values := index .root.Values .component }}
{{- $own := ternary
  (list (printf "-XX:MaximumHeapSizePercent=%v" $values.heapPercent))
  (list (printf "-XX:MaxRAMPercentage=%v" $values.heapPercent) "-XX:+UseSerialGC")
  (eq .root.Values.image.variant "native") }}
{{- $shared := list (printf "-XX:ActiveProcessorCount=%v" $values.processors) "-XX:+ExitOnOutOfMemoryError" }}
{{- concat $own $shared $values.options | toYaml }}
{{- end }}

{{- define "heliograph.process.arguments" -}}
{{- if eq .root.Values.image.variant "native" -}}
args:
  {{- include "heliograph.process.options" . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "heliograph.process.environment" -}}
{{- if eq .root.Values.image.variant "jvm" -}}
- name: JAVA_TOOL_OPTIONS
  value: {{ include "heliograph.process.options" . | fromYamlArray | join " " | quote }}
{{- end }}
{{- end }}
