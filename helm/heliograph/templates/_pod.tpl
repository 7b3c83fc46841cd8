{{/* Common to all pods of Jobs and Deployments: the restricted Pod Security Standard. */}}
{{- define "heliograph.pod.security" -}}
# The processes do not use the API server, and get only the environment variables listed below.
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

{{/* The writable folder and the certificates of all pods. */}}
{{- define "heliograph.pod.volumes" -}}
# Bounded, since files here use the disk of the node.
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

{{/* The pod settings of one component: those of all pods, overridden by its own. */}}
{{- define "heliograph.pod.settings" -}}
{{ mergeOverwrite (deepCopy .root.Values.pods) ((index .root.Values .component | default dict).pod | default dict) | toYaml }}
{{- end }}

{{/*
The metadata of a pod of a Deployment, a Job or a test.
  root, component     the component whose pod settings are used
  as                  the component of the pod, if it is another
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

{{/* Where the scheduler places the pods of a component. */}}
{{- define "heliograph.pod.scheduling" -}}
{{- $settings := include "heliograph.pod.settings" . | fromYaml -}}
# Spread if possible, so that the failure of a zone or a node stops only a part of the pods. Only pods of the same
# version are counted, otherwise the old pods of a rollout would affect where the new ones are placed.
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

{{/* The nodes that may run a pod of a component, and its priority. */}}
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
CPU limit both would use all cores of the node. The serial collector is the only one of a native executable, and
sufficient for such small heaps.
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
