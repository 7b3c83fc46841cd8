{{/*
A client of the gateway that checks one behaviour. It is always a hook: as an object of the release, --wait would wait
for a completed pod to become ready.
  root        the chart's own context
  behaviour   its name
  script      the check, with the address of the gateway in GATEWAY
*/}}
{{- define "heliograph.test" -}}
{{- $test := dict "root" .root "component" "test" }}
{{- $settings := include "heliograph.pod.settings" $test | fromYaml -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ include "heliograph.name" $test }}-{{ .behaviour }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- merge (include "heliograph.labels" $test | fromYaml) ($settings.labels | default dict) | toYaml | nindent 4 }}
  annotations:
    {{- merge (dict "helm.sh/hook" "test") (.root.Values.tests.annotations | default dict) ($settings.annotations | default dict) | toYaml | nindent 4 }}
spec:
  restartPolicy: Never
  {{- include "heliograph.pod.security" .root | nindent 2 }}
  {{- with include "heliograph.pod.placement" $test }}
  {{- . | trim | nindent 2 }}
  {{- end }}
  containers:
    - name: test
      image: {{ .root.Values.tests.image }}
      imagePullPolicy: IfNotPresent
      command: [sh, -euc]
      args:
        - |
          {{- .script | trim | nindent 10 }}
      env:
        - name: GATEWAY
          value: {{ include "heliograph.gateway.inside" .root }}
      resources:
        {{- .root.Values.tests.resources | default (dict "requests" (dict "cpu" "10m" "memory" "32Mi") "limits" (dict "memory" "32Mi")) | toYaml | nindent 8 }}
      securityContext:
        {{- include "heliograph.container.security" . | nindent 8 }}
{{- end }}
