{{/* Egress to what is outside of the chart; each template renders a rule or nothing. */}}
{{- define "heliograph.egress.dns" -}}
# The port of the pods, not of the Service; on OpenShift it is 5353.
- to:
    {{- toYaml .Values.networkPolicy.dns | nindent 4 }}
  ports:
    {{- range list 53 5353 }}
    - {protocol: UDP, port: {{ . }}}
    - {protocol: TCP, port: {{ . }}}
    {{- end }}
{{- end }}

{{- define "heliograph.egress.postgres" -}}
{{ include "heliograph.egress.tcp" (dict "peers" .Values.networkPolicy.postgres "port" .Values.postgres.port) }}
{{- end }}

{{- define "heliograph.egress.redis" -}}
{{ include "heliograph.egress.tcp" (dict "peers" .Values.networkPolicy.redis "port" .Values.redis.port) }}
{{- end }}

{{- define "heliograph.egress.tcp" -}}
- ports:
    - {protocol: TCP, port: {{ .port }}}
  {{- with .peers }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{- define "heliograph.egress.to" -}}
- to:
    {{- include "heliograph.peer" . | nindent 4 }}
  ports:
    - {protocol: TCP, port: {{ include "heliograph.port" . }}}
{{- end }}

{{/* The pods of one component, as a peer. */}}
{{- define "heliograph.peer" -}}
- podSelector:
    matchLabels:
      {{- include "heliograph.selector" . | nindent 6 }}
{{- end }}

{{/*
The connections that one component may receive and make.
  root, component
  from            YAML: peers that may connect to its HTTP port; none: all
  to              components that it calls
  postgres        whether it uses PostgreSQL
  previews        whether it fetches pages
  echo            whether it has the echo listener
*/}}
{{- define "heliograph.networkPolicy" -}}
{{- $context := . -}}
{{- $root := .root -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "heliograph.metadata" . | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "heliograph.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    - ports:
        - {protocol: TCP, port: {{ include "heliograph.port" . }}}
        {{- if include "heliograph.tls" . }}
        - {protocol: TCP, port: {{ include "heliograph.tlsPort" . }}}
        {{- end }}
      {{- with .from }}
      from:
        {{- . | nindent 8 }}
      {{- end }}
    {{- if and .echo .root.Values.networkPolicy.echo }}
    - ports:
        - {protocol: TCP, port: 7007}
      from:
        {{- toYaml .root.Values.networkPolicy.echo | nindent 8 }}
    {{- end }}
    {{- with .root.Values.networkPolicy.monitoring }}
    # Metrics. The probes of the kubelet need no rule, because traffic from a pod's own node is always allowed.
    - ports:
        - {protocol: TCP, port: {{ include "heliograph.managementPort" $context }}}
      from:
        {{- toYaml . | nindent 8 }}
    {{- end }}
  egress:
    {{- include "heliograph.egress.dns" .root | nindent 4 }}
    {{- include "heliograph.egress.redis" .root | nindent 4 }}
    {{- if .postgres }}
    {{- include "heliograph.egress.postgres" .root | nindent 4 }}
    {{- end }}
    {{- range .to }}
    {{- include "heliograph.egress.to" (dict "root" $root "component" .) | nindent 4 }}
    {{- end }}
    {{- with .root.Values.networkPolicy.issuers }}
    # The keys of other token issuers.
    - to:
        {{- toYaml . | nindent 8 }}
      ports:
        - {protocol: TCP, port: 443}
    {{- end }}
    {{- if and .previews .root.Values.networkPolicy.previews }}
    # Linked pages, for previews, and endpoints of webhooks; the service itself rejects addresses that are not public.
    - to:
        {{- toYaml .root.Values.networkPolicy.previews | nindent 8 }}
      ports:
        - {protocol: TCP, port: 80}
        - {protocol: TCP, port: 443}
        - {protocol: TCP, port: 1024, endPort: 65535}
    {{- end }}
    {{- with (index .root.Values .component).egress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}

{{/*
For pods that only make connections: those of the Jobs and of the tests. A hook before the first installation runs when
there is no policy yet.
  root, component
  egress          YAML: their targets, besides DNS
  further         rules of the operator
*/}}
{{- define "heliograph.networkPolicy.asking" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "heliograph.metadata" . | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "heliograph.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  egress:
    {{- include "heliograph.egress.dns" .root | nindent 4 }}
    {{- .egress | nindent 4 }}
    {{- with .further }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}
