{{/*
A client of the gateway that does one thing and says whether it went as it should.
  root        the chart's own context
  behaviour   its name
  script      what it does, with the address of the gateway in GATEWAY
*/}}
{{- define "heliograph.test" -}}
{{- $test := dict "root" .root "component" "test" -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ include "heliograph.name" $test }}-{{ .behaviour }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "heliograph.labels" $test | nindent 4 }}
  {{- with .root.Values.tests.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  restartPolicy: Never
  {{- include "heliograph.pod.security" .root | nindent 2 }}
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
          value: http://{{ include "heliograph.fullname" .root }}-gateway:{{ .root.Values.service.port }}
      resources:
        requests: {cpu: 10m, memory: 32Mi}
        limits: {memory: 32Mi}
      securityContext:
        {{- include "heliograph.container.security" . | nindent 8 }}
{{- end }}
